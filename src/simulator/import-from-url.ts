import CRC32 from "crc-32";
import type { ImportRequest } from "../contract/contract.js";
import { type ErrorAnswer, noToken } from "../contract/hubspot-error.js";
import { VERSIONS, versionOf } from "../contract/operations.js";
import { PROSE, parseImportRequest, type Violation } from "../contract/validate.js";
import { type Body, MAX_BODY_BYTES } from "../exchange/request.js";
import { isObject } from "../json.js";
import { effectLabel, showsState } from "../scenario/effect.js";
import type { RecordedAnswer, Scenario } from "../scenario/scenario.js";
import { chooseScenario, importUrlIn } from "../session/choose-scenario.js";
import { type Entry, newEntry } from "../session/entry.js";
import { nthRandom, rememberName, type World } from "../session/session.js";
import { hasEnded } from "../session/steering.js";
import { type RequestedFile, requestedFileFrom } from "../task/requested-file.js";
import { replayAnswer } from "../task/status-body.js";
import { encodeTaskId } from "../task/task-id.js";
import { copyText } from "../text.js";
import { applicableFault, applyFault, withinLimits } from "./apply-fault.js";
import { linkTarget, type Outcome, type RequestContext, seedHeader, statusLinkOf } from "./request-context.js";

/**
 * Starts a task. The scenario is applied first: a 503 from the edge does not depend on the body.
 *
 * @see spec/openapi.yaml#/paths/~1files~1v3~1files~1import-from-url~1async/post
 */
export function importFromUrl(world: World, context: RequestContext): Outcome {
  const { request, body, now } = context;
  const read = readImport(body, requiredOfDated(world, context));
  const violations = "rejection" in read ? read.rejection.violations : [];
  const choice = chooseScenario(world, request, { importUrl: importUrlIn(body) });
  if ("rejection" in choice) return { response: context.respond.error(choice.rejection), violations };
  const { scenario, noted } = choice;
  const { respond, over } = withinLimits(world, context, scenario, "importFromUrl");
  if (over) return { ...over, violations, scenario: noted };
  const seeding = seedHeader(request);
  if ("rejection" in seeding) return { response: respond.error(seeding.rejection), violations, scenario: noted };
  const effect = applicableFault(world, context, scenario, {
    operation: "importFromUrl",
    count: context.repeated ? 0 : countImport(world, scenario),
  });
  const under = (plain: () => Outcome["response"]) =>
    effect ? applyFault(effect, { respond, now, operation: "importFromUrl", plain }) : plain();
  const isTaken = !effect || effect.accepted || showsState(effect);
  // The effect hides the plain response, so that an empty one stands for it.
  const label = effect && { effect: effectLabel(effect) };
  if (!isTaken) return { response: under(() => respond.empty(202)), violations, scenario: noted, ...label };
  if ("rejection" in read) return { response: respond.error(read.rejection.answer), violations, scenario: noted };
  const { entry, plain } = startTask(world, { ...context, respond }, scenario, { ...seeding, request: read.request });
  const underWay = underWayBeside(world, entry, now);
  return { response: under(plain), scenario: noted, taskId: entry.id, underWay, ...label };
}

function startTask(
  world: World,
  context: RequestContext,
  scenario: Scenario,
  { request, seed: given }: { readonly request: Parameters<typeof requestedFileFrom>[0]; readonly seed?: number },
): { readonly entry: Entry; readonly plain: () => Outcome["response"] } {
  const { now, respond, repeated, idSuffix } = context;
  const serial = world.session.nextTaskSerial();
  // A file is deleted in the session that has shown it. The app's token does not name that session: the file's id has to.
  const seed = given ?? nthRandom(world.seed, serial ^ CRC32.str(idSuffix));
  const draft = requestedFileFrom(request, now);
  // The id is base64 whose padding was cut off: without a copy, every other id would keep the longer text in memory.
  const id = copyText(encodeTaskId({ requestedAt: now, seed, serial, scenario: scenario.name, draft }) + idSuffix);
  const entry = newEntry(world, { id, requestedAt: now, seed, scenario, draft });
  const { tasks } = world.session;
  tasks.update(id, () => tasks.add(entry));
  const link = statusLinkOf(linkTarget(world.unknowns, context), id);
  const recorded = repeated ? undefined : nextRecorded(world, scenario);
  const plain = () => {
    if (recorded) return respond.recorded(replayAnswer(recorded, entry.task, link).answer);
    return respond.json(202, JSON.stringify({ id, links: { status: link } }));
  };
  return { entry, plain };
}

