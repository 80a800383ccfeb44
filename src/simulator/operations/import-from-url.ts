import CRC32 from "crc-32";
import { copyText } from "../../copy-text.js";
import { type Draft, draftFrom } from "../../task/draft.js";
import { tellsState } from "../../task/fault/effect.js";
import { effectName } from "../../task/fault/effect-name.js";
import { replayAnswer } from "../../task/replay.js";
import type { RecordedAnswer, Scenario } from "../../task/scenario.js";
import { encodeTaskId } from "../../task/task-id.js";
import { type Call, type Outcome, seedHeader, statusLink } from "../call.js";
import { chooseScenario } from "../choose-scenario.js";
import { type Entry, newEntry } from "../entry.js";
import { importUrlIn } from "../import-url.js";
import { nthRandom, rememberName } from "../session.js";
import { hasEnded } from "../steering.js";
import { keepEntry } from "../storage.js";
import { rememberTask } from "../task-table.js";
import type { World } from "../world.js";
import { answerUnder, meetFault } from "./meet-fault.js";
import { readImport } from "./refusal.js";
import { withinLimits } from "./within-limits.js";

/**
 * Starts a task. What the mock was told to do comes first: a 503 from the edge never looks at the body.
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
  const effect = meetFault(world, call, scenario, {
    operation: "importFromUrl",
    count: call.repeated ? 0 : countImport(world, scenario),
  });
  const under = (told: () => Outcome["response"]) =>
    effect ? answerUnder(effect, { respond, now, operation: "importFromUrl", told }) : told();
  const isTaken = !effect || effect.accepted || tellsState(effect);
  // An answer that is hidden asks for none: what stands for it here is never told.
  const met = effect && { effect: effectName(effect) };
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
  { request, seed: given }: { readonly request: Parameters<typeof draftFrom>[0]; readonly seed?: number },
): { readonly entry: Entry; readonly told: () => Outcome["response"] } {
  const serial = world.session.nextTaskSerial();
  // The app's token deletes a file of the session that has shown it: no other session's may have its id.
  const seed = given ?? nthRandom(world.seed, serial ^ CRC32.str(idSuffix));
  const draft = draftFrom(request, now);
  // Base64's padding is cut off it: without a copy, every other id would keep the longer text.
  const id = copyText(encodeTaskId({ requestedAt: now, seed, serial, scenario: scenario.name, draft }) + idSuffix);
  const entry = newEntry(world, { id, requestedAt: now, seed, scenario, draft });
  rememberTask(world.session, entry);
  keepEntry(world.storage, entry);
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
    const earlier = session.tasks.get(taskId);
    if (earlier && isSameFile(earlier.task.draft, draft) && !hasEnded(earlier, now)) found.push(taskId);
  }
  return found;
}

function isSameFile(a: Draft, b: Draft): boolean {
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
