/** A server with MSW's handlers behind node:http. Arguments: port, route, response as JSON. */
import { createServer } from "node:http";
import { getResponse, HttpResponse, http } from "msw";

const [, , port, route, response] = process.argv;
const { status, headers, body } = JSON.parse(response);
const handlers = [http.get(`*${route}`, () => new HttpResponse(body, { status, headers }))];

const server = createServer(async (request, answer) => {
  const url = `http://${request.headers.host}${request.url}`;
  const made = await getResponse(handlers, new Request(url, { method: request.method, headers: request.headers }));
  answer.writeHead(made?.status ?? 404, Object.fromEntries(made?.headers ?? []));
  answer.end(await made?.text());
});
server.listen(Number(port), "127.0.0.1");