/** More tasks of one file at once are a load test: the newest are enough to show whether a client submits again. */
const MAX_UNDER_WAY = 10;

/** Returns the ids of tasks of the same file that began earlier and have not ended, as far as the journal reaches back. */
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

/** Returns the number of an import under its scenario, from 1. Counts only if a fault depends on it. */
function countImport({ session }: World, { name, faults }: Scenario): number {
  if (!faults.some(({ on, imports }) => on.includes("importFromUrl") && imports[1] !== Number.POSITIVE_INFINITY)) {
    return 1;
  }
  const count = (session.imports.get(name) ?? 0) + 1;
  rememberName(session.imports, name, count);
  return count;
}

/** Returns the next recorded response to an import: one after the other, then the last one again. */
function nextRecorded({ session }: World, { name, recording }: Scenario): RecordedAnswer | undefined {
  if (!recording) return undefined;
  const count = session.imports.get(name) ?? 0;
  rememberName(session.imports, name, count + 1);
  return recording.imports[count] ?? recording.imports.at(-1);
}

/** How a request breaks the contract, and HubSpot's response to it. */
export interface Rejection {
  readonly violations: readonly Violation[];
  readonly answer: ErrorAnswer;
}

/**
 * Rejects a request without a bearer token. Every token is valid except those that begin with the word "invalid": with these, a
 * client's reaction to a wrong token can be tested. Expired tokens and missing scopes are scenarios.
 */
export function checkCredentials(authorization: string | null): Rejection | undefined {
  const isWrong = /^Bearer\s+invalid\b/i.test(authorization ?? "");
  if (!isWrong && /^Bearer\s+\S/i.test(authorization ?? "")) return undefined;
  // A wrong token has the right form: the request does not break the contract.
  if (isWrong) return { violations: [], answer: noToken };
  const message = "needs the header Authorization: Bearer <token>";
  const sent = authorization === null ? "none" : "one without a bearer token";
  return { violations: [{ pointer: "header/authorization", keyword: "security", message, sent }], answer: noToken };
}

/**
 * Returns the import that a body asks for, or how HubSpot rejects it.
 *
 * @see spec/openapi.yaml#/paths/~1files~1v3~1files~1import-from-url~1async/post
 */
function readImport(
  body: Body,
  required: readonly string[],
): { readonly request: ImportRequest } | { readonly rejection: Rejection } {
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
      const violations = [...parsed.violations, ...missingIn(body.value, required)];
      if ("request" in parsed && violations.length === 0) return parsed;
      return { rejection: { violations, answer: invalidImport(violations, body.value) } };
    }
  }
}

/** The fields that only the published documents of dated versions require. */
const REQUIRED_OF_DATED = ["duplicateValidationScope", "duplicateValidationStrategy", "overwrite"];

function requiredOfDated({ unknowns }: World, { path }: RequestContext): readonly string[] {
  return unknowns.datedRequired === "enforce" && versionOf(path) !== VERSIONS[0] ? REQUIRED_OF_DATED : [];
}

function missingIn(body: unknown, required: readonly string[]): readonly Violation[] {
  return required
    .filter((name) => isObject(body) && !Object.hasOwn(body, name))
    .map((missing) => {
      const message = `must have required property '${missing}' in a dated version (datedRequired: enforce)`;
      return { pointer: "body", keyword: PROSE, message, missing };
    });
}

function rejectBody(status: number, keyword: string, message: string): { readonly rejection: Rejection } {
  return { rejection: { violations: [{ pointer: "body", keyword, message }], answer: { status, body: { message } } } };
}

/** Returns HubSpot's error for an invalid body. Its deserialiser stops at missing fields; only a complete body is checked field by field. */
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

/** Returns a value in a few characters. Arrays and objects are only named, because their text can be very long. */
function shown(value: unknown): string {
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "an array" : "an object";
  return String(value).slice(0, 100);
}
