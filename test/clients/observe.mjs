import { startWireServer } from "./wire-server.mjs";

let sessions = 0;

/**
 * Tries one case with one SDK: what its caller gets, and how many requests reach the server.
 *
 * A driver makes an SDK's call: `call({ call, base, token, id, retries, kept, timeoutSeconds })` resolves with one of
 *   { model, fields }  a model was returned, its fields as the language prints them, texts in double quotes
 *   { value }          something else was returned, as the language prints it
 *   { error, code?, category?, detail?, returned? }  an error of that class was thrown, or returned
 *   { lacking: true }  the SDK has no timeout, or no retries
 *   { waiting: true }  nothing came for as long as anybody watched
 *
 * @param {import("./cases.mjs").Case} test
 * @returns the cell of docs/clients.md, as Markdown
 */
export async function observe(test, { mock, driver, now = Date.now }) {
  const server = test.wire === undefined ? await openSession(test, mock) : await openWire(test);
  try {
    const request = {
      call: test.call,
      base: test.slash ? `${server.base}/` : server.base,
      token: server.token,
      id: test.scenario ?? "AAAAEZ6whGI",
      retries: test.retries ?? false,
      kept: test.kept ?? false,
      timeoutSeconds: test.timeoutSeconds ?? 0,
    };
    for (let time = 1; time < (test.calls ?? 1); time += 1) await driver.call(request);
    const before = test.calls > 1 ? await server.count() : (test.before ?? 0);
    const began = now();
    const outcome = await driver.call(request);
    const seconds = Math.floor((now() - began) / 1000);
    if (test.fact !== undefined) return factOf(test, server.requests?.(), outcome);
    if (outcome.lacking) return "it has none";
    const requests = (await server.count()) - before;
    return [
      cellOf(outcome, test),
      ...(test.timed && seconds > 0 && !outcome.waiting
        ? [`after ${seconds < 120 ? `${seconds} s` : `${Math.floor(seconds / 60)} min`}`]
        : []),
      ...(requests === 1 ? [] : [`**${requests} requests**`]),
    ].join(", ");
  } finally {
    await server.close?.();
  }
}

async function openSession({ id, scenario, settings = {}, before = 0, call }, mock) {
  sessions += 1;
  const { token, configure, journal } = mock.session(`${id}-${sessions}`);
  await configure({ scenario, pace: "polls", ...settings });
  const status = `${mock.url}/files/v3/files/import-from-url/async/tasks/${scenario}/status`;
  for (let poll = 0; poll < before; poll += 1) {
    await (await fetch(status, { headers: { Authorization: `Bearer ${token}` } })).text();
  }
  const operation = call === "poll" ? "checkImportStatus" : "importFromUrl";
  return { base: mock.url, token, count: async () => (await journal({ operation })).length };
}

/** A server of the case's own, so that no connection of an earlier case is there. */
async function openWire({ wire }) {
  const { url, requests, close } = await startWireServer(wire);
  return { base: url, token: "any", requests, count: async () => requests().length, close };
}

function cellOf(outcome, { call, show = ["status"] }) {
  if (outcome.waiting) return "waits for ever";
  if (outcome.error !== undefined) {
    const { error, code, detail, returned } = outcome;
    const words = [returned ? "returns an error" : "throws", inCode(error), code ?? "", detail ? `(${detail})` : ""];
    return words.filter((word) => word !== "").join(" ");
  }
  if (outcome.model === undefined) return `returns ${inCode(outcome.value)}`;
  const expected = call === "poll" ? "FileActionResponse" : "ImportFromUrlTaskLocator";
  if (outcome.model !== expected) return `returns a model ${inCode(outcome.model)}`;
  if (call === "import")
    return isTaskId(unquoted(outcome.fields.id)) ? "the id" : `the id ${inCode(outcome.fields.id)}`;
  return show
    .map((name) =>
      name === "status" ? inCode(unquoted(outcome.fields[name])) : `${name} ${inCode(outcome.fields[name])}`,
    )
    .join(", ");
}

function factOf({ fact, call }, requests, outcome) {
  if (fact === "category") return outcome.category ? inCode(outcome.category) : "none";
  if (fact === "connections") return String(requests.filter(({ reused }) => !reused).length);
  if (fact === "redirect") {
    if (requests.length === 1) return `no: ${cellOf(outcome, { call })}`;
    return requests[1].headers.authorization ? "**followed with the token**" : "followed without the token";
  }
  const [{ path, headers, body }] = requests;
  const value = { path: path.replace("AAAAEZ6whGI", "ID"), body, ...headers }[fact];
  return value ? inCode(value.trim()) : "none";
}

/** No language's word for nothing is as long. */
const isTaskId = (text) => /^[\w-]{11,}$/.test(text);

const unquoted = (text) => text.replace(/^"(.*)"$/, "$1");

const inCode = (text) => `\`${String(text).replaceAll("|", "\\|")}\``;
