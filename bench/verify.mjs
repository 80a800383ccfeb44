import { writeFileSync } from "node:fs";
import { CAT, IMPORT, scratchFile, statusOf } from "./servers.mjs";
import { timesOf } from "./start.mjs";
import { median } from "./targets.mjs";

const KINDS = ["text", "markdown", "junit", "json", "sarif", "html", "github"];
const HOST = "https://api.hubapi.com";
const START = Date.UTC(2026, 8, 14, 12);
const POLLS = 4;

/** Measures the whole command: it reads a recording, redacts and judges it, and writes each kind of report. */
export async function measureVerify({ kit, isQuick, tell }) {
  const { createSimulator, defineScenario } = await import(kit.url("."));
  const samples = { small: [], growth: [] };
  const rounds = isQuick ? 1 : 5;
  const secondsFor = async (exchanges) => {
    const file = scratchFile(`${exchanges}.har`);
    const reports = KINDS.flatMap((kind) => ["--report", `${kind}=${scratchFile(`report.${kind}`)}`]);
    const { cpuMs } = await timesOf([kit.bin, "verify", "--quiet", "--recording", file, ...reports], 1);
    return cpuMs / 1000;
  };
  for (const exchanges of [1000, 10_000, 20_000])
    writeFileSync(scratchFile(`${exchanges}.har`), await recordingOf(exchanges, { createSimulator, defineScenario }));
  for (let round = 1; round <= rounds; round += 1) {
    tell(`verify: round ${round} of ${rounds}`);
    samples.small.push(await secondsFor(1000));
    const half = await secondsFor(10_000);
    samples.growth.push((await secondsFor(20_000)) / half);
  }
  return {
    measured: {
      "verify of 1,000 exchanges, in every format: processor time": median(samples.small),
      "verify of 20,000 exchanges, to 10,000": median(samples.growth),
    },
  };
}

/** Returns a HAR file of imports with four polls each, a second apart, like the recording of an app with many users. */
async function recordingOf(exchanges, { createSimulator, defineScenario }) {
  let now = START;
  const steps = [{ state: "PENDING", for: "1s" }, { state: "PROCESSING", for: "2s" }, { state: "COMPLETE" }];
  const happy = defineScenario("happy", { summary: "Ends with a file.", steps });
  const simulator = createSimulator({ scenarios: [happy], now: () => now });
  const entries = [];
  async function exchange(method, path, token, text) {
    const headers = { Authorization: `Bearer ${token}`, ...(text && { "Content-Type": "application/json" }) };
    const response = await simulator.handle(new Request(HOST + path, { method, headers, ...(text && { body: text }) }));
    const body = await response.text();
    const listed = (pairs) => [...pairs].map(([name, value]) => ({ name, value }));
    const postData = text && { mimeType: "application/json", text };
    const common = { httpVersion: "HTTP/1.1", cookies: [], headersSize: -1, bodySize: -1 };
    entries.push({
      startedDateTime: new Date(now).toISOString(),
      time: 20,
      request: {
        ...common,
        method,
        url: HOST + path,
        headers: listed(Object.entries(headers)),
        queryString: [],
        postData,
      },
      response: {
        ...common,
        status: response.status,
        statusText: response.statusText,
        headers: listed(response.headers),
        content: { size: body.length, mimeType: "application/json", text: body },
        redirectURL: "",
      },
      cache: {},
      timings: { send: 0, wait: 20, receive: 0 },
    });
    now += 1000;
    return JSON.parse(body);
  }
  for (let task = 0; entries.length < exchanges; task += 1) {
    const token = `pat-na1-00000000-0000-4000-8000-${`${task}`.padStart(12, "0")}`;
    const { id } = await exchange("POST", IMPORT, token, CAT.replace("cat.png", `cat-${task}.png`));
    for (let poll = 0; poll < POLLS; poll += 1) await exchange("GET", statusOf(id), token);
  }
  return JSON.stringify({ log: { version: "1.2", creator: { name: "bench", version: "1" }, entries } });
}
