import {
  AUTH,
  bytesOf,
  CAT,
  IMPORT,
  importOf,
  inTurn,
  JSON_TYPE,
  mutated,
  pollOf,
  postOf,
  VALUES,
} from "./requests.mjs";

const TASK = `${IMPORT}/tasks/happy/status`;
const FILE = "/files/v3/files/1";
const filled = (text, id = "happy") =>
  text
    .replace("{task}", TASK)
    .replace("{import}", IMPORT)
    .replace("{id}", () => id);

/** Bodies that are no text of UTF-8, or long. */
const BYTES = [
  Buffer.from([0xff, 0xfe, 0x7b, 0x7d]),
  Buffer.concat([Buffer.from('{"url":"'), Buffer.from([0xc3, 0x28, 0xe2, 0x82]), Buffer.from('"}')]),
  Buffer.alloc(0),
  Buffer.alloc(300),
  Buffer.from("[".repeat(5000)),
  Buffer.from(JSON.stringify({ ...CAT, name: "x".repeat(120_000) })),
];

/** As large as the mock takes, and larger by a byte. */
const LARGEST = [0, 1].map((more) => {
  const text = JSON.stringify({ ...CAT, name: "" });
  return Buffer.from(text.replace('""', () => `"${"x".repeat(10 * 1024 * 1024 - text.length + more)}"`));
});

/** Some headers that a client or a proxy may send. @param share how many of them */
const someHeaders = (g, share) =>
  g.some(Object.entries(VALUES.headers), share).map(([name, values]) => [name, filled(g.pick(values), someId(g))]);

/** An id that a poll can name. */
function someId(g) {
  const { name, parameters = [] } = g.pick(g.scenarios);
  const values = g
    .some(parameters, 0.4)
    .map((one) => `;${one.name}=${g.pick([one.default, "1", "3", "0", "2s", "x", "-1"])}`)
    .join("");
  const known = g.pick(g.known.tasks) ?? "happy";
  const one = g.pick([name, name + values, encodeURIComponent(name + values), known, known, "last", `%23${g.int(9)}`]);
  return one + g.pick(["", "", "", `~${g.int(40)}`, "@anna", "%40bob-2", `%23${g.int(9)}`, ";@x"]);
}

/** Requests over one connection, each after the answer to the one before. */
const once = (...requests) => ({
  acts: requests.length === 1 ? requests : inTurn(requests),
  requests: requests.length,
});

