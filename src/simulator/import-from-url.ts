import CRC32 from "crc-32";
import type { ImportRequest } from "../contract/contract.js";
import { type ErrorAnswer, noToken } from "../contract/hubspot-error.js";
import { parseImportRequest, type Violation } from "../contract/validate.js";
import { type Body, MAX_BODY_BYTES } from "../exchange/request.js";
import { effectLabel, showsState } from "../scenario/effect.js";
import type { RecordedAnswer, Scenario } from "../scenario/scenario.js";
import { chooseScenario, importUrlIn } from "../session/choose-scenario.js";
import { type Entry, newEntry } from "../session/entry.js";
import { nthRandom, rememberName } from "../session/session.js";
import { hasEnded } from "../session/steering.js";
import type { World } from "../session/world.js";
import { type RequestedFile, requestedFileFrom } from "../task/requested-file.js";
import { replayAnswer } from "../task/status-body.js";
import { encodeTaskId } from "../task/task-id.js";
import { copyText } from "../text.js";
import { applicableFault, applyFault, withinLimits } from "./apply-fault.js";
import { type Call, type Outcome, seedHeader, statusLink } from "./request-context.js";

/**
 * Starts a task. The scenario comes first: a 503 from the edge never looks at the body.
 *
 * @see spec/openapi.yaml#/paths/~1files~1v3~1files~1import-from-url~1async/post
 */
export function importFromUrl(world: World, call: Call): Outcome {
  const { request, body, now } = call;
  const read = readImport(body);
  const violations = "refusal" in read ? read.refusal.violations : [];
  const choice = chooseScenario(world, request, { importUrl: importUrlIn(body) });
  if ("refusal" in choice) return { response: call.respond.error(choice.refusal), violations };
  const { scenario, noted } = choice;
  const { respond, over } = withinLimits(world, call, scenario, "importFromUrl");
  if (over) return { ...over, violations, scenario: noted };
  const seeding = seedHeader(request);
  if ("refusal" in seeding) return { response: respond.error(seeding.refusal), violations, scenario: noted };
  const effect = applicableFault(world, call, scenario, {
    operation: "importFromUrl",
    count: call.repeated ? 0 : countImport(world, scenario),
  });
  const under = (told: () => Outcome["response"]) =>
    effect ? applyFault(effect, { respond, now, operation: "importFromUrl", told }) : told();
  const isTaken = !effect || effect.accepted || showsState(effect);
  // An answer that is hidden asks for none: what stands for it here is never told.
  const met = effect && { effect: effectLabel(effect) };
  if (!isTaken) return { response: under(() => respond.empty(202)), violations, scenario: noted, ...met };
  if ("refusal" in read) return { response: respond.error(read.refusal.answer), violations, scenario: noted };
  const { entry, told } = startTask(world, { ...call, respond }, scenario, { ...seeding, request: read.request });
  const underWay = underWayBeside(world, entry, now);
  return { response: under(told), scenario: noted, taskId: entry.id, underWay, ...met };
}

function startTask(
  world: World,
  { base, now, respond, repeated, idSuffix }: Call,
  scenario: Scenario,
  { request, seed: given }: { readonly request: Parameters<typeof requestedFileFrom>[0]; readonly seed?: number },
): { readonly entry: Entry; readonly told: () => Outcome["response"] } {
  const serial = world.session.nextTaskSerial();
  // The app's token deletes a file of the session that has shown it: no other session's may have its id.
  const seed = given ?? nthRandom(world.seed, serial ^ CRC32.str(idSuffix));
  const draft = requestedFileFrom(request, now);
  // Base64's padding is cut off it: without a copy, every other id would keep the longer text.
  const id = copyText(encodeTaskId({ requestedAt: now, seed, serial, scenario: scenario.name, draft }) + idSuffix);
  const entry = newEntry(world, { id, requestedAt: now, seed, scenario, draft });
  const { tasks } = world.session;
  tasks.update(id, () => tasks.add(entry));
  const link = statusLink(base, id);
  const recorded = repeated ? undefined : nextRecorded(world, scenario);
  const told = () => {
    if (recorded) return respond.recorded(replayAnswer(recorded, entry.task, link).answer);
    return respond.json(202, JSON.stringify({ id, links: { status: link } }));
  };
  return { entry, told };
}

/** More tasks of one file at once are a test of load: whether a client submits anew shows in the newest. */
const MAX_UNDER_WAY = 10;

/** The ids of tasks of the same file that began earlier and have not ended, as far as the journal looks back. */
function underWayBeside({ session }: World, { task: { id, draft } }: Entry, now: number): readonly string[] {
  const found: string[] = [];
  const kept = session.journal.kept();
  for (let position = kept.length - 1; position >= 0 && found.length < MAX_UNDER_WAY; position -= 1) {
    const { operation, taskId = id } = kept[position]?.exchange ?? {};
    if (operation !== "importFromUrl" || taskId === id) continue;
    const earlier = session.tasks.read(taskId);
    if (earlier && isSameFile(earlier.task.draft, draft) && !hasEnded(earlier, now)) found.push(taskId);
  }
  return found;
}

