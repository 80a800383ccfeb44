import { readFileSync } from "node:fs";
import { parse } from "yaml";

/** What requests are made of: bytes as a client sends them, and the chance that decides. */

export const VALUES = parse(readFileSync(new URL("values.yaml", import.meta.url), "utf8"));
const ODD = [...VALUES.odd, "\ud83d", "x".repeat(3000)];

export const IMPORT = "/files/v3/files/import-from-url/async";
const HOST = "127.0.0.1:4010";

/** The same choices for the same seed: Mulberry32. */
export function createChance(seed) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (below) => Math.floor(next() * below);
  return {
    next,
    int,
    pick: (list) => list[int(list.length)],
    /** @param share from 0 to 1 */
    is: (share) => next() < share,
    /** So many of a list, in their order. */
    some: (list, share = 0.5) => list.filter(() => next() < share),
  };
}

/**
 * A request's bytes.
 *
 * @param headers pairs of name and value, after Host and before what frames the body
 * @param body a text or bytes; `chunks` of it are sent chunked
 * @param isLast whether the connection ends with it
 */
export function bytesOf({
  method = "GET",
  target = IMPORT,
  version = "1.1",
  host = HOST,
  headers = [],
  body,
  chunks,
  isLast = true,
}) {
  const sent = body === undefined ? undefined : Buffer.from(body);
  const frame = chunks ? [["Transfer-Encoding", "chunked"]] : sent ? [["Content-Length", sent.length]] : [];
  const lines = [
    ...(host === undefined ? [] : [["Host", host]]),
    ...headers,
    ...frame,
    ...(isLast ? [["Connection", "close"]] : []),
  ];
  const head = [`${method} ${target} HTTP/${version}`, ...lines.map(([name, value]) => `${name}: ${value}`)];
  const content = chunks ? chunked(sent, chunks) : [sent ?? Buffer.alloc(0)];
  return Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`, "latin1"), ...content]);
}

function chunked(sent, count) {
  const size = Math.max(1, Math.ceil(sent.length / count));
  const parts = [];
  for (let at = 0; at < sent.length; at += size) {
    const part = sent.subarray(at, at + size);
    parts.push(Buffer.from(`${part.length.toString(16)}${at === 0 ? ";a=b" : ""}\r\n`), part, Buffer.from("\r\n"));
  }
  return [...parts, Buffer.from("0\r\n\r\n")];
}

export const AUTH = ["Authorization", "Bearer any"];
export const JSON_TYPE = ["Content-Type", "application/json"];
export const CAT = { url: "https://example.com/cat.png", access: "PRIVATE", folderPath: "/library" };

export const postOf = (body, { headers = [AUTH, JSON_TYPE], ...more } = {}) =>
  bytesOf({
    method: "POST",
    headers,
    body: Buffer.isBuffer(body) ? body : JSON.stringify(body),
    ...more,
  });

export const pollOf = (id, { prefix = "", headers = [AUTH], ...more } = {}) =>
  bytesOf({ target: `${prefix}${IMPORT}/tasks/${id}/status`, headers, ...more });

/** Requests over one connection, each after the answer to the one before. */
export function inTurn(requests) {
  const methods = requests.map((bytes) => bytes.subarray(0, 10).toString("latin1").split(" ")[0]);
  return [...requests.flatMap((bytes, index) => [bytes, { answers: index + 1, methods }]), "end"];
}

/** An import that is right, with any of its fields. */
export function importOf({ pick, is, some }) {
  const names = some(Object.keys(VALUES.fields).filter((name) => !/^(url|access|folder)/.test(name)));
  const folder = is(0.7) ? "folderPath" : "folderId";
  return Object.fromEntries(["url", "access", folder, ...names].map((name) => [name, pick(VALUES.fields[name])]));
}

/** A value that is changed at one place. */
export function mutated(value, chance) {
  const { int, pick } = chance;
  if (value === null || typeof value !== "object" || int(6) === 0) return pick(ODD);
  if (Array.isArray(value)) return [...value, pick(ODD)];
  const names = Object.keys(value);
  const name = pick(names);
  const kind = int(3);
  if (kind === 0 && name !== undefined)
    return Object.fromEntries(Object.entries(value).filter(([one]) => one !== name));
  if (kind === 1 || name === undefined)
    return { ...value, [pick([...Object.keys(VALUES.fields), "extra", "__proto__", "Url"])]: pick(ODD) };
  return { ...value, [name]: mutated(value[name], chance) };
}
