import type { Twist } from "../server/twist.js";
import { OTHER_TOKEN } from "../server.js";
import { answers, asError, asPage, json, type Place, places, statusPath, value, withHeaders } from "../twists.js";
import { type UnusualServer, unusual } from "./unusual-server.js";

const UNKNOWN = ["open-question"];

const dated: Place = ({ version }) => version !== "v3" && version !== "";
const datedStatus: Place = (context) => dated(context) && places.status(context);
const datedImport: Place = (context) => dated(context) && context.refusal === "missing-fields";
const afterDeletion: Place = (context) => context.isDeleted && places.end(context);
const ofOtherAccount: Place = ({ refusal }) => refusal === "other-account";

/** Servers that keep the contract in every version, and answer the open questions on versions and accounts in any way. */
export const unusualVersions: readonly UnusualServer[] = [
  ...["v3", "2025-09", "2026-03", "2026-09"].map((apiVersion) => ({
    ...unusual(`a whole run by ${apiVersion}`, {}),
    asked: { apiVersion },
  })),
  all("alike in every version", {}),
  all(
    "each version links to itself",
    value(datedStatus, "/links/status", (_, { origin, task, version }) => {
      return `${origin}${statusPath(task?.id).replace("v3", version)}`;
    }),
  ),
  all(
    "a property that differs in each response",
    json(places.status, (body, { request }) => ({ ...body, served: request })),
    ["undocumented-property"],
  ),
  all("v3 announces its end", announcing(), ["undocumented-header"]),
  ...[400, 403, 404, 410].map((status) =>
    all(
      `a task of v3 gets a ${status} in a dated version`,
      answers(datedStatus, (one) => asError(one, status)),
      UNKNOWN,
    ),
  ),
  all(
    "a dated path redirects",
    answers(datedStatus, (one) => asPage(one, 302)),
    UNKNOWN,
  ),
  all(
    "v3 alone",
    answers(dated, (one) => asPage(one, 404)),
    UNKNOWN,
  ),
  all(
    "no dated path has a response",
    answers(dated, () => (socket) => void socket.destroy()),
  ),
  all(
    "a dated path is out",
    answers(dated, (one) => asPage(one, 503)),
  ),
  all(
    "a dated path is busy",
    answers(dated, (one) => asError(one, 429)),
  ),
  ...[
    ["access, duplicateValidationScope, duplicateValidationStrategy, overwrite", UNKNOWN],
    ["access, overwrite, url", UNKNOWN],
    ["access, url", []],
    ["access", []],
  ].map(([list, drift]) => all(`a dated import lacks ${list}`, lacking(`${list}`), drift as readonly string[])),
  all(
    "a dated import is rejected in other words",
    answers(datedImport, (one) => asError(one, 400, "That is not right.")),
  ),
  all(
    "a dated import is rejected by its type",
    answers(datedImport, (one) => asPage(one, 415)),
  ),
  ...[404, 410, 403].map((status) =>
    all(
      `a task gets a ${status} once its file was deleted`,
      answers(afterDeletion, (one) => asError(one, status)),
      UNKNOWN,
    ),
  ),
  all(
    "a task has no file once that was deleted",
    value(afterDeletion, "/result", () => undefined),
    UNKNOWN,
  ),
  all(
    "a task's file is archived once it was deleted",
    value(afterDeletion, "/result/archived", () => true),
    UNKNOWN,
  ),
  ...[401, 403, 404, 400].map((status) =>
    all(
      `another account gets a ${status}`,
      answers(ofOtherAccount, (one) => asError(one, status)),
    ),
  ),
  all(
    "another account gets a page",
    answers(ofOtherAccount, (one) => asPage(one, 404)),
  ),
];

function all(name: string, twist: Twist, drift: readonly string[] = []): UnusualServer {
  return { ...unusual(`all versions: ${name}`, twist, drift), asked: { apiVersion: "all", otherToken: OTHER_TOKEN } };
}

function lacking(list: string): Twist {
  const message = `Invalid input JSON on line 1, column 2. Some required fields were not set: [${list}]`;
  return answers(datedImport, (one) => asError(one, 400, message));
}

function announcing(): Twist {
  return answers(
    ({ version }) => version === "v3",
    (one) => withHeaders(one, { Deprecation: "@1789430400", Sunset: "Wed, 01 Sep 2027 00:00:00 GMT" }),
  );
}
