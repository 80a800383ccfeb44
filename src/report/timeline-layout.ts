import type { PollSummary, TaskSummary } from "../judge/report.js";

/** The positions of all parts of a task's picture, in its own units. */
export interface Layout {
  /** Level 0 is nearest to the bands. */
  readonly marks: readonly Mark[];
  readonly bands: readonly Band[];
  readonly ticks: readonly { readonly x: number; readonly label: string }[];
  readonly levels: number;
  /** Marks without their status, because there are too many. */
  readonly isDense: boolean;
  /** Absent for a task whose import is not in the recording. */
  readonly importX?: number;
  /** Returns the position of an instant in epoch milliseconds. */
  readonly xOf: (atMs: number) => number;
  /** Returns the instant at a position. */
  readonly msAt: (x: number) => number;
}

/** What is known of a task beside its polls: then the picture shows its future, too. */
interface Foresight {
  /** When its states began or will begin. */
  readonly sights: readonly Sight[];
  /** The last instant of the picture, in epoch milliseconds. */
  readonly untilMs: number;
}

interface LayoutOptions {
  readonly foresight?: Foresight;
  /** Default: no poll broke a rule. */
  readonly isGuilty?: (poll: PollSummary) => boolean;
  /** The width of the picture, in pixels of its text. Default PICTURE_WIDTH. */
  readonly width?: number;
}

type Sight = Pick<PollSummary, "atMs" | "state">;

export interface Mark {
  /** The first of its polls. */
  readonly poll: PollSummary;
  /**
   * Consecutive polls with the same response at the same instant, as under a frozen clock: a hundred of them are one
   * mark.
   */
  readonly polls: readonly PollSummary[];
  /** Milliseconds after the picture's zero. */
  readonly atMs: number;
  readonly kind: PollKind;
  /** Whether the client broke a rule by this poll. */
  readonly isGuilty: boolean;
  /** The instant; the mark itself may stand beside it. */
  readonly x: number;
  readonly left: number;
  readonly width: number;
  readonly level: number;
}

/** `wait`: a request to retry later. `rejected`: any other status that is not a success. `silent`: no response. */
type PollKind = "answer" | "wait" | "rejected" | "silent";

export interface Band {
  /** Absent if the polls do not show it. */
  readonly state?: string;
  readonly x: number;
  readonly width: number;
  /** Where the name is: in the band, below it if the band is too narrow, or absent without room. */
  readonly label?: { readonly x: number; readonly isInside: boolean };
}

export const PICTURE_WIDTH = 960;

/** The number of polls that have room for their status; more become plain marks. */
const MAX_LABELED = 120;
const MAX_LEVELS = 12;
/** The size of a mark without its status. */
export const DOT = 7;
/** A guilty mark has a sign before its status. */
const SIGN = 16;
const LEFT = 34;
const RIGHT = 92;
const CHARACTER = 7.4;
/** Where the word "import" ends, which is among the marks; it is as high as two rows of dots. */
const IMPORT_END = LEFT + 24;

/**
 * Lays out a task's picture. Its zero is the import, or the first poll of a task whose import is not in the recording.
 *
 * @param isWait whether a status asks the client to retry later
 */
export function layOut(
  { importedAtMs, polls }: Pick<TaskSummary, "importedAtMs" | "polls">,
  isWait: (status: number) => boolean,
  { foresight, isGuilty = () => false, width: pictureWidth = PICTURE_WIDTH }: LayoutOptions = {},
): Layout {
  const times = polls.map(({ atMs }) => atMs);
  const zero = importedAtMs ?? times[0] ?? 0;
  // One poll at the import's own instant has no duration to show.
  const spanMs = Math.max(...times.map((at) => at - zero), (foresight?.untilMs ?? zero) - zero, 0) || 1000;
  const groups = alikeAtOnce(polls, isGuilty);
  const isDense = groups.length > MAX_LABELED;
  const xOf = (atMs: number) => LEFT + ((atMs - zero) / spanMs) * (pictureWidth - LEFT - RIGHT);
  const marks = stack(
    groups.map((alike) => {
      const [poll] = alike;
      const kind = kindOf(poll, isWait);
      const guilty = isGuilty(poll);
      const width = isDense ? DOT : MARK_WIDTHS[kind] + (guilty ? SIGN : 0) + countWidth(alike.length);
      return { poll, polls: alike, atMs: poll.atMs - zero, kind, isGuilty: guilty, x: xOf(poll.atMs), width };
    }),
    importedAtMs === undefined ? [] : isDense ? [IMPORT_END, IMPORT_END] : [IMPORT_END],
    pictureWidth,
  );
  return {
    marks,
    bands: labeled(bandsOf(foresight?.sights ?? polls, { importedAtMs, xOf, pictureWidth }), pictureWidth),
    ticks: ticksOf(spanMs).map((ms) => ({ x: xOf(zero + ms), label: `${ms / 1000} s` })),
    isDense,
    levels: Math.max(0, ...marks.map(({ level }) => level + 1)),
    ...(importedAtMs !== undefined && { importX: xOf(importedAtMs) }),
    xOf,
    msAt: (x) => zero + ((x - LEFT) / (pictureWidth - LEFT - RIGHT)) * spanMs,
  };
}

