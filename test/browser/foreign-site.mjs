import { readFile } from "node:fs/promises";
import { createServer } from "node:http";

/**
 * A site of another origin than the mock's: a page with every way to send a request, and redirects to wherever it says. By
 * the name evil.localhost it is another site, too; by its address it is the mock's site with another port.
 */
export async function serveForeignSite() {
  const script = await readFile(new URL("foreign-page.js", import.meta.url), "utf8");
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url, "http://localhost");
    request.resume();
    if (pathname === "/redirect") response.writeHead(307, { Location: searchParams.get("to") }).end();
    else if (pathname !== "/") response.writeHead(403).end();
    else response.setHeader("Content-Type", "text/html").end(`<body><script>${script}</script></body>`);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  return {
    crossSite: `http://evil.localhost:${port}/`,
    sameSite: `http://127.0.0.1:${port}/`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
