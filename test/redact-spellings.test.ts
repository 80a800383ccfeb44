import fc from "fast-check";
import { expect, test } from "vitest";
import { createRedactor } from "../src/exchange/redact.js";

const TOKEN = "pat-na1-0f3e2a1b-5c4d-4e6f-8a9b-c0d1e2f3a4b5";

type Spell = (character: string) => string;

/** The escapes of one layer, and the sign that each of its texts has to escape, too. */
const LAYERS: readonly { readonly sign: string; readonly spell: readonly Spell[] }[] = [
  {
    sign: "\\",
    spell: [(one) => `\\u00${hex(one)}`, (one) => `\\x${hex(one)}`, (one) => `\\u{${hex(one)}}`],
  },
  { sign: "%", spell: [(one) => `%${hex(one)}`, (one) => `%${hex(one).toUpperCase()}`, (one) => `%u00${hex(one)}`] },
  { sign: "&", spell: [(one) => `&#${one.charCodeAt(0)};`, (one) => `&#x${hex(one)};`] },
  { sign: "~", spell: [(one) => ({ "~": "~0", "/": "~1" })[one] ?? one] },
];

const tokens = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
  minLength: 8,
  maxLength: 60,
});

/** What escapes some characters, each of them in one way, and always those that an escape begins with. */
const layer = fc.record({
  kind: fc.constantFrom(...LAYERS),
  ways: fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 12 }),
});

/** A character, and whether it is a digit or letter of an escape: those no layer escapes once more. */
interface Piece {
  readonly one: string;
  readonly isOfEscape: boolean;
}

function spelled(
  pieces: readonly Piece[],
  { kind, ways }: { readonly kind: (typeof LAYERS)[number]; readonly ways: number[] },
): readonly Piece[] {
  const [first = String] = kind.spell;
  return pieces.flatMap((piece) => {
    const { one, isOfEscape } = piece;
    const spell = kind.spell[ways[one.charCodeAt(0) % ways.length] ?? 0] ?? (one === kind.sign ? first : undefined);
    if (isOfEscape || spell === undefined) return [piece];
    return [...spell(one)].map((sign) => ({ one: sign, isOfEscape: /[\da-z]/i.test(sign) }));
  });
}

function echoOf(token: string, layers: readonly Parameters<typeof spelled>[1][]): string {
  const pieces = [...token].map((one): Piece => ({ one, isOfEscape: false }));
  return layers
    .reduce(spelled, pieces)
    .map(({ one }) => one)
    .join("");
}

/** Beginnings of escapes, words before secrets, and signs of masks. */
const around = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...'%,%4,%2,\\,\\\\,\\u,\\u00,&,&#,&#6,&amp,~,…,***,pat-,hsk-,?token=,Bearer ,@,",{,://'.split(","),
      ),
      fc.string({ unit: "grapheme", maxLength: 3 }),
    ),
    { maxLength: 4 },
  )
  .map((pieces) => pieces.join(""));

test("every token in up to four layers of escapes is redacted, whatever surrounds it", () => {
  fc.assert(
    fc.property(tokens, fc.array(layer, { maxLength: 4 }), around, around, (token, layers, before, after) => {
      const echo = echoOf(token, layers);
      const redact = createRedactor([token]);
      const left = redact(before + echo + after);
      // With an @ behind it, it looks like an address.
      expect(left).toMatch(/REDACTED|someone-\d/);
      expect(left).not.toContain(echo);
      expect(redact(left)).toBe(left);
    }),
    { numRuns: 400 },
  );
});

test.each([" ", "\u0000", "\n", "\u200b", "\\u0000", "\\n", "%00", "&#0;"])(
  "a token with %j between its characters is taken out",
  (blank) => {
    expect(createRedactor([TOKEN])(`before ${[...TOKEN].join(blank)} after`)).toBe("before REDACTED after");
  },
);

test("a token in UTF-16 that is read as bytes is taken out", () => {
  for (const text of [TOKEN, `Bearer ${TOKEN}`]) {
    const bytes = Buffer.from(text, "utf16le").toString("latin1");
    expect(createRedactor([TOKEN])(bytes)).toMatch(/REDACTED\0$/);
  }
});

test("a token in base64 with line ends, as mail has it, is taken out", () => {
  const base64 = Buffer.from(`${"x".repeat(40)}${TOKEN}${"y".repeat(90)}`).toString("base64");
  for (const end of ["\r\n", "\n", "\\r\\n", "%0D%0A", "\n    "]) {
    const left = createRedactor([TOKEN])(base64.replace(/.{76}/g, `$&${end}`));
    expect(left).toContain("REDACTED");
    expect(Buffer.from(left.replace("REDACTED", ""), "base64").toString()).not.toContain(TOKEN.slice(4, 40));
  }
});

test("a token that is a property's name is taken out of the pointer to it", () => {
  const token = "a~token/of~tests";
  const finding = { pointer: `/echo/${token.replaceAll("~", "~0").replaceAll("/", "~1")}/0`, actual: "1" };
  expect(createRedactor([token])(finding)).toEqual({ pointer: "/echo/REDACTED/0", actual: "1" });
});

