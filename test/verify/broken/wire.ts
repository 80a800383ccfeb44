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
