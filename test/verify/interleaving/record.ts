import type { RecordedExchange } from "../../../src/exchange/exchange.js";
import { START } from "../../clock.js";
import { createRandom } from "../../random.js";
import { type Answer, answer, canceled, complete, failed, pending, processing, type Shown } from "./bodies.js";

/** Draws at random, the same for the same seed. */
export interface Chance {
  /** Both ends are possible. */
  readonly integer: (from: number, to: number) => number;
  readonly isLikely: (probability: number) => boolean;
  /** @param values at least one */
  readonly pick: <Value>(values: readonly Value[]) => Value;
}

/** @param seed any integer */
export function createChance(seed: number): Chance {
  const next = createRandom(seed);
  const integer = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    integer,
    isLikely: (probability) => next() < probability,
    pick: <Value>(values: readonly Value[]) => values[integer(0, values.length - 1)] as Value,
  };
}

const API = "https://api.hubapi.com/files/v3/files";
/** A request on its way: when it is sent, takes effect, and is answered; in milliseconds. */
interface Flight {
  readonly sentAt: number;
  /** Infinite where the request never reaches the server. */
  readonly actsAt: number;
  readonly endsAt: number;
  /** Whether the response gets lost on its way, or the client waits no longer. */
  readonly isLost: boolean;
  readonly request: RecordedExchange["request"];
  /** What the server does at that instant. */
  readonly act: (at: number) => Answer;
}

interface Conforming {
  readonly tasks: number;
  /** The part of the requests of which nobody noted how long they took. */
  readonly timeless?: number;
}

/**
 * What clients recorded of a server that keeps the contract: imports, each polled by several clients at once, and their
 * files' deletions. The server acts on a request at a random instant between its sending and its response; of what was
 * lost it may have acted on it, before or after the client gave up, or never.
 */
export function recordConforming(chance: Chance, { tasks, timeless = 0 }: Conforming): readonly RecordedExchange[] {
  const flights = Array.from({ length: tasks }, (_, serial) => flightsOfTask(chance, serial)).flat();
  const sent = flights.toSorted((a, b) => a.sentAt - b.sentAt);
  const answers = new Map<Flight, Answer>();
  const inOrderOfEffect = sent.toSorted((a, b) => a.actsAt - b.actsAt || a.sentAt - b.sentAt);
  for (const flight of inOrderOfEffect) {
    if (Number.isFinite(flight.actsAt)) answers.set(flight, flight.act(flight.actsAt));
  }
  return sent.map((flight) => {
    const answer = answers.get(flight);
    const outcome = !flight.isLost && answer ? { response: answer } : { failure: chance.pick(FAILURES) };
    const { sentAt, endsAt, request } = flight;
    const durationMs = chance.isLikely(timeless) ? -1 : endsAt - sentAt;
    return { startedAt: START + sentAt, durationMs, request, ...outcome };
  });
}

const FAILURES = [
  { kind: "timeout", message: "no answer" },
  { kind: "dropped", message: "reset" },
  { kind: "unreachable", message: "no answer was recorded" },
] as const;

function flightsOfTask(chance: Chance, serial: number): readonly Flight[] {
  const id = `task${String(serial).padStart(7, "0")}`;
  const task = createTask(chance, id);
  const importedAt = chance.integer(0, 300);
  const locator = {
    id,
    links: { status: `https://api-na1.hubspot.com/files/v3/files/import-from-url/async/tasks/${id}/status` },
  };
  const body = JSON.stringify({ url: `https://example.com/${serial}.png`, access: "PRIVATE", folderPath: "/library" });
  const submit = fly(chance, importedAt, {
    request: { method: "POST", url: `${API}/import-from-url/async`, headers: {}, body },
    act(at) {
      task.request(at);
      return answer(202, locator);
    },
  });
  const status = `${API}/import-from-url/async/tasks/${id}/status`;
  const poll = { request: { method: "GET", url: status, headers: {} }, act: task.poll };
  // Some clients know an id before its import was answered: another client's, or one that is asked for side by side.
  const firstAt = chance.isLikely(0.2) ? submit.sentAt : submit.endsAt;
  const polls = Array.from({ length: chance.integer(1, 6) }, () => {
    const isBusy = chance.isLikely(0.05);
    return fly(
      chance,
      firstAt + chance.integer(0, 900),
      isBusy ? { ...poll, act: () => failed(chance.pick([429, 503]), "not now") } : poll,
    );
  });
  const erase = { request: { method: "DELETE", url: `${API}/${task.fileId}`, headers: {} }, act: task.erase };
  const deletions = Array.from({ length: chance.isLikely(0.2) ? chance.integer(1, 2) : 0 }, () =>
    fly(chance, submit.endsAt + chance.integer(300, 1500), erase),
  );
  return [submit, ...polls, ...deletions];
}

