/** Asks twice over one connection, and prints what the caller of a library is told the second time. */
import http from "node:http";
import { createRequire } from "node:module";

const [library, warmUp, method, url] = process.argv.slice(2);
const headers = { Authorization: "Bearer any", "Content-Type": "application/json" };
const body = '{"url":"https://example.com/cat.png","access":"PRIVATE","folderPath":"/library"}';
const agent = new http.Agent({ keepAlive: true });

async function send(verb, address) {
  const init = { method: verb, headers, ...(verb === "POST" && { body }) };
  if (library === "fetch") return read(await fetch(address, init));
  if (library === "node-fetch") {
    const nodeFetch = createRequire(import.meta.resolve("@hubspot/api-client"))("node-fetch");
    return read(await nodeFetch(address, { ...init, agent }));
  }
  return new Promise((resolve, reject) => {
    const request = http.request(address, { ...init, agent }, (answer) => {
      answer.resume().on("error", reject);
      answer.on("end", () => resolve(answer.statusCode));
    });
    request.on("error", reject).end(init.body);
  });
}

async function read(answer) {
  await answer.text();
  return answer.status;
}

await send("GET", warmUp);
// The connection is put back into its pool.
await new Promise((resolve) => setTimeout(resolve, 20));
console.log(await send(method, url).catch((error) => error.cause?.code ?? error.code ?? error.message));
process.exit();
