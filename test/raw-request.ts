import { connect } from "node:net";

/** What came over a connection, to its end. */
export interface RawAnswer {
  readonly status: number;
  /** In lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The bytes after the headers, chunks and all. */
  readonly text: string;
  /** How the connection ended: the server closed it, or reset it. */
  readonly ending: "closed" | "reset";
}

/** A request that was sent, byte for byte. */
export interface RawCall {
  readonly answer: Promise<RawAnswer>;
  /** All that has come so far. */
  readonly received: () => string;
}

/**
 * Sends bytes that no HTTP client would, and reads the answer to its end.
 *
 * @param url where the server listens
 * @param lines the request line and headers; `Connection: close` is added, and `Host` where HTTP/1.1 wants one
 */
export function rawRequest(url: string, lines: readonly string[], body = ""): Promise<RawAnswer> {
  return sendRaw(url, lines, body).answer;
}

/** The same, without waiting for the answer: there may be none. */
export function sendRaw(url: string, lines: readonly string[], body = ""): RawCall {
  const { hostname, port, host } = new URL(url);
  const hosts = lines.some((line) => /^host:| HTTP\/1\.0$/i.test(line)) ? [] : [`Host: ${host}`];
  const head = [lines[0], ...hosts, "Connection: close", ...lines.slice(1)].join("\r\n");
  const chunks: Buffer[] = [];
  const received = () => Buffer.concat(chunks).toString();
  const answer = new Promise<RawAnswer>((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(`${head}\r\n\r\n${body}`));
    let ending: RawAnswer["ending"] = "closed";
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ECONNRESET") ending = "reset";
      else reject(error);
    });
    socket.on("close", () => resolve({ ...parse(received()), ending }));
  });
  return { answer, received };
}

function parse(all: string): Omit<RawAnswer, "ending"> {
  const [head = "", ...rest] = all.split("\r\n\r\n");
  const headers = head.split("\r\n").slice(1);
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1]),
    headers: Object.fromEntries(
      headers.map((line) => [line.split(":")[0]?.toLowerCase() ?? "", line.replace(/^[^:]*: */, "")]),
    ),
    text: rest.join("\r\n\r\n"),
  };
}
