import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { defineScenario } from "../../src/scenario/define.js";
import { fileMock } from "./mock.js";

const file = fileMock({ pace: "polls" });
const schema = JSON.parse(await readFile("spec/scenario.schema.json", "utf8"));
const page = await readFile("docs/scenarios.md", "utf8");
const section = page.slice(page.indexOf("### What it changes in the response"), page.indexOf("### In code"));

/** The words of a kind of effect that a text has between backticks or as a number. */
const wordsIn = (text: string) =>
  [...text.matchAll(/`([a-z-]+)`|\b([45]\d\d)\b/g)].map(([, word, number]) => word ?? Number(number));

/** Every word that the page lists, with its kind. */
function listed(): readonly (readonly [kind: string, word: string | number])[] {
  const rows = [...section.matchAll(/^\| `(page|body|wire)` \| (.*) \| \w+ \|$/gm)];
  const errors = /The errors: ([^.]*)\./s.exec(section)?.[1]?.replaceAll(/\(\d+\)/g, "") ?? "";
  return [
    ...rows.flatMap(([, kind = "", text = ""]) => wordsIn(text).map((word) => [kind, word] as const)),
    ...wordsIn(errors).map((word) => ["error", word] as const),
  ].filter(([, word]) => word !== "chunks" && word !== "pause");
}

test("every word that the docs list is accepted as a response, and no word is missing there", async () => {
  const own = file.own();
  const id = await own.start();
  for (const [kind, word] of listed()) {
    await expect(own.inject(id, { [kind]: word }), `${kind} ${word}`).resolves.toBeUndefined();
  }
  const { error, page: pages, body, wire } = schema.$defs.effect.properties;
  const known = Object.entries({ error, page: pages, body, wire }).flatMap(([kind, { anyOf }]) =>
    (anyOf[0].enum as (string | number)[]).map((word) => `${kind} ${word}`),
  );
  expect(
    listed()
      .map((one) => one.join(" "))
      .sort(),
  ).toEqual(known.sort());
});

test("coverage, the journal and the catalogue have the same names for a fault as an injected response", async () => {
  const own = file.own();
  const id = await own.start();
  const { faults } = await own.coverage();
  const names = [...faults.met, ...faults.missed].filter((name) => !name.startsWith("limit "));
  for (const name of names) {
    const [kind = "", word = "", ...more] = name.split(" ");
    const sources: Readonly<Record<string, unknown>> = {
      alter: [{ remove: "/taskId" }],
      page: Number(word),
      headers: Object.fromEntries([word, ...more].map((header) => [header, "any"])),
    };
    await own.inject(id, { [kind]: sources[kind] ?? word });
    await own.poll(id, {}, AbortSignal.timeout(word === "black-hole" || word === "drip" ? 50 : 5000)).catch(() => {});
    expect((await own.journal({ limit: 1 }))[0]).toMatchObject({ effect: name, isInjected: true });
  }
  expect(names.length).toBeGreaterThan(20);
});

test.each<[object, object]>([
  [{ fault: "reset" }, { wire: "reset" }],
  [{ error: "429" }, { error: "rate-limited" }],
  [{ error: 429 }, { error: "rate-limited" }],
  [{ status: 503 }, { error: "service-unavailable" }],
  [{ page: "502" }, { page: 502 }],
  [{ page: 500 }, { error: "internal-error" }],
  [{ error: "lokced" }, { error: "locked" }],
  [{ error: "Rate-Limited" }, { error: "rate-limited" }],
  [{ error: "rate" }, { error: "rate-limited" }],
  [{ error: "timeout" }, { error: "gateway-timeout" }],
  [{ wire: "connection-reset" }, { wire: "reset" }],
  [{ error: "reset" }, { wire: "reset" }],
  [{ body: "truncate" }, { body: "truncated" }],
  [{ effect: "wire black-hole" }, { wire: "black-hole" }],
  [{ reset: true }, { wire: "reset" }],
  [{ wire: "reset", retryAfter: "1s" }, { wire: "reset" }],
  [
    { error: 429, retryAfter: 7, times: 2 },
    { error: "rate-limited", retryAfter: "7s", times: 2 },
  ],
  [
    { error: "rate-limited", retryAfter: "7 seconds" },
    { error: "rate-limited", retryAfter: "7s" },
  ],
  [
    { error: "rate-limited", "Retry-After": "7" },
    { error: "rate-limited", retryAfter: "7s" },
  ],
  [
    { error: "locked", times: "2" },
    { error: "locked", times: 2 },
  ],
  [
    { wire: "drip", chunks: "3", pause: "1 min" },
    { wire: "drip", chunks: 3, pause: "1m" },
  ],
])("%j is refused with the form that is nearest: %j", async (given, meant) => {
  const own = file.own();
  const id = await own.start();
  await expect(own.inject(id, given)).rejects.toThrow(`Write ${JSON.stringify(meant)}.`);
  await expect(own.inject(id, meant)).resolves.toBeUndefined();
});

test.each<[object]>([
  [{}],
  [{ times: 2 }],
  [{ retryAfter: "5s" }],
  [{ answer: "no" }],
  [{ error: "xyzzy" }],
  [{ error: "locked", retryAfter: "-1h" }],
  [{ error: "locked", retryAfter: "soon" }],
])("where nothing is near %j, nothing is guessed", async (given) => {
  const own = file.own();
  const id = await own.start();
  const problem: unknown = await own.inject(id, given).catch((error: unknown) => error);
  expect(problem).toMatchObject({ code: "invalid-request" });
  expect(String(problem)).not.toContain("Write {");
});

test.each<[object, string]>([
  [{ error: "429" }, "Write error: rate-limited."],
  [{ fault: "reset" }, "Write wire: reset."],
  [{ wire: "truncated" }, "Write body: truncated."],
])("a file's fault %j is told the nearest, too", (fault, sentence) => {
  const source = { summary: "s", steps: [{ state: "PENDING" }], faults: [fault] };
  expect(() => defineScenario("mine", source as never)).toThrow(sentence);
});