/** How the next exchange of a kind is made, by the kind's name; the methods have more than one thing to say to a connection. */
export const KINDS = {
  imports: (g) =>
    once(
      postOf(importOf(g), {
        headers: [AUTH, ["Content-Type", g.pick(VALUES.types.slice(0, 8))], ...someHeaders(g, 0.03)],
      }),
    ),
  "imports that choose a scenario": (g) =>
    once(postOf({ ...importOf(g), url: `https://e.test/a.png#${g.pick(["mock=", "x&mock=", "MOCK="])}${someId(g)}` })),
  "imports with a fault"(g) {
    const body = mutated(g.is(0.3) ? mutated(importOf(g), g) : importOf(g), g);
    return once(postOf(body, { headers: g.is(0.9) ? [AUTH, JSON_TYPE] : [JSON_TYPE] }));
  },
  "any bytes as an import"(g) {
    const body = g.is(0.03) ? g.pick(LARGEST) : g.pick([...VALUES.texts.map((text) => Buffer.from(text)), ...BYTES]);
    const headers = g.some([AUTH, ["Content-Type", g.pick(VALUES.types)]], 0.85);
    return once(postOf(body, { headers, ...(g.is(0.3) && { chunks: 1 + g.int(5) }) }));
  },
  "bodies where none belongs": (g) =>
    once(
      bytesOf({
        method: g.pick(["GET", "DELETE", "HEAD", "OPTIONS", "PUT"]),
        target: g.pick([TASK, FILE, IMPORT]),
        headers: [AUTH],
        body: g.pick(VALUES.texts),
        isLast: false,
      }),
      pollOf("happy", { isLast: g.is(0.5) }),
    ),
  polls(g) {
    const id = someId(g);
    const poll = () => pollOf(id, { isLast: false, headers: [AUTH, ...someHeaders(g, 0.02)] });
    return once(...Array.from({ length: 1 + g.int(3) }, poll));
  },
  "polls of anything": (g) =>
    once(pollOf(g.pick([...VALUES.ids, "x".repeat(3000)]), { method: g.is(0.9) ? "GET" : "HEAD" })),
  targets: (g) =>
    once(
      bytesOf({
        target: filled(g.pick([...VALUES.targets, `${TASK}?${"q".repeat(9000)}`])),
        method: g.pick(["GET", "GET", "POST", "HEAD", "DELETE", "OPTIONS"]),
        headers: g.some([AUTH, ["Accept", g.pick(VALUES.accepts)], ["Origin", g.pick(VALUES.origins)]], 0.6),
        ...(g.is(0.3) && { host: g.pick(VALUES.hosts) }),
      }),
    ),
  hosts: (g) => once(pollOf("happy", { host: g.pick(VALUES.hosts), headers: [AUTH, ...someHeaders(g, 0.02)] })),
  sessions(g) {
    const name = () => g.pick([...VALUES.sessions, "x".repeat(64), "x".repeat(65)]);
    const token = ["Authorization", `Bearer ${g.is(0.4) ? `pat-mock-${name()}` : "any"}`];
    const headers = [token, ...g.some([["X-Mock-Session", name()]], 0.3)];
    return once(pollOf(someId(g), { prefix: g.is(0.5) ? `/s/${name()}` : "", headers }));
  },
  methods: (g) =>
    once(
      bytesOf({
        method: g.pick(VALUES.methods),
        target: g.pick([TASK, IMPORT, FILE, "/x", "/", "*"]),
        headers: g.some([AUTH, ["Origin", g.pick(VALUES.origins)], JSON_TYPE], 0.6),
        ...(g.is(0.3) && { body: JSON.stringify(CAT) }),
      }),
    ),
  "pages of other origins"(g) {
    const asked = [
      ["Access-Control-Request-Method", g.pick(["POST", "PUT", ""])],
      ["Access-Control-Request-Headers", g.pick(["authorization,content-type", "X-A , x-b", ""])],
      ["Access-Control-Request-Private-Network", "true"],
    ];
    const headers = g.some([AUTH, ["Origin", g.pick(VALUES.origins)], ...asked], 0.75);
    const method = g.pick(["OPTIONS", "OPTIONS", "GET", "POST"]);
    return once(bytesOf({ method, target: g.pick([TASK, IMPORT, "/", "/x"]), headers }));
  },
  Prefer: (g) =>
    once(
      bytesOf({
        method: g.pick(["GET", "POST", "DELETE", "HEAD"]),
        target: g.pick([TASK, IMPORT, FILE, "/x", `/s/anna${TASK}`]),
        headers: [
          ...g.some([AUTH, JSON_TYPE, ["Accept", g.pick(VALUES.accepts)]], 0.8),
          ["Prefer", g.pick(VALUES.prefers)],
        ],
        ...(g.is(0.5) && { body: JSON.stringify(CAT) }),
      }),
    ),
  headers: (g) =>
    once(
      bytesOf({
        ...(g.is(0.5) ? { target: TASK } : { method: "POST", body: JSON.stringify(importOf(g)) }),
        headers: [...someHeaders(g, 0.2), ...g.some([["X-Long", "x".repeat(g.pick([2000, 17_000]))]], 0.05)],
        version: g.is(0.9) ? "1.1" : "1.0",
        isLast: g.is(0.9),
      }),
    ),
  "other versions of HTTP": (g) =>
    once(
      bytesOf({
        version: g.pick(["1.0", "1.0", "0.9", "2.0", "1.2"]),
        target: g.pick([TASK, "/", IMPORT]),
        host: g.pick([undefined, "mock.test"]),
        headers: [AUTH, ...g.some([["Connection", "keep-alive"]], 0.3), ...someHeaders(g, 0.01)],
        isLast: false,
      }),
    ),
  "no host": (g) => once(bytesOf({ host: undefined, target: TASK, headers: [AUTH, ...someHeaders(g, 0.02)] })),
  "files deleted"(g) {
    const id = g.pick([...g.known.files.slice(-6), "187340915526", "abc", "", "a%2Cb", "1/2", "%"]);
    const target = `${g.pick(["", "", "/s/anna"])}/files/v3/files/${id}`;
    const headers = g.some([AUTH, ["X-Mock-Scenario", "missing-scope-to-delete"]], 0.8);
    return once(bytesOf({ method: "DELETE", target, headers }));
  },
  pipelined(g) {
    const requests = Array.from({ length: 2 + g.int(5) }, (_, index) =>
      g.pick([
        pollOf(g.is(0.5) ? "happy" : someId(g), { isLast: index > 4 }),
        postOf(importOf(g), { isLast: false }),
        pollOf("happy", { method: "HEAD", isLast: false }),
      ]),
    );
    return { acts: [Buffer.concat(requests)], requests: requests.length };
  },
  "Expect: 100-continue"(g) {
    const whole = postOf(importOf(g), { headers: [AUTH, JSON_TYPE, ["Expect", "100-continue"]] });
    const cut = whole.indexOf("\r\n\r\n") + 4;
    return { acts: [whole.subarray(0, cut), { bytes: 1 }, whole.subarray(cut)], requests: 1 };
  },
  "in pieces"(g) {
    const whole = postOf(importOf(g), { ...(g.is(0.5) && { chunks: 3 }) });
    const cut = 1 + g.int(whole.length - 1);
    return { acts: [whole.subarray(0, cut), { pause: 3 }, whole.subarray(cut)], requests: 1 };
  },
  "left half way"(g) {
    const whole = g.is(0.3) ? pollOf(someId(g)) : postOf(importOf(g), { ...(g.is(0.3) && { chunks: 3 }) });
    const leave = g.pick(["end", "drop", "reset"]);
    return { acts: [whole.subarray(0, g.int(whole.length)), { pause: g.pick([0, 3]) }, leave], requests: 1 };
  },
  "left while it is answered"(g) {
    const dripping = [pollOf(`slow-drip~${g.fresh()}`), { bytes: 1 }];
    const silent = [pollOf(`black-hole;poll=1~${g.fresh()}`), { passes: 4000 }];
    return { acts: [...g.pick([dripping, silent]), g.pick(["drop", "reset"])], requests: 1 };
  },
  "one during another"(g) {
    const slow = postOf(importOf(g));
    const cut = slow.length - 1 - g.int(20);
    const other = { meanwhile: [pollOf(g.pick(["last", someId(g)]))] };
    return { acts: [slow.subarray(0, cut), { pause: 3 }, other, slow.subarray(cut)], requests: 2 };
  },
  "resets, sent again"(g) {
    const scenario = g.pick([
      "connection-reset;poll=1",
      "connection-reset;poll=1;burst=3",
      "connection-reset-mid-body;poll=1",
      "import-reset",
      "import-answer-cut",
    ]);
    const headers = [AUTH, JSON_TYPE, ["User-Agent", g.pick(VALUES.agents)], ...g.some([["Via", "1.1 nginx"]], 0.2)];
    const again = scenario.startsWith("import")
      ? postOf({ ...CAT, url: `https://e.test/${g.fresh()}.png#mock=${scenario}` }, { headers })
      : pollOf(`${scenario}~${g.fresh()}`, { headers });
    const warm = inTurn([pollOf("instant", { headers, isLast: false }), again]);
    const attempt = () => ({ meanwhile: g.is(0.5) ? [again] : warm });
    return { acts: [attempt(), attempt(), attempt(), "end"], requests: 3 };
  },
  "no HTTP": (g) => once(Buffer.from(filled(g.pick(VALUES.malformed)), "latin1")),
};
