/**
 * Measures the engine without a server, in a separate process with --expose-gc: prints as JSON the memory of a kept
 * task, and how a poll's cost depends on the number of scenarios. Arguments: the package's entry, rounds.
 */
import { IMPORT, statusOf } from "./servers.mjs";
import { median } from "./targets.mjs";

const [, , entry, rounds] = process.argv;
const { createSimulator, defineScenario } = await import(entry);
const POLLS = 2000;
const headers = { Authorization: "Bearer any", "Content-Type": "application/json" };
const host = "http://127.0.0.1:4010";

const simulatorWith = (scenarios) =>
  createSimulator({
    scenarios: Array.from({ length: scenarios }, (_, at) =>
      defineScenario(at === 0 ? "happy" : `other-${at}`, { summary: "Ends at once.", steps: [{ state: "COMPLETE" }] }),
    ),
  });

async function submit(simulator, name) {
  const body = JSON.stringify({ url: `https://example.com/${name}.png`, access: "PRIVATE", folderPath: "/library" });
  return (await (await simulator.handle(new Request(host + IMPORT, { method: "POST", headers, body }))).json()).id;
}

function heapUsed() {
  gc();
  gc();
  return process.memoryUsage().heapUsed;
}

async function bytesOfTask() {
  const simulator = simulatorWith(1);
  // The journal keeps a thousand exchanges: once it is full, only tasks add memory.
  for (let count = 0; count < 1000; count += 1) await submit(simulator, `cat-${count}`);
  const before = heapUsed();
  let ids = 0;
  for (let count = 1000; count < 10_000; count += 1) ids += (await submit(simulator, `cat-${count}`)).length;
  const taken = heapUsed() - before;
  if (simulator.tasks().length !== 10_000) throw new Error("not all tasks are kept");
  return (taken - ids) / 9000;
}

async function pollMicroseconds(simulator, id) {
  const before = process.cpuUsage();
  for (let count = 0; count < POLLS; count += 1) await simulator.handle(new Request(host + statusOf(id), { headers }));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / POLLS;
}

// The code that V8 compiles meanwhile is no task's memory: without a first run it added 26 to 45 bytes to each.
await bytesOfTask();
const bytes = await bytesOfTask();
const [one, many] = [simulatorWith(1), simulatorWith(114)];
const ids = [await submit(one, "cat"), await submit(many, "cat")];
const ratios = [];
for (let round = 0; round <= Number(rounds); round += 1) {
  const alone = await pollMicroseconds(one, ids[0]);
  const ratio = (await pollMicroseconds(many, ids[1])) / alone;
  if (round > 0) ratios.push(ratio);
}
console.log(
  JSON.stringify({
    "a kept task beyond its id": bytes,
    "a poll beside 114 scenarios, to one beside one": median(ratios),
  }),
);
