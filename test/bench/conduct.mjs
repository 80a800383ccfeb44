/**
 * How the time to judge conduct grows with what there is to judge: `npm run bench:conduct`. Exits with 1 where twice as
 * much takes three times as long or more; ratios of one run, so that the machine's mood cancels out.
 */
import { judgeSession } from "../../build/src/judge/session-conduct.js";

const CALLS = 10_000;
const ROUNDS = 3;
const MOST = 3;
const api = "https://api.hubapi.com/files/v3/files/import-from-url/async";
const START = Date.UTC(2026, 8, 14, 12);

/** A call as a journal keeps it, a second after the one before. */
function entry(index, method, path, { status = 200, headers = {}, body, sent }) {
  return {
    id: index + 1,
    clientAt: START + index * 1000,
    request: { method },
    response: { status, headers: { "Content-Type": "application/json", ...headers }, body: JSON.stringify(body) },
    violations: [],
    sent: { url: api + path, headers: {}, tokenId: "token-1", ...(sent && { body: JSON.stringify(sent) }) },
  };
}

const submit = (index, task, name = task) =>
  entry(index, "POST", "", { status: 202, body: { id: task }, sent: { url: `https://example.com/${name}.png` } });
const poll = (index, task, answer) => entry(index, "GET", `/tasks/${task}/status`, answer);
const shows = (status) => ({ body: { status } });
const refuses = (status, headers = {}) => ({ status, headers, body: {} });

/** Each makes the call of a number. */
const kinds = {
  "an import and four polls each": (index) => {
    const [task, step] = [`task-${Math.floor(index / 5)}`, index % 5];
    return step === 0 ? submit(index, task) : poll(index, task, shows(step === 4 ? "COMPLETE" : "PENDING"));
  },
  "different imports": (index) => submit(index, `task-${index}`),
  "one import again and again": (index) => submit(index, `task-${index}`, "cat"),
  "one import, each time after its end": (index) => {
    const task = `task-${Math.floor(index / 2)}`;
    return index % 2 === 0 ? submit(index, task, "cat") : poll(index, task, shows("CANCELED"));
  },
  "polls of one task": (index) => poll(index, "task-1", shows("PENDING")),
  "polls after the end": (index) => poll(index, "task-1", shows("COMPLETE")),
  "polls through 404": (index) => poll(index, "task-1", refuses(404)),
  "polls through 403": (index) => poll(index, "task-1", refuses(403)),
  "polls through 503": (index) => poll(index, "task-1", refuses(503)),
  "polls through 429 with Retry-After": (index) => poll(index, "task-1", refuses(429, { "retry-after": "1" })),
};

function secondsFor(kind, calls) {
  const entries = Array.from({ length: calls }, (_, index) => kind(index));
  const began = performance.now();
  judgeSession({ session: "default", entries, forgotten: 0, watchedUntil: START + calls * 1000 });
  return (performance.now() - began) / 1000;
}

/** The least of some rounds: what else the machine does only ever makes it slower. */
function least(measure) {
  return Math.min(...Array.from({ length: ROUNDS }, measure));
}

secondsFor(kinds["an import and four polls each"], 2000);
let isKept = true;
for (const [name, kind] of Object.entries(kinds)) {
  const half = least(() => secondsFor(kind, CALLS));
  const whole = least(() => secondsFor(kind, 2 * CALLS));
  const growth = whole / half;
  if (growth >= MOST) isKept = false;
  console.log(`${name}: ${2 * CALLS} calls in ${whole.toFixed(2)} s, ${growth.toFixed(1)} times as long as half`);
}
process.exitCode = isKept ? 0 : 1;
