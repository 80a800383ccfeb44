import { Agent, request as httpsRequest } from "node:https";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readScenarios } from "../../mocks/scenario-files.js";
import { type Mock, startMock } from "../../mocks/server.js";
import { CAT, IMPORT } from "../doors.js";
import { PROXIES, proxyDirectory, type RunningProxy, startProxy } from "./proxies.js";

const TOKEN = "a-long-secret";
const status = (name: string) => `${IMPORT}/tasks/${name}/status`;

let trusting: Mock;
let plain: Mock;
let directory: Awaited<ReturnType<typeof proxyDirectory>>;
const proxies = new Map<string, RunningProxy>();
let agent: Agent;

beforeAll(async () => {
  const options = { scenarios: await readScenarios(), port: 0, pace: "polls" } as const;
  directory = await proxyDirectory();
  [trusting, plain] = await Promise.all([
    startMock({ ...options, trustProxy: true, control: { token: TOKEN } }),
    startMock(options),
  ]);
  agent = new Agent({ keepAlive: true, ca: directory.ca });
  const mocks = [portOf(trusting), portOf(plain)] as const;
  const started = await Promise.all(PROXIES.map((name) => startProxy(name, { directory: directory.directory, mocks })));
  for (const proxy of started) if (proxy) proxies.set(proxy.name, proxy);
});
afterAll(async () => {
  for (const { stop } of proxies.values()) stop();
  agent.destroy();
  await Promise.all([trusting.close(), plain.close(), directory.remove()]);
});

function portOf({ url }: Mock): number {
  return Number(new URL(url).port);
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** A call through a proxy's TLS. @param onText called with all that has come, as it comes; true ends the call */
function call(
  url: string,
  { method = "GET", body, headers = {} }: { method?: string; body?: string; headers?: Record<string, string> } = {},
  onText: (text: string) => boolean = () => false,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const all = { Authorization: "Bearer any", ...(body && { "Content-Type": "application/json" }), ...headers };
    const request = httpsRequest(url, { method, agent, headers: all }, (response) => {
      let text = "";
      const end = () => resolve({ status: response.statusCode ?? 0, text });
      response.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
        if (!onText(text)) return;
        end();
        request.destroy();
      });
      response.on("end", end).on("error", reject);
    });
    request.on("error", reject).end(body);
  });
}

describe.each(PROXIES)("through %s", (name) => {
  /** The proxy; where the system has none, the test is skipped. */
  const through = ({ skip }: { skip: (note: string) => never }) => proxies.get(name) ?? skip(`no ${name} here`);

  test("an import is followed to its end by the links that it is given", async (context) => {
    const base = through(context).trusting;
    const started = await call(base + IMPORT, { method: "POST", body: JSON.stringify(CAT) });
    expect(started.status, started.text).toBe(202);
    const { id, links } = JSON.parse(started.text) as { id: string; links: { status: string } };
    expect(links.status).toBe(base + status(id));
    const states: string[] = [];
    while (states.at(-1) !== "COMPLETE") {
      const polled = JSON.parse((await call(links.status)).text) as { status: string; links: { status: string } };
      expect(polled.links.status).toBe(links.status);
      states.push(polled.status);
    }
    expect(states).toEqual(["PENDING", "PROCESSING", "COMPLETE"]);
  });

  test("nobody steers a mock without its token, and the mock's own links lead to who has it", async (context) => {
    const { trusting: base, plain: other } = through(context);
    const denied = await call(`${other}/__mock/health`);
    expect([denied.status, JSON.parse(denied.text).type]).toEqual([403, "urn:hubspot-import-kit:forbidden-proxy"]);
    expect((await call(`${base}/__mock/health`)).status).toBe(401);
    const headers = { Authorization: `Bearer ${TOKEN}` };
    const { links } = JSON.parse((await call(`${base}/__mock`, { headers })).text) as { links: { health: string } };
    expect(links.health).toBe(`${base}/__mock/health`);
    expect((await call(links.health, { headers })).status).toBe(200);
  });

  test("events come at once, and go on where they broke off", async (context) => {
    const base = through(context).trusting;
    const headers = { Authorization: `Bearer ${TOKEN}` };
    const events = `${base}/__mock/events?session=${name}`;
    const poll = () => call(`${base}/s/${name}${status("happy")}`);
    let polls = 0;
    const first = await call(events, { headers }, (text) => {
      // Nothing else happens: what does not come at once never comes.
      if (text.includes(": listening") && polls === 0) void poll();
      if (text.includes(": listening")) polls = 1;
      return /^id: .*:\d+$/m.test(text);
    });
    const [lastId = ""] = /[\w-]+:\d+$/m.exec(first.text.trimEnd()) ?? [];
    await poll();
    const second = await call(events, { headers: { ...headers, "Last-Event-ID": lastId } }, (text) =>
      text.includes(`id: ${name}/2`),
    );
    expect(second.text.match(/^id: .*\/\d+$/gm)).toEqual([`id: ${name}/2`]);
  });

  for (const scenario of ["connection-reset", "connection-reset-mid-body"]) {
    test(`a poll under ${scenario} fails, whatever the proxy tries, and the next finds the task`, async (context) => {
      const session = `reset-${name}-${scenario}`;
      const base = `${through(context).trusting}/s/${session}`;
      const poll = () => call(base + status(scenario)).catch((error: Error) => ({ status: 0, text: error.message }));
      expect(await poll()).toMatchObject({ status: 200, text: expect.stringContaining("PENDING") });
      const failed = await poll();
      expect(failed.status === 0 || failed.status >= 500, JSON.stringify(failed)).toBe(true);
      // Who asks again at once may be the proxy.
      trusting.simulator.session(session).clock.advance(1000);
      expect((await poll()).text).toContain(scenario === "connection-reset" ? "PROCESSING" : "COMPLETE");
    });
  }
});

test("nginx that keeps its connections sends a poll again, and is reset again, whatever its client is", async ({
  skip,
}) => {
  const { plain: base } = proxies.get("nginx") ?? skip("no nginx here");
  const headers = { "User-Agent": "node" };
  const poll = () => call(`${base}/kept/s/kept${status("connection-reset")}`, { headers });
  expect([(await poll()).status, (await poll()).status]).toEqual([200, 502]);
  const repeats = trusting.simulator
    .session("kept")
    .journal()
    .entries()
    .map(({ repeatOf }) => repeatOf);
  expect(repeats).toEqual([undefined, undefined, 2]);
});
