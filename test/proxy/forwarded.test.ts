import fc from "fast-check";
import { expect, test } from "vitest";
import { forwardedNames, parseForwarded, readForwarded } from "../../mocks/public-address.js";

const parsed = (header: string) => parseForwarded(header).map((element) => Object.fromEntries(element));

test.each([
  ["", []],
  ["for=192.0.2.60;proto=http;by=203.0.113.43", [{ for: "192.0.2.60", proto: "http", by: "203.0.113.43" }]],
  ['For="[2001:db8:cafe::17]:4711"', [{ for: "[2001:db8:cafe::17]:4711" }]],
  ["for=192.0.2.43, for=198.51.100.17", [{ for: "192.0.2.43" }, { for: "198.51.100.17" }]],
  ['for="_gazonk";by=_hidden, For=unknown', [{ for: "_gazonk", by: "_hidden" }, { for: "unknown" }]],
  ['HOST="a\\"b\\\\c"', [{ host: 'a"b\\c' }]],
  ['for=a;secret="a,b;c=d"', [{ for: "a", secret: "a,b;c=d" }]],
  // What the grammar of RFC 7239 and lists of RFC 9110 admit, though few write it so.
  [";for=a;;proto=https; , ,host=b;", [{ for: "a", proto: "https" }, { host: "b" }]],
  ["for=a ; proto=https\t,\tfor=b", [{ for: "a", proto: "https" }, { for: "b" }]],
  ["for=", [{ for: "" }]],
  // What the grammar wants quoted, and proxies write without.
  ["host=mock.test:8443;proto=https;for=[::1]:80", [{ host: "mock.test:8443", proto: "https", for: "[::1]:80" }]],
  // A name stands once.
  ["proto=https;proto=http", [{ proto: "https" }]],
  // Up to what is malformed.
  ['for=a;host="mock.test', [{ for: "a" }]],
  ["for=a, nonsense, for=b", [{ for: "a" }]],
  ["=x", []],
  ["__proto__=x;constructor=y", [{ constructor: "y", ["__proto__"]: "x" }]],
])("Forwarded: %s is read as RFC 7239 says", (header, expected) => {
  expect(parsed(header)).toEqual(expected);
});

const token = fc.stringMatching(/^[\w!#$%&'*+.^`|~-]{1,12}$/);
const value = fc.stringMatching(/^[\t\x20-\x7e]{0,20}$/);
const quoted = (text: string) => `"${text.replace(/["\\]/g, "\\$&")}"`;

test("every quoted value is read unchanged, with any number of proxies and parameters", () => {
  const element = fc.uniqueArray(fc.tuple(token, value), {
    selector: ([name]) => name.toLowerCase(),
    minLength: 1,
    maxLength: 5,
  });
  fc.assert(
    fc.property(fc.array(element, { minLength: 1, maxLength: 5 }), (elements) => {
      const header = elements.map((pairs) => pairs.map(([name, text]) => `${name}=${quoted(text)}`).join(";"));
      const expected = elements.map((pairs) => new Map(pairs.map(([name, text]) => [name.toLowerCase(), text])));
      expect(parseForwarded(header.join(", "))).toEqual(expected);
    }),
  );
});

/** What a header may hold: printable characters, tabs, and bytes over 127. */
const headerText = fc.oneof(
  fc.stringMatching(/^[\t\x20-\x7e\x80-\xff]*$/),
  fc
    .array(fc.constantFrom('"', "\\", ";", ",", "=", " ", "host", "proto", "[", "]", ":", "/", "%", ".."))
    .map((parts) => parts.join("")),
);

test("no value of any header makes reading throw, and the result is valid in an address", () => {
  const names = ["Forwarded", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Port", "X-Forwarded-Prefix"];
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...names), headerText), { maxLength: 5 }), (pairs) => {
      const headers = new Headers(pairs.map(([name, text]) => [name, text] as [string, string]));
      const { host = "mock.test", protocol = "http", port = "1", prefixes } = readForwarded(headers);
      forwardedNames(headers);
      const url = new URL(`${protocol}://${host}${prefixes.join("")}/path`);
      expect(url.username + url.search + url.hash).toBe("");
      expect(url.pathname).toBe(`${prefixes.join("")}/path`);
      expect(Number(port)).toBeGreaterThan(0);
    }),
    { numRuns: 1000 },
  );
});

test.each([
  ["spaces", (n: number) => " ".repeat(n)],
  ["backslashes in quotes", (n: number) => `host="${"\\".repeat(n)}`],
  ["semicolons and a bad end", (n: number) => `${";".repeat(n)}"`],
  ["a name without a value", (n: number) => "a".repeat(n)],
  ["quotes", (n: number) => '"'.repeat(n)],
  ["a long name and a bad end", (n: number) => `host=${"a".repeat(n)}/`],
  ["dots and a bad end", (n: number) => `host=${"a.".repeat(n)}:x`],
])("a long header of %s costs no more than its length", (_, header) => {
  const headers = (text: string) =>
    new Headers({ Forwarded: text, "X-Forwarded-Host": text, "X-Forwarded-Prefix": text });
  const costOf = (text: string) => {
    // Of this process alone, whatever else keeps the machine busy.
    const start = process.cpuUsage();
    readForwarded(headers(text));
    return process.cpuUsage(start).user / 1000;
  };
  // Quadratic, it would take minutes.
  expect(costOf(header(200_000))).toBeLessThan(3000);
});
