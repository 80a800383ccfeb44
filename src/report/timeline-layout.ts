import type { PollSummary, TaskSummary } from "../judge/report.js";

/** Where everything of a task's picture stands, in the picture's own units. */
export interface Layout {
  /** Level 0 is nearest to the bands. */
  readonly marks: readonly Mark[];
  readonly bands: readonly Band[];
  readonly ticks: readonly { readonly x: number; readonly label: string }[];
  readonly levels: number;
  /** Marks without their status, since there are too many. */
  readonly isDense: boolean;
  /** Absent for a task whose import is not in the recording. */
  readonly importX?: number;
  /** Where an instant stands, in epoch milliseconds. */
  readonly xOf: (atMs: number) => number;
  /** The instant that stands at a place. */
  readonly msAt: (x: number) => number;
}

/** What is known of a task beside its polls: the picture then shows its future, too. */
interface Foresight {
  /** When its states began or will begin. */
  readonly sights: readonly Sight[];
  /** The last instant of the picture, in epoch milliseconds. */
  readonly untilMs: number;
}

interface LayoutOptions {
  readonly foresight?: Foresight;
  /** Default: no poll is guilty. */
  readonly isGuilty?: (poll: PollSummary) => boolean;
  /** How wide the picture is, in pixels of its text. Default PICTURE_WIDTH. */
  readonly width?: number;
}

type Sight = Pick<PollSummary, "atMs" | "state">;

export interface Mark {
  /** The first of its polls. */
  readonly poll: PollSummary;
  /** Polls in a row that got the same at the same instant, as under a frozen clock: a hundred of them are one mark. */
  readonly polls: readonly PollSummary[];
  /** After the picture's zero. */
  readonly atMs: number;
  readonly kind: PollKind;
  /** Whether a client broke a rule by this poll. */
  readonly isGuilty: boolean;
  /** The instant; the mark itself may stand beside it. */
  readonly x: number;
  readonly left: number;
  readonly width: number;
  readonly level: number;
}

/** `wait`: asked for patience. `rejected`: any other status that is no success. `silent`: no response. */
type PollKind = "answer" | "wait" | "rejected" | "silent";

export interface Band {
  /** Absent where the polls do not tell. */
  readonly state?: string;
  readonly x: number;
  readonly width: number;
  /** Where the name stands: in the band, below it where the band is too narrow, or nowhere where there is no room. */
  readonly label?: { readonly x: number; readonly isInside: boolean };
}

export const PICTURE_WIDTH = 960;

/** So many polls have room for their status; more become plain marks. */
const MAX_LABELED = 120;
const MAX_LEVELS = 12;
/** The size of a mark without its status. */
export const DOT = 7;
/** A guilty mark has a sign before its status. */
const SIGN = 16;
const LEFT = 34;
const RIGHT = 92;
const CHARACTER = 7.4;
/** Where the word "import" ends, which stands among the marks; it is as high as two rows of dots. */
const IMPORT_END = LEFT + 24;

/**
 * Lays out a task's picture. Its zero is the import, or the first poll of a task whose import is not in the recording.
 *
 * @param isWait whether a status asks for patience
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

/** A guilty poll stays alone, because a rule is broken by it and not by those beside it. */
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

/** The room for how many polls a mark stands for, such as ×12. */
function countWidth(polls: number): number {
  return polls === 1 ? 0 : 10 + CHARACTER * String(polls).length;
}

const MARK_WIDTHS: Readonly<Record<PollKind, number>> = { answer: 32, wait: 48, rejected: 48, silent: 86 };

function kindOf({ status }: PollSummary, isWait: (status: number) => boolean): PollKind {
  if (status === undefined) return "silent";
  if (isWait(status)) return "wait";
  return status < 300 ? "answer" : "rejected";
}

/** Each mark on the lowest level where it does not touch the one before it, nor what stands at its beginning. */
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

/** From poll to poll: what a poll saw holds until the next. After one that saw no state, nobody knows. */
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