function isSameFile(a: RequestedFile, b: RequestedFile): boolean {
  return a.fileName === b.fileName && a.folderPath === b.folderPath && a.folderId === b.folderId;
}

/** Which import under its scenario this is, from 1; counted where a fault asks for it. */
function countImport({ session }: World, { name, faults }: Scenario): number {
  if (!faults.some(({ on, imports }) => on.includes("importFromUrl") && imports[1] !== Number.POSITIVE_INFINITY)) {
    return 1;
  }
  const count = (session.imports.get(name) ?? 0) + 1;
  rememberName(session.imports, name, count);
  return count;
}

/** What the import was answered in a recorded scenario: its tries one after the other, then the last of them. */
function nextRecorded({ session }: World, { name, recording }: Scenario): RecordedAnswer | undefined {
  if (!recording) return undefined;
  const count = session.imports.get(name) ?? 0;
  rememberName(session.imports, name, count + 1);
  return recording.imports[count] ?? recording.imports.at(-1);
}

/** A request that breaks the contract: how, and what HubSpot answers. */
export interface Rejection {
  readonly violations: readonly Violation[];
  readonly answer: ErrorAnswer;
}

/**
 * Any bearer token is a good one, unless it begins with the word "invalid": a client's way with a wrong token should be
 * tried, too. Whether a token has expired or lacks scopes is a scenario's business.
 */
export function checkCredentials(authorization: string | null): Rejection | undefined {
  const isWrong = /^Bearer\s+invalid\b/i.test(authorization ?? "");
  if (!isWrong && /^Bearer\s+\S/i.test(authorization ?? "")) return undefined;
  // A wrong token has the right form: the request keeps the contract.
  if (isWrong) return { violations: [], answer: noToken };
  const message = "needs the header Authorization: Bearer <token>";
  const sent = authorization === null ? "none" : "one without a bearer token";
  return { violations: [{ pointer: "header/authorization", keyword: "security", message, sent }], answer: noToken };
}

/**
 * The import that a body asks for, or how HubSpot refuses it.
 *
 * @see spec/openapi.yaml#/paths/~1files~1v3~1files~1import-from-url~1async/post
 */
function readImport(body: Body): { readonly request: ImportRequest } | { readonly refusal: Rejection } {
  switch (body.kind) {
    case "too-large":
      return rejectBody(413, "size", `The request body is larger than ${MAX_BODY_BYTES} bytes.`);
    case "wrong-type":
      return rejectBody(
        415,
        "content-type",
        `The Content-Type ${body.contentType.slice(0, 100)} is not supported. Send application/json.`,
      );
    case "empty":
      return rejectBody(400, "required", "Invalid input JSON on line 1, column 1: Unexpected end-of-input");
    case "not-json":
      return rejectBody(400, "json", `Invalid input JSON on line ${body.line}, column ${body.column}: ${body.problem}`);
    case "json": {
      const parsed = parseImportRequest(body.value);
      if ("request" in parsed) return parsed;
      return { refusal: { violations: parsed.violations, answer: invalidImport(parsed.violations, body.value) } };
    }
  }
}

function rejectBody(status: number, keyword: string, message: string): { readonly refusal: Rejection } {
  return { refusal: { violations: [{ pointer: "body", keyword, message }], answer: { status, body: { message } } } };
}

/** HubSpot's deserialiser stops at missing fields; only a complete body is looked at field by field. */
function invalidImport(violations: readonly Violation[], body: unknown): ErrorAnswer {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    const message = `Invalid input JSON on line 1, column 1: expected an object, not ${shown(body)}`;
    return { status: 400, body: { message } };
  }
  const missing = violations.flatMap((violation) => violation.missing ?? []).sort();
  if (missing.length > 0) {
    const message = `Invalid input JSON on line 1, column 2. Some required fields were not set: [${missing.join(", ")}]`;
    return { status: 400, body: { message } };
  }
  const errors = violations.map((violation) => fieldError(violation, body as Record<string, unknown>));
  return {
    status: 400,
    body: {
      message: `Invalid input: ${errors.map(({ message }) => message).join("; ")}`,
      errors,
      category: "VALIDATION_ERROR",
    },
  };
}

function fieldError({ pointer, message }: Violation, body: Record<string, unknown>) {
  const field = pointer.split("/")[1];
  if (field === undefined) return { message, code: "INVALID_FOLDER", in: "folderPath" };
  return {
    message: `${field} ${message}`,
    code: "INVALID_VALUE",
    in: field,
    context: { [field]: [shown(body[field])] },
  };
}

/** A value in a few characters; what is nested is named only, for its text can be endless. */
function shown(value: unknown): string {
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "an array" : "an object";
  return String(value).slice(0, 100);
}
