import { connect } from "node:net";

/**
 * A connection on which nothing comes for some ticks is given up: only a black hole keeps a client waiting. In ticks, for the
 * servers are in the same process, and one that computes for a second must not look silent.
 */
const TICK_MS = 80;

/**
 * Talks over one connection, byte for byte, and reads what comes to its end.
 *
 * @param port of a server on 127.0.0.1
 * @param acts in their order: bytes to write; `{ answers, methods }`, to wait for so many whole answers; `{ bytes }`, to wait
 *   for so many bytes; `{ pause }` in milliseconds, and `{ passes }`, in those of the server's clock; `{ meanwhile }`, acts over another connection; and `"end"`, `"drop"` or
 *   `"reset"`, by which the client leaves. Without one of these the server is waited for.
 * @param heard told how many bytes have come
 * @param pass lets time pass on the server's clock, too
 * @param silentTicks after how many the client leaves
 * @returns what came, as Latin-1, and how the connection ended
 */
export async function talk(port, acts, { heard = {}, pass = () => {}, silentTicks = 4 } = {}) {
  let text = "";
  let ending;
  let wake = () => {};
  const others = [];
  const socket = connect(port, "127.0.0.1");
  let ticks = 0;
  let isElsewhere = false;
  const ticking = setInterval(() => {
    if (!isElsewhere) ticks += 1;
    if (ticks < silentTicks) return;
    ending ??= "silent";
    socket.destroy();
  }, TICK_MS);
  socket.setNoDelay(true);
  socket.on("data", (chunk) => {
    text += chunk.latin1Slice();
    heard.bytes = text.length;
    ticks = 0;
    wake();
  });
  socket.on("error", (error) => {
    ending ??= error.code === "EPIPE" ? "ECONNRESET" : error.code;
  });
  socket.on("end", () => {
    ending ??= "closed";
  });
  const closed = new Promise((resolve) => {
    socket.on("close", () => {
      clearInterval(ticking);
      ending ??= "closed";
      wake();
      resolve();
    });
  });
  const until = async (isThere) => {
    while (!isThere() && ending === undefined) {
      await new Promise((resolve) => {
        wake = resolve;
      });
    }
  };
  await new Promise((resolve) => socket.once("connect", resolve).once("close", resolve));
  for (const act of acts) {
    if (ending !== undefined) break;
    if (act === "end") socket.end();
    else if (act === "drop" || act === "reset") {
      ending = "left";
      if (act === "drop") socket.destroy();
      else socket.resetAndDestroy();
    } else if (Buffer.isBuffer(act)) socket.write(act);
    else if (act.answers) await until(() => wholeAnswers(text, act.methods) >= act.answers);
    else if (act.bytes) await until(() => text.length >= act.bytes);
    else if (act.pause !== undefined) await new Promise((resolve) => setTimeout(resolve, act.pause));
    else if (act.passes !== undefined) {
      await new Promise((resolve) => setTimeout(() => setImmediate(() => setImmediate(resolve)), 10));
      pass(act.passes);
    } else if (act.meanwhile) {
      isElsewhere = true;
      others.push(...(await talk(port, act.meanwhile)));
      isElsewhere = false;
    }
    ticks = 0;
  }
  await closed;
  return [{ text, ending }, ...others];
}

/** How many answers are there to their ends. @param methods of the requests, in their order */
function wholeAnswers(text, methods) {
  let at = 0;
  let count = 0;
  for (;;) {
    const headEnd = text.indexOf("\r\n\r\n", at);
    if (headEnd === -1) return count;
    const head = text.slice(at, headEnd);
    const status = Number(head.slice(9, 12));
    at = headEnd + 4;
    if (status < 200) continue;
    if (methods[count] !== "HEAD" && status !== 204 && status !== 304) {
      const length = /^content-length: (\d+)/im.exec(head)?.[1];
      if (/^transfer-encoding: chunked/im.test(head)) {
        const end = text.indexOf("0\r\n\r\n", at);
        if (end === -1) return count;
        at = end + 5;
      } else if (length === undefined || text.length < at + Number(length)) return count;
      else at += Number(length);
    }
    count += 1;
  }
}
