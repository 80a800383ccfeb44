/**
 * A soak: `npm run bench:soak`. Long bodies, ever new sessions, tasks, tokens, clients and scenarios, two followers that read
 * nothing and connections that say nothing: for SOAK_SECONDS (120) through the mock's door, and for as long straight into
 * its simulator, which takes more of them. What the mock's process takes after a collection of garbage, beyond what it took
 * at the start, has to stay under the budget of docs/control.md, and what a person made has to be there at the end. Prints
 * figures; exits with 1 where one of this does not hold. Results: test/bench/results/soak.md.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { connect } from "node:net";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";

const BUDGET_MB = 256;
const CONNECTIONS = 32;
const SECONDS = Number(process.env.SOAK_SECONDS ?? 120);
const IMPORT = "/files/v3/files/import-from-url/async";

const importOf = (name, more) =>
  JSON.stringify({ url: `https://example.com/${name}.png`, access: "PRIVATE", folderPath: "/library", ...more });
const importBy = (session, body) => ({ method: "POST", path: IMPORT, session, body });
const pollOf = (task, headers) => ({ method: "GET", path: `${IMPORT}/tasks/${task}/status`, headers });

const LONG = "x".repeat(95_000);
const EMPTY_OBJECTS = `[${"{},".repeat(31_000)}{}]`;
const VERY_LONG = "é".repeat(2_000_000);

/** What the requests are, how many of a thousand, and the n-th. */
const SHARES = [
  ["polls of one task", 300, () => pollOf("happy")],
  ["imports, each in a session of its own", 300, (n) => importBy(`loop-${n}`, importOf(`cat-${n}`))],
  ["polls of ever new tasks", 200, (n) => pollOf(`instant~${n}`)],
  ["imports with 95 kB", 100, (n) => importBy(`long-${n % 500}`, importOf(n, { more: LONG }))],
  ["bodies of 93 kB that parse to twenty times as much", 30, (n) => importBy(`objects-${n}`, EMPTY_OBJECTS)],
  ["polls with headers of 10 kB", 49, (n) => pollOf("happy", { "X-Mock-Client": `${n}${"c".repeat(10_000)}` })],
  [
    "polls by ever new tokens and clients, of scenarios with ever new limits",
    20,
    (n) =>
      pollOf("happy", {
        Authorization: `Bearer t${n}`,
        "User-Agent": `c${n}`,
        "X-Mock-Scenario": `rate-budget;calls=${(n % 100_000) + 6}`,
      }),
  ],
  [
    "imports with 8 MB of names",
    1,
    (n) => importBy(`large-${n}`, importOf(n, { name: VERY_LONG, folderPath: `/${VERY_LONG}` })),
  ],
];
const WHEEL = SHARES.flatMap(([, share], kind) => Array(share).fill(kind));

/** The kinds in turn, in an order that mixes them. */
function requestAt(n) {
  const [kind, , make] = SHARES[WHEEL[(n * 619) % WHEEL.length]];
  const { session, body, headers, ...rest } = make(n);
  const added = {
    Authorization: "Bearer any",
    ...(session && { "X-Mock-Session": session }),
    ...(body && { "Content-Type": "application/json" }),
    ...headers,
  };
  return { kind, ...rest, headers: added, body };
}

/** The mock, in a process of its own. */
async function serve() {
  const { startMock } = await import("../../build/mocks/server.js");
  const { readScenarios } = await import("../../build/mocks/scenario-files.js");
  const evictions = [];
  const onEvict = ({ kind, evicted }) => evictions.push(`${evicted} ${kind}`);
  const mock = await startMock({ port: 0, scenarios: await readScenarios(), onEvict });

  function measure() {
    gc();
    gc();
    const { rss, heapUsed, external } = process.memoryUsage();
    process.send({ rss, taken: heapUsed + external, evictions });
  }

  /** Without a door, a hundred at a time. */
  function straight(from, to) {
    for (let n = from; n < Math.min(to, from + 100); n += 1) {
      const { method, path, headers, body: text } = requestAt(n);
      const body = text ? { kind: "json", text: `${text} `, value: JSON.parse(text) } : { kind: "empty" };
      mock.simulator.exchange(new Request(`http://localhost${path}`, { method, headers }), body);
    }
    if (from + 100 < to) setImmediate(straight, from + 100, to);
    else process.send({ done: to });
  }

  process.on("message", (message) => (message === "measure" ? measure() : straight(message.from, message.to)));
  process.send({ url: mock.url });
}

