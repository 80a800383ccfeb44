/**
 * Ten thousand rounds of six concurrent polls of one task under pace polls: each poll moves the task by one state.
 * Run with `npm run bench:polls`; test/control/polls.test.ts does a tenth of it.
 */
import { readScenarios } from "../../build/mocks/scenario-files.js";
import { createSimulator } from "../../build/src/simulator/simulator.js";

const ROUNDS = 10_000;
const EXPECTED = "COMPLETE,COMPLETE,COMPLETE,COMPLETE,PENDING,PROCESSING";
const api = "https://api.hubapi.com/files/v3/files/import-from-url/async";
const headers = { Authorization: "Bearer any", "Content-Type": "application/json" };
const body = JSON.stringify({ url: "https://example.com/cat.png", access: "PRIVATE", folderPath: "/library" });

const simulator = createSimulator({ scenarios: await readScenarios(), pace: "polls" });
const state = async (response) => (await (await response).json()).status;
let anomalies = 0;
const began = performance.now();
for (let round = 0; round < ROUNDS; round += 1) {
  const { id } = await (await simulator.handle(new Request(api, { method: "POST", headers, body }))).json();
  const poll = () => state(simulator.handle(new Request(`${api}/tasks/${id}/status`, { headers })));
  const seen = await Promise.all([poll(), poll(), poll(), poll(), poll(), poll()]);
  if (seen.sort().join() !== EXPECTED) anomalies += 1;
  simulator.remove(id);
}
const seconds = (performance.now() - began) / 1000;
console.log(`${ROUNDS} rounds of six concurrent polls: ${anomalies} anomalies, ${seconds.toFixed(1)} s`);
process.exitCode = anomalies === 0 ? 0 : 1;
