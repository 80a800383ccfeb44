import { createServer } from "node:http";

const FILE = {
  id: "187340915501",
  createdAt: "2026-09-14T12:00:00.000Z",
  updatedAt: "2026-09-14T12:00:00.000Z",
  archived: false,
  parentFolderId: "184402117764",
  name: "check",
  path: "/import-kit/check.png",
  size: 48213,
  height: 48,
  width: 72,
  encoding: "png",
  type: "IMG",
  extension: "png",
  defaultHostingUrl: "https://8812345.fs1.hubspotusercontent-na1.net/hubfs/8812345/check.png",
  url: "https://8812345.fs1.hubspotusercontent-na1.net/hubfs/8812345/check.png",
  fileMd5: "5f2b9c0d7ae14c6b9e3f70a2d1c84e96",
  isUsableInContent: true,
  expiresAt: 1_789_473_600_000,
  sourceGroup: "CONTENT",
  access: "PRIVATE",
};

const FAILED_ID = "AAAAEZ6whGJ";

const ERROR = {
  status: "error",
  category: "VALIDATION_ERROR",
  message: "The file could not be fetched from its url.",
  context: { url: ["https://import-kit.invalid/missing.png"] },
};

const BODIES = {
  accept: { id: "AAAAEZ6whGI", links: { status: "" } },
  complete: {
    taskId: "AAAAEZ6whGI",
    status: "COMPLETE",
    requestedAt: "2026-09-14T12:00:00.000Z",
    startedAt: "2026-09-14T12:00:01.000Z",
    completedAt: "2026-09-14T12:00:02.000Z",
    links: { status: "" },
    result: FILE,
  },
  canceled: {
    taskId: "AAAAEZ6whGI",
    status: "CANCELED",
    requestedAt: "2026-09-14T12:00:00.000Z",
    startedAt: "2026-09-14T12:00:01.000Z",
    completedAt: "2026-09-14T12:00:02.000Z",
    links: { status: "" },
    numErrors: 1,
    errors: [ERROR],
  },
  refusal: { status: "error", message: "no", correlationId: "01a09f40-b241-7c31-9b5e-000000000001", ...ERROR },
};

const HEADERS = [
  "Retry-After",
  "X-HubSpot-Correlation-Id",
  "X-HubSpot-RateLimit-Max",
  "X-HubSpot-RateLimit-Secondly",
  "Content-Type",
  "Location",
  "Set-Cookie",
  "X-Trace",
];

/** As much as Node takes of all of a response's headers. */
const HEADER_CHARACTERS = 14_000;

/** Where something hostile can stand, each as `body/property`, `header/NAME`, `body/STATUS` and so on. */
export const PLACES = [
  ...["accept/id", "accept/links", "accept/links/status", "accept/more"],
  ...Object.keys(BODIES.complete).map((name) => `complete/${name}`),
  ...Object.keys(FILE).map((name) => `complete/result/${name}`),
  ...["complete/links/status", "complete/more", "complete/result/more"],
  ...["numErrors", "errors", "errors/0", "more"].map((name) => `canceled/${name}`),
  ...Object.keys(ERROR).map((name) => `canceled/errors/0/${name}`),
  ...[...Object.keys(BODIES.refusal), "errors", "more"].map((name) => `refusal/${name}`),
  ...["accept", "complete", "canceled", "refusal"].map((name) => `name/${name}`),
  ...HEADERS.map((name) => `header/${name}`),
  ...["raw/json", "raw/html"],
  ...[200, 204, 302, 400, 404, 418, 429, 500, 503, 599].map((status) => `status/${status}`),
];

/**
 * A server whose imports are over at once, and which has something hostile at one place of its answers.
 *
 * @param place one of PLACES
 * @param shape gives a value of a size
 * @returns its address, what it was asked, and `close`
 */
export async function startHostile(place, shape, size = 1_000_000) {
  const [kind = "", ...path] = place.split("/");
  const value = shape(size);
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const asked = [];
  let hasFailed = false;
  const made = new Set();

  function bodyOf(name) {
    const links = { status: `${url}/files/v3/files/import-from-url/async/tasks/${BODIES.accept.id}/status` };
    const body = structuredClone("links" in BODIES[name] ? { ...BODIES[name], links } : BODIES[name]);
    if (kind === name) setAt(body, path, value);
    if (kind === "name" && path[0] === name) {
      body[text] = 1;
      if (body.result) body.result[text] = 1;
    }
    return body;
  }

  function answer({ method, authorization, json, path: called }) {
    if (method === "DELETE") return { status: 204 };
    if (authorization !== undefined && method === "POST" && json.access === "PRIVATE" && json.url) {
      hasFailed = json.url.includes(".invalid");
      const body = bodyOf("accept");
      if (hasFailed) body.id = FAILED_ID;
      made.add(body.id);
      return { status: 202, body };
    }
    const id = decodeURIComponent(called.split("/").at(-2) ?? "");
    if (method === "GET" && authorization !== undefined && made.has(id)) {
      return { status: 200, body: { ...bodyOf(id === FAILED_ID ? "canceled" : "complete") } };
    }
    return { status: authorization === undefined ? 401 : 400, body: bodyOf("refusal") };
  }

  const server = createServer(async (request, response) => {
    let sent = "";
    for await (const chunk of request) sent += chunk;
    const { method, url: called = "", headers: { authorization: given } = {} } = request;
    const authorization = given?.includes("invalid-token") ? undefined : given;
    asked.push({ method, path: called, at: Date.now() });
    const told = answer({ method, path: called, authorization, json: sent === "" ? {} : JSON.parse(sent) });
    const headers = { "Content-Type": "application/json", "X-HubSpot-Correlation-Id": "01a09f40" };
    let { status, body } = told;
    let written = body === undefined ? "" : JSON.stringify(body);
    const isLook = method !== "DELETE" && told.status !== 202;
    if (kind === "header") headers[path[0]] = headerText(text);
    if (kind === "raw" && isLook) written = text;
    if (kind === "raw" && path[0] === "html") headers["Content-Type"] = "text/html";
    if (kind === "status" && isLook) [status, written] = [Number(path[0]), JSON.stringify({ message: value })];
    if (status === 204) written = "";
    response.writeHead(status, headers).end(written);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${server.address().port}`;
  return {
    url,
    asked,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/** As much of a text as a header can carry. */
function headerText(text) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is about them
  return text.slice(0, HEADER_CHARACTERS).replace(/[\u0000-\u0008\u000a-\u001f\u007f]|[^\u0000-\u00ff]/g, "~");
}

function setAt(body, path, value) {
  const last = path.at(-1);
  const parent = path.slice(0, -1).reduce((node, name) => node[name], body);
  parent[last] = value;
}
