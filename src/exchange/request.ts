import { stringToUint8Array } from "uint8array-extras";

/** The parts of a request that the simulator reads, except the body. The platform's `Request` satisfies this type. */
export interface RequestHead {
  readonly method: string;
  /** Absolute, like `Request.url`. */
  readonly url: string;
  readonly headers: {
    /** @param name in lower case */
    readonly get: (name: string) => string | null;
    /** Passes names in lower case. */
    readonly forEach: (each: (value: string, name: string) => void) => void;
  };
}

/** A request's body, parsed. */
export type Body =
  | { readonly kind: "empty" }
  | { readonly kind: "json"; readonly text: string; readonly value: unknown }
  | {
      readonly kind: "not-json";
      readonly text: string;
      readonly line: number;
      readonly column: number;
      readonly problem: string;
    }
  | { readonly kind: "wrong-type"; readonly text: string; readonly contentType: string }
  | { readonly kind: "too-large" };

export const NO_BODY: Body = { kind: "empty" };

/** HubSpot publishes no limit; this one is far above what an import needs. */
export const MAX_BODY_BYTES = 10 * 1024 * 1024;
/** Locating a syntax error takes a second, slower parser, which is not worth it for a huge body. */
const MAX_LOCATED_CHARACTERS = 10_000;

/**
 * Reads a request's body to its end, even beyond the limit: a client that is still sending may miss an early response.
 *
 * @throws only what reading the stream throws
 */
export async function readBody(request: Request, maxBytes = MAX_BODY_BYTES): Promise<Body> {
  const text = await readText(request, maxBytes);
  return text === undefined ? { kind: "too-large" } : bodyFrom(text, request.headers.get("content-type"));
}

/** Parses a text as a body; returns a promise only if a syntax error has to be located. */
export function bodyFrom(text: string, contentType: string | null): Body | Promise<Body> {
  if (text === "") return NO_BODY;
  if (contentType !== null && !/^\s*application\/([\w.-]+\+)?json\s*(;|$)/i.test(contentType)) {
    return { kind: "wrong-type", text, contentType };
  }
  try {
    return { kind: "json", text, value: JSON.parse(text) };
  } catch {
    return syntaxProblem(text).then((problem) => ({ kind: "not-json", text, ...problem }));
  }
}

/** Whether a request may have a body. Most are polls without one, which need not wait for it. */
export function mayHaveBody({ method, body }: Request): boolean {
  // Firefox and React Native do not have `Request.body`; elsewhere null means no body.
  return body === undefined ? !["GET", "HEAD", "DELETE"].includes(method) : body !== null;
}

async function readText(request: Request, maxBytes: number): Promise<string | undefined> {
  // A body that is declared to be within the limit needs no stream, which takes several times as long: a server's parser of
  // HTTP holds it to its declaration.
  if (Number(request.headers.get("content-length") ?? Number.NaN) <= maxBytes) return request.text();
  if (!mayHaveBody(request)) return "";
  if (!request.body) {
    const text = await request.text();
    return stringToUint8Array(text).length > maxBytes ? undefined : text;
  }
  const decoder = new TextDecoder();
  const reader = request.body.getReader();
  let bytes = 0;
  let text = "";
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    bytes += value?.byteLength ?? 0;
    text = bytes > maxBytes ? "" : text + decoder.decode(value, { stream: true });
  }
  return bytes > maxBytes ? undefined : text + decoder.decode();
}

async function syntaxProblem(
  text: string,
): Promise<{ readonly line: number; readonly column: number; readonly problem: string }> {
  const offset = await syntaxErrorOffset(text);
  const before = text.slice(0, offset).split("\n");
  const at = { line: before.length, column: (before.at(-1) ?? "").length + 1 };
  const character = text[offset];
  if (character === undefined) return { ...at, problem: "Unexpected end-of-input" };
  return { ...at, problem: `Unexpected character ('${character}' (code ${character.charCodeAt(0)}))` };
}

/** Returns the offset of a syntax error. JSON.parse's messages differ by engine and may lack the position. */
async function syntaxErrorOffset(text: string): Promise<number> {
  if (text.length > MAX_LOCATED_CHARACTERS) return 0;
  // Loaded on demand: most bodies are valid, and a browser then does not load the parser.
  const { parse: locate } = await import("@humanwhocodes/momoa");
  try {
    locate(text);
    return 0;
  } catch (error) {
    const { message, offset = 0 } = error as Error & { offset?: number };
    return message.includes("end of input") ? text.length : offset;
  }
}
