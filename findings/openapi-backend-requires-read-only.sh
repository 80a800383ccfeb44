#!/usr/bin/env bash
# In OpenAPI 3.0, a readOnly property that is required is so in responses alone, and a writeOnly one in requests alone.
# openapi-backend 5.21.2 asks for both in both: it rejects the import that has no id yet, and the response without the secret.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . openapi-backend@5.21.2
cat > look.cjs <<'JS'
const { OpenAPIBackend } = require("openapi-backend");

const schema = {
  type: "object",
  required: ["id", "url", "secret"],
  properties: { id: { type: "string", readOnly: true }, url: { type: "string" }, secret: { type: "string", writeOnly: true } },
};
const content = { "application/json": { schema } };
const post = { operationId: "submit", requestBody: { content }, responses: { 200: { description: "ok", content } } };
const definition = { openapi: "3.0.3", info: { title: "t", version: "1" }, paths: { "/imports": { post } } };

(async () => {
  const api = new OpenAPIBackend({ definition, strict: true });
  await api.init();
  const headers = { "content-type": "application/json" };
  const submit = (body) => api.validateRequest({ method: "POST", path: "/imports", headers, body });
  const told = ({ errors }) => errors?.map(({ message }) => message).join() ?? "valid";
  const [id, url, secret] = ["1", "https://example.com/cat.png", "any"];
  const seen = {
    "request without id": told(submit({ url, secret })),
    "request with id": told(submit({ id, url, secret })),
    "response without secret": told(api.validateResponse({ id, url }, "submit", 200)),
    "response with secret": told(api.validateResponse({ id, url, secret }, "submit", 200)),
  };
  console.log("Node", process.versions.node, "openapi-backend", require("openapi-backend/package.json").version);
  console.log(seen);
  const found =
    seen["request without id"] === "must have required property 'id'" && seen["request with id"] === "valid" &&
    seen["response without secret"] === "must have required property 'secret'" && seen["response with secret"] === "valid";
  console.log(found ? "as found: what its sender never sends is required" : "CHANGED");
  process.exit(found ? 0 : 1);
})();
JS
node look.cjs
