/** Writes the same response to every request: the limit of node:http alone. Arguments: port, response as JSON. */
import { createServer } from "node:http";

const [, , port, response] = process.argv;
const { status, headers, body } = JSON.parse(response);
// Node adds Date, Connection and Keep-Alive.
const server = createServer((_, answer) => {
  answer.writeHead(status, headers);
  answer.end(body);
});
server.keepAliveTimeout = 65_000;
server.listen(Number(port), "127.0.0.1");
