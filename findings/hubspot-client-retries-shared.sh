#!/usr/bin/env bash
# In HubSpot's client for JavaScript numberOfApiCallRetries is no client's own: of all clients of a process, the one that was
# constructed last decides for each whose .files is read after that. So a client made without retries sends an import again
# after a 500, and one made with them does not.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --prefix . @hubspot/api-client@13.5.0
cat > look.cjs <<'JS'
const { once } = require("node:events");
const { createServer } = require("node:http");
const { Client } = require("@hubspot/api-client");

console.error = () => {}; // where the client says what it tries again

(async () => {
  let imports = 0;
  const server = createServer((request, response) => {
    imports += 1;
    request.resume();
    response.writeHead(500, { "Content-Type": "application/json" }).end('{"status":"error","message":"internal error"}');
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const basePath = `http://127.0.0.1:${server.address().port}`;
  const sent = async (client) => {
    imports = 0;
    const body = { url: "https://example.com/cat.png", access: "PRIVATE", folderPath: "/library" };
    await client.files.filesApi.importFromUrl(body).catch((error) => error.code);
    return imports;
  };
  const plain = new Client({ accessToken: "a", basePath });
  new Client({ accessToken: "b", basePath, numberOfApiCallRetries: 3 });
  const byPlain = await sent(plain);
  const retrying = new Client({ accessToken: "a", basePath, numberOfApiCallRetries: 3 });
  new Client({ accessToken: "b", basePath });
  const byRetrying = await sent(retrying);
  console.log("Node", process.versions.node, "@hubspot/api-client", require("@hubspot/api-client/package.json").version);
  console.log("requests of a client without retries, another with 3 made after it:", byPlain);
  console.log("requests of a client with 3, another without retries made after it:", byRetrying);
  const shared = byPlain === 3 && byRetrying === 1;
  console.log(shared ? "as found: the last client made decides" : "CHANGED");
  process.exit(shared ? 0 : 1);
})();
JS
node look.cjs
