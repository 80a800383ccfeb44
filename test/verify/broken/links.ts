import type { Context, Twist } from "../server/twist.js";
import { answers, asError, asPage, json, type Place, places, statusPath, value, withHeaders } from "../twists.js";
import type { BrokenServer } from "./broken-server.js";

const toAnother = ({ origin, tasks, task }: Context) =>
  `${origin}${statusPath(tasks.find((one) => one.serial !== task?.serial)?.id ?? "AAAAEZ6whGI")}`;

const overTls = ({ origin, task }: Context) => `${origin.replace("http:", "https:")}${statusPath(task?.id)}`;

/** Links whose text says that they lead elsewhere. */
const wrong: readonly BrokenServer[] = [
  said("the link names the other task", places.locator, toAnother),
  said("the link is on a foreign host", places.locator, ({ task }) => `https://example.com${statusPath(task?.id)}`),
  said(
    "the link is on a host whose name ends alike",
    places.locator,
    ({ task }) => `https://evilhubspot.com${statusPath(task?.id)}`,
  ),
  said(
    "the link is to HubSpot over plain http",
    places.locator,
    ({ task }) => `http://api-na1.hubspot.com${statusPath(task?.id)}`,
  ),
  said(
    "the link is to another port of this machine",
    places.locator,
    ({ task }) => `http://127.0.0.1:1${statusPath(task?.id)}`,
  ),
  said("the link is ftp", places.locator, ({ task }) => `ftp://127.0.0.1${statusPath(task?.id)}`),
  said(
    "the link has an impossible port",
    places.locator,
    ({ task }) => `http://127.0.0.1:99999${statusPath(task?.id)}`,
  ),
  said("polls link to the other task", places.status, toAnother),
  said("polls link to a foreign host", places.complete, ({ task }) => `https://example.com${statusPath(task?.id)}`),
  said("polls link to no address", places.status, () => "see the documentation"),
  said("polls link to a path without a host", places.status, ({ task }) => statusPath(task?.id)),
  said("the link is https where http was called", places.locator, overTls),
  said("the link is https to another name of this machine", places.locator, (context) =>
    overTls(context).replace("127.0.0.1", "localhost"),
  ),
  said("the link is https to this machine by its address of IPv6", places.locator, (context) =>
    overTls(context).replace("127.0.0.1", "[::1]"),
  ),
  said("polls link to https where http was called", places.complete, overTls),
  {
    ...said("the link has a broken escape", places.locator, ({ origin }) => `${origin}${statusPath("%zz")}`),
    fails: ["schema"],
  },
];

/** Links that look well, and do not lead to the task. */
const dead: readonly BrokenServer[] = [
  led("to nothing", ({ origin, task }) => `${origin}/dead/${task?.id}`),
  led("to nothing below a prefix", ({ origin, task }) => `${origin}/dead${statusPath(task?.id)}`),
  led(
    "to a page",
    ({ origin, task }) => `${origin}/app/${task?.id}`,
    (answer) => ({ ...answer, status: 200 }),
  ),
  led(
    "to a page that wants a log-in",
    ({ origin }) => `${origin}/app`,
    (answer) => withHeaders({ ...answer, status: 302 }, { Location: "/login" }),
  ),
  led(
    "to a page below a prefix",
    ({ origin, task }) => `${origin}/app${statusPath(task?.id)}`,
    (answer) => ({ ...answer, status: 200 }),
  ),
  led(
    "to a server that is out",
    ({ origin }) => `${origin}/app`,
    (answer) => ({ ...answer, status: 502 }),
  ),
  ...[300, 401, 403, 410, 499, 500].map((status) =>
    led(
      `to a ${status}`,
      ({ origin, task }) => `${origin}/dead/${task?.id}`,
      (answer) => asError(answer, status),
    ),
  ),
  led(
    "to where nobody answers",
    ({ origin, task }) => `${origin}/app/${task?.id}`,
    () => (socket) => socket.destroy(),
  ),
  led(
    "to where it is always too early",
    ({ origin, task }) => `${origin}/app/${task?.id}`,
    (answer) => asError(answer, 429),
  ),
  led(
    "to a task of others",
    ({ origin }) => `${origin}/app/last`,
    (answer) => ({
      ...withHeaders(answer, { "Content-Type": "application/json" }),
      status: 200,
      body: JSON.stringify({ taskId: "AAAAEZ6whGI", status: "CANCELED" }),
    }),
  ),
];

/** Links to the task's own address, where the one call that follows them is answered wrongly. */
const followed: readonly BrokenServer[] = [
  once("a page", (answer) => asPage(answer), "content-type"),
  once("a page with 302", (answer) => asPage(answer, 302), "status-declared"),
  once("nothing, with 204", (answer) => ({ status: 204, headers: answer.headers, body: "" }), "status-declared"),
  once("JSON that does not say so", (answer) => withHeaders(answer, { "Content-Type": undefined }), "content-type"),
  ...[200, 302].map((status): BrokenServer => {
    const link = value(places.locator, "/links/status", (text) => `${text}?portalId=1`);
    const { twist } = once("a page", (answer) => asPage(answer, status), "status-link");
    return {
      name: `the link with a query leads to a page with ${status}`,
      twist: { ...link, ...twist },
      fails: ["status-link"],
    };
  }),
  said("the link has a name and a password", places.locator, ({ origin, task }) => {
    return `${origin.replace("//", "//joe:secret@")}${statusPath(task?.id)}`;
  }),
];

/** Of a server that is out for all that comes after the end, the link tells nothing. */
const out: BrokenServer = {
  name: "503 for ever once the end was seen, at the link, too",
  twist: {
    ...json(places.locator, ({ id }, { origin }) => ({ id, links: { status: `${origin}/app/${id}` } })),
    ...answers(
      (context) => places.nowhere(context) || places.laterLook(context),
      (answer) => asError(answer, 503),
    ),
  },
  fails: ["availability"],
};

/** Servers whose links do not lead to the task. */
export const brokenLinks: readonly BrokenServer[] = [...wrong, ...dead, ...followed, out];

function said(name: string, place: Place, address: (context: Context) => string): BrokenServer {
  const at = "/links/status";
  return { name, twist: value(place, at, (_, context) => address(context)), fails: ["status-link"], at };
}

/** The first look at an end is a poll's, the second the link's. */
function once(what: string, change: Parameters<typeof answers>[1], check: string): BrokenServer {
  return {
    name: `the link is answered with ${what}`,
    twist: answers(({ look }) => look === 2, change),
    fails: [check],
  };
}

function led(
  where: string,
  address: (context: Context) => string,
  change: Parameters<typeof answers>[1] = (answer) => answer,
): BrokenServer {
  const twist: Twist = {
    ...json(places.locator, ({ id }, context) => ({ id, links: { status: address(context) } })),
    ...answers(places.nowhere, change),
  };
  return { name: `the link leads ${where}`, twist, fails: ["status-link"] };
}
