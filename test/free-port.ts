import { createServer } from "node:net";

/** The workers of a run, whose numbers are next to each other, have a hundred ports each. */
let port = 20_000 + (process.pid % 100) * 100;

/**
 * A port for a program that is about to start. It is below those that the system hands out, and given once: no other server or
 * connection gets it before the program listens.
 */
export async function freePort(): Promise<number> {
  port += 1;
  const tried = port;
  const server = createServer();
  const isFree = await new Promise<boolean>((known) => {
    server.once("error", () => known(false)).listen(tried, "127.0.0.1", () => known(true));
  });
  if (!isFree) return freePort();
  await new Promise((closed) => server.close(closed));
  return tried;
}