async function soak() {
  const child = fork(fileURLToPath(import.meta.url), { execArgv: ["--expose-gc"] });
  const ask = async (message) => {
    child.send(message);
    return (await once(child, "message"))[0];
  };
  const [{ url }] = await once(child, "message");
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const send = ({ method = "GET", path, headers, body }) =>
    new Promise((resolve, reject) => {
      const sent = request(url + path, { method, agent, headers }, (answer) => {
        let text = "";
        answer.setEncoding("utf8");
        answer.on("data", (chunk) => {
          text += chunk;
        });
        answer.on("end", () => resolve(text));
      });
      sent.on("error", reject);
      sent.end(body);
    });

  // What a person makes: a session with a setting, a task that is forced, and its journal.
  const json = { Authorization: "Bearer any", "Content-Type": "application/json" };
  const person = "/__mock/sessions/person";
  await send({ method: "PUT", path: person, headers: json, body: '{"scenario":"slow"}' });
  const { id } = JSON.parse(
    await send({ method: "POST", path: `/s/person${IMPORT}`, headers: json, body: importOf("cat") }),
  );
  const forced = JSON.stringify({ state: "CANCELED", error: { message: "By hand." } });
  await send({ method: "PUT", path: `${person}/tasks/${id}/state`, headers: json, body: forced });

  for (let n = 0; n < 500; n += 1) await send(requestAt(0));
  const before = await ask("measure");
  const followers = [followAndReadNothing(url), followAndReadNothing(url)];
  const silent = Array.from({ length: 200 }, () => connect(new URL(url).port, "127.0.0.1"));
  for (const socket of [...followers, ...silent]) socket.on("error", () => {});

  const began = performance.now();
  const seconds = () => Math.round((performance.now() - began) / 1000);
  const counts = new Map();
  const peak = { taken: 0, rss: 0 };
  let requests = 0;
  const measure = async () => {
    const { taken, rss } = await ask("measure");
    peak.taken = Math.max(peak.taken, taken - before.taken);
    peak.rss = Math.max(peak.rss, rss);
    console.log(`${seconds()} s, ${requests} requests: ${mb(taken - before.taken)} MB more, rss ${mb(rss)} MB`);
  };
  const worker = async (_, first) => {
    for (let n = first; seconds() < SECONDS; n += CONNECTIONS) {
      const one = requestAt(n);
      await send(one);
      counts.set(one.kind, (counts.get(one.kind) ?? 0) + 1);
      requests += 1;
    }
  };
  const watch = async () => {
    while (seconds() < SECONDS) {
      await new Promise((resolve) => setTimeout(resolve, 10_000));
      await measure();
    }
  };
  await Promise.all([...Array.from({ length: CONNECTIONS }, worker), watch()]);
  const throughDoor = [requests, seconds()];
  for (let from = 10_000_000; seconds() < throughDoor[1] + SECONDS; from += 5000) {
    await ask({ from, to: from + 5000 });
    requests += 5000;
    await measure();
  }

  const headers = { Authorization: "Bearer any" };
  const task = JSON.parse(await send({ path: `/s/person${IMPORT}/tasks/${id}/status`, headers }));
  const journal = JSON.parse(await send({ path: `${person}/journal` }));
  const metrics = await send({ path: "/__mock/metrics" });
  const { evictions } = await ask("measure");
  for (const socket of [...followers, ...silent]) socket.destroy();
  agent.destroy();
  child.kill();

  console.log(`\nNode ${process.version}, ${cpus().length} × ${cpus()[0].model.trim()}`);
  console.log(
    `${throughDoor[0]} requests through the door in ${throughDoor[1]} s, ${requests} in all in ${seconds()} s. Of the former:`,
  );
  for (const [name, count] of counts) console.log(`  ${count} ${name}`);
  for (const line of metrics.split("\n"))
    if (/^import_mock_(kept|evicted|sessions)/.test(line)) console.log(`  ${line}`);
  console.log(`  lines of the log: ${evictions.join(", ")}`);
  console.log(`rss ${mb(before.rss)} MB at the start, ${mb(peak.rss)} MB at most`);
  const checks = [
    [peak.taken <= BUDGET_MB * 1e6, `${mb(peak.taken)} MB at most beyond the ${mb(before.taken)} MB of the start`],
    [task.errors?.[0]?.message === "By hand.", `the person's task is ${task.status}: ${task.errors?.[0]?.message}`],
    [
      journal.exchanges.length === 2 && journal.forgotten === 0,
      `the person's journal has ${journal.exchanges.length} exchanges, and has forgotten ${journal.forgotten}`,
    ],
  ];
  for (const [holds, sentence] of checks) console.log(`${holds ? "✓" : "✗"} ${sentence}`);
  process.exitCode = checks.every(([holds]) => holds) ? 0 : 1;
}

function mb(bytes) {
  return Math.round(bytes / 1e6);
}

/** A follower of all events whose socket nobody reads. */
function followAndReadNothing(url) {
  const { hostname, port } = new URL(url);
  const socket = connect(port, hostname);
  socket.pause();
  socket.write(`GET /__mock/events HTTP/1.1\r\nHost: ${hostname}:${port}\r\n\r\n`);
  return socket;
}

if (process.send) await serve();
else await soak();
