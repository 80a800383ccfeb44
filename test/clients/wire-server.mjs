import { once } from "node:events";
import { createServer } from "node:http";
import { gzipSync } from "node:zlib";

const task = {
  status: "PENDING",
  taskId: "AAAAEZ6whGI",
  requestedAt: "2026-09-14T12:00:00.000Z",
  startedAt: "2026-09-14T12:00:01.000Z",
  completedAt: "2026-09-14T12:00:03.000Z",
};
const TASK = JSON.stringify(task);
const LOCATOR = JSON.stringify({ id: "AAAAEZ6whGI", links: { status: "https://api.hubapi.com/" } });
const JSON_TYPE = { "content-type": "application/json;charset=utf-8" };

const BEHAVIOURS = {
  echo: answer,
  count: answer,
  "links-array": (response) => response.writeHead(200, JSON_TYPE).end(JSON.stringify({ ...task, links: ["/"] })),
  "json-null": (response) => response.writeHead(200, JSON_TYPE).end("null"),
  "json-array": (response) => response.writeHead(200, JSON_TYPE).end("[]"),
  "no-content-type": (response) => response.writeHead(200).end(TASK),
  gzip: (response) => response.writeHead(200, { ...JSON_TYPE, "content-encoding": "gzip" }).end(gzipSync(TASK)),
  "stall-mid-body": (response) =>
    response.writeHead(200, { ...JSON_TYPE, "content-length": TASK.length }).write(TASK.slice(0, TASK.length / 2)),
  reset: (response) => response.socket.resetAndDestroy(),
  "reset-reused": (response, ask) => (ask.reused ? response.socket.resetAndDestroy() : answer(response, ask)),
  "close-reused": (response, ask) => (ask.reused ? response.socket.destroy() : answer(response, ask)),
  redirect: (response, ask) =>
    response.req.headers.host.startsWith("localhost")
      ? answer(response, ask)
      : response.writeHead(307, { location: `http://localhost:${ask.port}${response.req.url}` }).end(),
};

function answer(response, { poll }) {
  response.writeHead(poll ? 200 : 202, JSON_TYPE).end(poll ? TASK : LOCATOR);
}

/** Starts a server on a free port of loopback that answers every request in one way, and keeps what it received. */
export async function startWireServer(behaviour) {
  const seen = [];
  const connections = new WeakSet();
  const server = createServer(async (request, response) => {
    const reused = connections.has(request.socket);
    connections.add(request.socket);
    let body = "";
    for await (const chunk of request) body += chunk;
    seen.push({ path: request.url, headers: request.headers, body, reused });
    BEHAVIOURS[behaviour](response, { reused, poll: request.method === "GET", port: server.address().port });
  });
  server.keepAliveTimeout = 60_000;
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    requests: () => seen,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
