import { base64ToUint8Array, concatUint8Arrays, stringToUint8Array } from "uint8array-extras";
import { isJson } from "../../../is-json.js";
import type { RecordedExchange } from "../recording.js";
import { failureBy, isCut, type Marks } from "./marks.js";
import type { HarBody, HarEntry, HarResponse } from "./shape.js";

/** What stands in a file beside the recording, or why it could not be read. */
export type Attached = ReadonlyMap<string, Uint8Array | string>;

/** A body as a recording has it. */
export interface ReadBody {
  readonly body: string;
  readonly flaw?: NonNullable<RecordedExchange["response"]>["flaw"];
  /** Why it is not in the recording, where it is not. */
  readonly missing?: string;
}

interface BodyContext {
  /** Of the answer, names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly isConditional: boolean;
  readonly marks: Marks;
  readonly attached: Attached;
}

/** The answer's body; of a recording that is not this kit's own also what its maker may have left out. */
export function responseBody({ request, response = {}, _importKit: own }: HarEntry, context: BodyContext): ReadBody {
  const { headers, marks, attached } = context;
  const { status = 0, content = {} } = response;
  const read = contentOf(content, attached);
  if (own) return own.flaw ? { body: read.body, flaw: own.flaw } : read;
  if (read.missing !== undefined) return read;
  if (marks.error !== undefined) return cutBody(read.body, marks.error);
  if (request.method.toUpperCase() === "HEAD") return { body: "", flaw: "not-recorded" };
  // A 304 has none: what it confirms is looked for elsewhere.
  if (read.body === "" && status !== 204 && status !== 304) return isLeftOut(response, context) ? LEFT_OUT : read;
  return isDamaged(read, content.size, headers)
    ? { ...read, flaw: "not-recorded", missing: "its body is not whole in the recording" }
    : read;
}

const LEFT_OUT: ReadBody = { body: "", flaw: "not-recorded", missing: "its body is not in the recording" };

function cutBody(body: string, error: string): ReadBody {
  if (isCut(error)) return { body, flaw: "incomplete" };
  const who =
    failureBy(error).kind === "client-gone" ? "the client did not wait for its body" : "its body did not come";
  return { body, flaw: "not-recorded", missing: `${who} (${error})` };
}

/** The request's body; undefined where it is not in the recording. */
export function requestBody({ postData }: HarEntry["request"], attached: Attached): string | undefined {
  if (!postData || !("text" in postData || "_file" in postData)) return undefined;
  const { body, missing } = contentOf(postData, attached);
  return missing === undefined ? body : undefined;
}

function contentOf({ text, encoding, _file }: HarBody, attached: Attached): ReadBody {
  const pieces = [text ?? ""].flat();
  const whole = pieces.join("");
  if (_file !== undefined && whole === "") return attachedBody(_file, attached);
  if (!/^base64$/i.test(encoding ?? "")) return { body: whole };
  const bytes = bytesOf(pieces) ?? bytesOf(piecesIn(whole));
  return bytes
    ? decoded(bytes)
    : { body: "", flaw: "not-recorded", missing: "its body is not the base64 that it says" };
}

function attachedBody(file: string, attached: Attached): ReadBody {
  const found = attached.get(file) ?? "it was not looked for";
  if (typeof found !== "string") return decoded(found);
  return { body: "", flaw: "not-recorded", missing: `its body is in the file ${file}: ${found}` };
}

function bytesOf(pieces: readonly string[]): Uint8Array | undefined {
  try {
    return concatUint8Arrays(pieces.map((piece) => base64ToUint8Array(piece)));
  } catch {
    return undefined;
  }
}

/** Polly.JS writes the pieces of a body as JSON, each in base64. */
function piecesIn(text: string): readonly string[] {
  try {
    const pieces: unknown = JSON.parse(text);
    if (Array.isArray(pieces) && pieces.every((piece) => typeof piece === "string")) return pieces;
  } catch {
    // Neither base64 nor pieces of it.
  }
  return [text];
}

function decoded(bytes: Uint8Array): ReadBody {
  try {
    return { body: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { body: new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes), flaw: "not-utf-8" };
  }
}

/** Whether an empty text is one that the recorder did not keep, or cannot be told from such. */
function isLeftOut(
  { content: { size, text, comment } = {}, bodySize = -1 }: HarResponse,
  { headers, marks, isConditional }: BodyContext,
): boolean {
  const length = Number(headers["content-length"] || Number.NaN);
  if (length > 0) return true;
  // Some recorders write 200 where a 304 came.
  if (isConditional) return true;
  // Of a service worker's own requests, Playwright has no bodies, and gives them the size 0.
  if (marks.isOfWorker && bodySize > 0) return true;
  if (text === undefined && comment !== undefined) return true;
  return size !== 0 && length !== 0;
}

/** Whether the recorder has cut a body, or kept it as it was compressed: then it is no JSON. */
function isDamaged({ body, flaw }: ReadBody, size = -1, headers: Readonly<Record<string, string>>): boolean {
  if (isJson(body)) return false;
  const isCompressed = !/^(identity)?$/i.test(headers["content-encoding"] ?? "");
  if (isCompressed && (flaw === "not-utf-8" || body.includes("\uFFFD"))) return true;
  return flaw === undefined && size > stringToUint8Array(body).length;
}