type Group = readonly [PollSummary, ...PollSummary[]];

/** A poll that broke a rule has a separate mark, since its neighbours did not break the rule. */
function alikeAtOnce(polls: readonly PollSummary[], isGuilty: (poll: PollSummary) => boolean): readonly Group[] {
  const groups: [PollSummary, ...PollSummary[]][] = [];
  for (const poll of polls) {
    const group = groups.at(-1);
    const [first] = group ?? [];
    const isAlike = first?.atMs === poll.atMs && first.state === poll.state && first.status === poll.status;
    if (group && first && isAlike && !isGuilty(poll) && !isGuilty(first)) group.push(poll);
    else groups.push([poll]);
  }
  return groups;
}

/** The room for the number of polls of a mark, such as ×12. */
function countWidth(polls: number): number {
  return polls === 1 ? 0 : 10 + CHARACTER * String(polls).length;
}

const MARK_WIDTHS: Readonly<Record<PollKind, number>> = { answer: 32, wait: 48, rejected: 48, silent: 86 };

function kindOf({ status }: PollSummary, isWait: (status: number) => boolean): PollKind {
  if (status === undefined) return "silent";
  if (isWait(status)) return "wait";
  return status < 300 ? "answer" : "rejected";
}

/** Places each mark on the lowest level where it touches neither the one before it nor the word at the beginning. */
function stack(
  marks: readonly Omit<Mark, "left" | "level">[],
  taken: readonly number[],
  pictureWidth: number,
): readonly Mark[] {
  const ends = [...taken];
  return marks.map((mark) => {
    const left = Math.min(Math.max(0, mark.x - mark.width / 2), pictureWidth - mark.width);
    const free = ends.findIndex((end) => end + 3 <= left);
    const level = free === -1 ? Math.min(ends.length, MAX_LEVELS - 1) : free;
    ends[level] = left + mark.width;
    return { ...mark, left, level };
  });
}

/**
 * Returns the states between polls: a state is shown until the next poll. After a poll that shows no state, it is
 * unknown.
 */
function bandsOf(
  polls: readonly Sight[],
  {
    importedAtMs,
    xOf,
    pictureWidth,
  }: { readonly importedAtMs: number | undefined; readonly xOf: Layout["xOf"]; readonly pictureWidth: number },
): readonly Band[] {
  const first = importedAtMs === undefined || polls[0]?.atMs === importedAtMs ? [] : [{ atMs: importedAtMs }];
  const sights: readonly Sight[] = [...first, ...polls];
  const changes = sights.filter(({ state }, index) => index === 0 || state !== sights[index - 1]?.state);
  return changes.map(({ atMs, state }, index) => {
    const next = changes[index + 1];
    const x = xOf(atMs);
    const end = next ? xOf(next.atMs) : pictureWidth - 2;
    return { ...(state !== undefined && { state }), x, width: end - x };
  });
}

function labeled(bands: readonly Band[], pictureWidth: number): readonly Band[] {
  let end = 0;
  return bands.map((band) => {
    const width = (band.state ?? "").length * CHARACTER;
    const middle = band.x + band.width / 2;
    if (band.state === undefined) return band;
    if (width + 8 <= band.width) return { ...band, label: { x: middle, isInside: true } };
    const x = Math.min(Math.max(middle, width / 2), pictureWidth - 8 - width / 2);
    if (x - width / 2 < end + 6) return band;
    end = x + width / 2;
    return { ...band, label: { x, isInside: false } };
  });
}

/** In milliseconds, at most ten, at round seconds. */
function ticksOf(spanMs: number): readonly number[] {
  const step = STEPS.find((one) => spanMs / one <= 10) ?? 10 ** Math.ceil(Math.log10(spanMs / 10));
  return Array.from({ length: Math.floor(spanMs / step) + 1 }, (_, index) => index * step);
}

const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000];
