import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { controlOf, VIEWS, VIEWS_OF_SESSION } from "./control.mjs";
import { bytesOf, createChance } from "./requests.mjs";
import { talk } from "./talk.mjs";

/** When it is for the mocks. No answer of Node's own has such a date. */
const BEGIN = Date.UTC(2031, 8, 14, 12);

/** Prism makes up what `Prefer: dynamic=true` asks for, by the function that it finds here when it loads. */
let draw = Math.random;
Math.random = () => draw();

/**
 * A mock of one of the builds, on a clock of its own.
 *
 * @param folder of the build
 * @param world one of WORLDS
 */
export async function startSide(folder, { options, ears }) {
  // Older builds have the files that the package is made of where the package is.
  const compiled = join(folder, existsSync(join(folder, "build")) ? "build" : "dist", "mocks");
  const load = (file) => import(pathToFileURL(join(compiled, file)).href);
  const [{ startMock }, { readScenarios }] = await Promise.all([load("server.js"), load("scenario-files.js")]);
  const scenarios = await readScenarios();
  let now = BEGIN;
  let events = [];
  const heard = { bytes: 0, step: 0 };
  const pass = (milliseconds) => {
    now += milliseconds;
  };
  const note = (...event) => events.push(ears === "early" ? textOf(event) : event);
  const describe = ({ method, url, headers }) => {
    const sent = new Headers();
    headers.forEach((value, name) => {
      sent.append(name, value);
    });
    return { method, url, headers: [...sent] };
  };
  const mock = await startMock({
    scenarios,
    ...options,
    port: 0,
    now: () => now,
    async wait(milliseconds, signal) {
      // Nobody waits for a client that has gone, and how often that is asked is nobody's to know.
      if (signal.aborted) return;
      // What was written before has come by then: a drip is a drip on the wire, too.
      await new Promise((resolve) => setTimeout(() => setImmediate(() => setImmediate(resolve)), 10));
      note("wait", milliseconds, heard.bytes);
      pass(milliseconds);
    },
    ...(ears !== "none" && {
      onExchange: (exchange, violations) => note("exchange", exchange, violations),
      onPreferred: (request, status) => note("preferred", describe(request), status),
      onDefect: (defect) => note("defect", defect),
      onControl: (change) => note("control", change),
      onGuess: (guess) => note("guess", guess),
      onEvict: (eviction) => note("evict", eviction),
    }),
  });
  if (ears !== "none") mock.simulator.subscribe((entry, session) => note("entry", session, entry));
  const port = Number(new URL(mock.url).port);
  const same = (text) =>
    RULES.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), text.replaceAll(`:${port}`, ":PORT"));
  const takeEvents = () => {
    const taken = events.map((event) => same(typeof event === "string" ? event : textOf(event)));
    events = [];
    return taken;
  };
  // The first that asks Prism loads it, which takes longer than a client waits here.
  const warmUp = bytesOf({ headers: [["Prefer", "dynamic=true"]], method: "POST", body: "{}" });
  await talk(port, [warmUp], { silentTicks: 200 });
  const ask = async (path) => same((await talk(port, [controlOf("GET", path)], { silentTicks: 200 }))[0].text);

  return {
    scenarios,
    /** @param passes so much of the time passes after them, in milliseconds */
    async meet(acts, passes) {
      heard.bytes = 0;
      draw = createChance(heard.step).next;
      heard.step += 1;
      const written = [];
      const release = overhear((...words) => written.push(words.join(" ")));
      const answers = (await talk(port, acts, { heard, pass })).map(({ text, ending }) => ({
        text: same(text),
        ending,
      }));
      // The server learns of a connection's end a little later than its client, and may be waiting.
      const settleMs = answers.every(({ ending }) => ending === "closed") ? 0 : 20;
      await new Promise((resolve) => setTimeout(() => setImmediate(resolve), settleMs));
      release();
      pass(passes);
      return { answers, written: written.map(same), ...(ears === "early" && { events: takeEvents() }) };
    },
    /** What can be seen of it by now, each by its address or name. */
    async views() {
      const views = new Map();
      const { simulator } = mock;
      if (ears === "late") views.set("events", takeEvents());
      views.set(
        "memory",
        same(JSON.stringify(simulator.memory.accounts.map(({ kind, bytes, evicted }) => ({ kind, bytes, evicted })))),
      );
      views.set("snapshots", same(JSON.stringify(simulator.snapshots())));
      for (const name of simulator.sessions()) {
        views.set(`/sessions/${name}/entries`, same(textOf(simulator.session(name).journal().entries())));
      }
      if (options.control === false) return views;
      const sessions = simulator.sessions();
      for (const view of VIEWS) views.set(view, await ask(view));
      for (const name of sessions) {
        for (const view of VIEWS_OF_SESSION)
          views.set(`/sessions/${name}${view}`, await ask(`/sessions/${name}${view}`));
      }
      return views;
    },
    async end() {
      const last = takeEvents();
      await mock.close();
      return last;
    },
  };
}

/** A value in code as JSON; in which order an object's properties were set is nobody's to know. */
function textOf(value) {
  return JSON.stringify(value, (_, one) =>
    one === null || typeof one !== "object" || Array.isArray(one)
      ? one
      : Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1))),
  );
}

/** What two runs of one build do not have in common. */
const RULES = [
  // Node dates by the machine's clock what does not date itself.
  [/^Date: \w{3}, \d\d \w{3} 20[23]\d (?!.*2031)[\d:]+ GMT$/gm, "Date: TODAY"],
  [/(file:\/\/)?\/[^\s()"]+:\d+:\d+/g, "PLACE"],
];

/** Hears what is written to the console, and what nobody catches. @returns how to end that */
function overhear(hear) {
  const methods = ["log", "info", "warn", "error"];
  const own = methods.map((method) => console[method]);
  for (const method of methods)
    console[method] = (...words) => hear(method, ...words.map((word) => word?.stack ?? String(word)));
  const onError = (error) => hear("uncaught", error?.stack ?? String(error));
  process.on("uncaughtException", onError);
  process.on("unhandledRejection", onError);
  return () => {
    for (const [index, method] of methods.entries()) console[method] = own[index];
    process.off("uncaughtException", onError);
    process.off("unhandledRejection", onError);
  };
}
