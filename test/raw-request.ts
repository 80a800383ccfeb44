import { connect } from "node:net";

/**
 * Sends bytes that no HTTP client would, and reads the answer to its end.
 *
 * @param url where the server listens
 * @param lines the request line and headers; `Connection: close` is added, and `Host` where there is none
 */
export function rawRequest(
  url: string,
  lines: readonly string[],
  body = "",
): Promise<{ status: number; head: string; text: string }> {
  const { hostname, port, host } = new URL(url);
  const hosts = lines.some((line) => /^host:/i.test(line)) ? [] : [`Host: ${host}`];
  const head = [lines[0], ...hosts, "Connection: close", ...lines.slice(1)].join("\r\n");
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(`${head}\r\n\r\n${body}`));
    const chunks: Buffer[] = [];
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("error", reject);
    socket.on("close", () => {
      const text = Buffer.concat(chunks).toString();
      const end = text.indexOf("\r\n\r\n");
      resolve({
        status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1]),
        head: text.slice(0, end),
        text: text.slice(end + 4),
      });
    });
  });
}