function fly(chance: Chance, sentAt: number, rest: Pick<Flight, "request" | "act">): Flight {
  const durationMs = chance.pick([0, chance.integer(1, 20), chance.integer(1, 500)]);
  const endsAt = sentAt + durationMs;
  const isLost = chance.isLikely(0.12);
  const late = isLost ? chance.pick([0, chance.integer(0, 2000), Number.POSITIVE_INFINITY]) : 0;
  return { sentAt, actsAt: chance.integer(sentAt, endsAt) + late, endsAt, isLost, ...rest };
}

/** A task that moves by time or by polls, as some servers' do. */
function createTask(chance: Chance, id: string) {
  const isFailing = chance.isLikely(0.4);
  const byPolls = chance.isLikely(0.3);
  const [startsAfter, endsAfter] = byPolls
    ? [chance.integer(1, 3), chance.integer(1, 3)]
    : [chance.integer(0, 500), chance.integer(0, 700)];
  const afterDeletion = chance.pick(["same", "archived", "gone"]);
  const skewMs = chance.integer(-60_000, 60_000);
  const fileId = `1${id.slice(4)}`;
  let polls = 0;
  let requestedAt: number | undefined;
  let startedAt: number | undefined;
  let endedAt: number | undefined;
  let deletedAt: number | undefined;

  function move(at: number): void {
    if (requestedAt === undefined) return;
    const passed = (since: number, wait: number) => (byPolls ? polls >= wait : at - since >= wait);
    const when = (since: number, wait: number) => (byPolls ? at : since + wait);
    if (startedAt === undefined && passed(requestedAt, startsAfter)) startedAt = when(requestedAt, startsAfter);
    const wait = byPolls ? startsAfter + endsAfter : endsAfter;
    if (startedAt !== undefined && endedAt === undefined && passed(startedAt, wait)) endedAt = when(startedAt, wait);
  }

  function show(): Answer {
    if (requestedAt === undefined || (deletedAt !== undefined && afterDeletion === "gone"))
      return failed(404, "resource not found");
    const iso = (at: number) => new Date(START + skewMs + at).toISOString();
    const dates: Shown = { taskId: id, requestedAt: iso(requestedAt) };
    if (startedAt === undefined) return answer(200, pending(dates));
    const started = { ...dates, startedAt: iso(startedAt) };
    if (endedAt === undefined) return answer(200, processing(started));
    const ended = { ...started, completedAt: iso(endedAt) };
    if (isFailing) return answer(200, canceled(ended));
    const isArchived = deletedAt !== undefined && afterDeletion === "archived";
    return answer(200, complete(ended, { id: fileId, ...(isArchived && { archived: true }) }));
  }

  return {
    fileId,
    request(at: number) {
      requestedAt ??= at;
    },
    poll(at: number): Answer {
      if (requestedAt !== undefined) polls += 1;
      move(at);
      return show();
    },
    erase(at: number): Answer {
      if (!byPolls) move(at);
      if (endedAt === undefined || isFailing || deletedAt !== undefined) return failed(404, "resource not found");
      deletedAt = at;
      return { status: 204, headers: {}, body: "" };
    },
  };
}