test.each([
  "pat-na1-0f3e****-****-****-****-********a4b5",
  "pat-na1-********-...-a4b5",
  "pat-na1-0f3e2a1b…a4b5",
  "pat-na1-0f3e...f3a4b5",
  "pat-na1-[…]c0d1e2f3a4b5",
  "pat-n•••••••••••••a4b5",
  "pat-na1-xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxa4b5",
  "********a4b5",
  "…e2f3a4b5",
  "pat-na1-0f3e2a1b-****",
  "pat-na1-0f3e2a1b\\u2026a4b5",
])("of the masked token %s nothing is left that tells whose it is", (masked) => {
  const left = createRedactor([TOKEN])(`{"message":"the token ${masked} is not known"}`);
  expect(left).toMatch(/^\{"message":"the token [-*]*REDACTED[-*]* is not known"\}$/);
});

test.each(["****", "wait…", "a...b", "…", "1,000 … 2,000", "password: ********"])(
  "what only looks like a mask stays: %s",
  (text) => {
    expect(createRedactor(["s3cr3t-of-ours"])(`before ${text} after`)).toBe(`before ${text} after`);
  },
);

test.each([
  ["a private app's", "pat-eu1-12345678…9abc"],
  ["a private app's", "pat-eu1-********-...-9abc"],
  ["a service key's", "hsk-na1-0f3e2a1b-5c4d-4e6f-8a9b-c0d1e2f3a4b5"],
  ["a service key's", "hsk-eu1-AbCdEfGhIjKlMnOpQrStUvWxYz_0123456789"],
  ["a service key's", "HSK-NA1-0F3E2A1B-5C4D-4E6F-8A9B-C0D1E2F3A4B5"],
  ["a service key's", "hsk-na2-0f3e2a1b-5c4d-****-****-********a4b5"],
  ["a service key's", "hsk-eu1-12345678…9abc"],
  ["a service key's", "hsk-eu1-********-...-9abc"],
  ["a service key's", "hsk-na1-xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxa4b5"],
])("%s complete or masked token is taken out, though nobody knows it", (_, masked) => {
  expect(createRedactor([])(`before ${masked} after`)).toBe("before REDACTED after");
});

test.each(["hsk-na1", "hsk-na1-", "hsk-na1-key", "task-na1-0f3e2a1b-5c4d", "the hsk-na1 region", "hsk--0f3e2a1b-5c4d"])(
  "%s is no service key",
  (text) => {
    expect(createRedactor([])(`before ${text} after`)).toBe(`before ${text} after`);
  },
);

test("an unknown service key is redacted in each layer of escapes", () => {
  const keys = fc
    .tuple(fc.constantFrom("na1", "na2", "eu1", "ap1"), fc.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/))
    .map(([region, rest]) => `hsk-${region}-${rest}`);
  const layers = fc.array(layer, { maxLength: 3 });
  fc.assert(
    fc.property(keys, layers, (key, some) => {
      const redact = createRedactor([]);
      const left = redact(`before ${echoOf(key, some)} after`);
      expect(left).toBe("before REDACTED after");
      expect(redact(left)).toBe(left);
    }),
  );
});

const JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";

test("a JSON Web Token is redacted wherever it occurs, also under any header's name", () => {
  const redact = createRedactor([]);
  expect(redact({ headers: { "x-custom": JWT } })).toEqual({ headers: { "x-custom": "REDACTED" } });
  expect(redact(`{"a":"${JWT}"}, ${JWT.slice(0, 60)}…`)).toBe('{"a":"REDACTED"}, REDACTED-2…');
});

test("an environment's token with a line end too many is one all the same", () => {
  expect(createRedactor([`${TOKEN}\n`])(`Bearer ${TOKEN}`)).toBe("Bearer REDACTED");
});

test("text without secrets is not changed", () => {
  const letters = fc.string({ unit: fc.constantFrom(..."abcxyz .,;-_()[]{}<>\\%&~*…\n\"'#+"), maxLength: 200 });
  fc.assert(fc.property(letters, (text) => createRedactor([TOKEN])(text) === text));
});

const SHAPES = [
  ..."\\ % & ~ %25 %40 %2540 %C3%A9 %u0040 \\u0061 \\\\u0061 &amp; &amp;#112; &# a@ @a. a@b.co :// ://a@ Bearer+ ?token= a= eyJ- eyJa.".split(
    " ",
  ),
  ...[
    '"token":"\\"',
    "***a",
    "…b5",
    "-...-",
    "p ",
    "pat-",
    "pat-na1-***",
    "hsk-",
    "hsk-na1-",
    "hsk-na1-***",
    TOKEN.slice(0, -1),
    TOKEN,
  ],
  ...[TOKEN.replaceAll("-", "%2d"), [...TOKEN].join("\\"), Buffer.from(TOKEN).toString("base64").slice(0, -4)],
];

test.each(SHAPES)(
  "100,000 characters of %j are redacted at once",
  (shape) => {
    const text = shape.repeat(100_000 / shape.length);
    expect(createRedactor([TOKEN])(`${text}@`)).not.toBe("");
  },
  // A part of a second is the rule; what looks at each character from each other one takes a minute.
  20_000,
);

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(2, "0");
}
