import type { Answer } from "../server/twist.js";
import { answers, places } from "../twists.js";
import type { BrokenServer } from "./broken-server.js";

const DEEP = `${"[".repeat(5000)}${"]".repeat(5000)}`;

/** Servers whose bytes no client can read. */
export const brokenWires: readonly BrokenServer[] = [
  {
    name: "a poll is answered in another language",
    twist: answers(places.firstPoll, () => (socket) => socket.end("SSH-2.0-x\r\n")),
    fails: ["http"],
  },
  {
    name: "a poll is answered with headers without an end",
    twist: answers(places.firstPoll, () => (socket) => {
      socket.write("HTTP/1.1 200 OK\r\n");
      for (let line = 0; line < 40; line += 1) socket.write(`X-Line-${line}: ${"x".repeat(1000)}\r\n`);
    }),
    fails: ["http"],
  },
  {
    name: "a body is deeper than any client's stack",
    twist: answers(places.complete, (answer) => ({
      ...answer,
      body: String(answer.body).replace("{", `{"deep":${DEEP},`),
    })),
    fails: ["body-json"],
  },
];

/** The head of an answer and the first byte of its body; then nothing more, and no end. */
export function endless({ status, headers }: Answer) {
  const lines = Object.entries({ ...headers, "Transfer-Encoding": "chunked" }).map(
    ([name, text]) => `${name}: ${text}`,
  );
  return (socket: { write(text: string): void }) => {
    socket.write(`HTTP/1.1 ${status} OK\r\n${lines.join("\r\n")}\r\n\r\n1\r\n{\r\n`);
  };
}
