import { html, raw } from "hono/html";
import type { PollSummary, Report, TaskSummary } from "../judge/report.js";
import { printable, shortened } from "../text.js";
import { paint } from "./page.js";
import { count } from "./words.js";

/**
 * The picture of a task: its polls with what each was answered, above bands of the states that they saw, above seconds
 * since the import. The caption says the same in words.
 */
export function timeline(task: TaskSummary, { waits }: Pick<Report, "waits">) {
  const id = printable(task.id);
  const caption = inWords(task);
  const layout = layOut(task, (status) => String(status) in waits);
  return html`<figure class="timeline">
<h3>${task.journey && `The import that should ${task.journey} `}
<code title="${shortened(id, 500)}">${shortened(id, 44)}</code></h3>
${task.polls.length > 0 && html`<div class="scroll" tabindex="0">${picture(layout, `Timeline. ${caption}`)}</div>`}
<figcaption>${caption}</figcaption>
</figure>`;
}

const BAND = 26;
const MARK = 17;

/** Drawn by attributes, so that it is readable where a CI forbids styles; the page's style gives dark paper its paints. */
function picture(layout: Layout, label: string) {
  const { marks, bands, ticks, levels, importX } = layout;
  const markHeight = layout.isDense ? DOT : MARK;
  const bandTop = levels * (markHeight + 4) + 12;
  const axis = bandTop + BAND + (bands.some((band) => band.label?.isInside === false) ? 20 : 6);
  const topOf = ({ level }: Mark) => bandTop - 8 - (level + 1) * (markHeight + 4);
  return html`<svg viewBox="0 0 ${PICTURE_WIDTH} ${axis + 24}" role="img" aria-label="${label}" fill="${paint("ink")}" font-family="sans-serif" font-size="11" text-anchor="middle">
<g class="axis" fill="${paint("soft")}" stroke-width="1.5"><path stroke="${paint("line")}" d="M0 ${axis}H${PICTURE_WIDTH}"/>
${ticks.map(({ x }) => html`<path stroke="${paint("line")}" d="M${tenths(x)} ${axis}v5"/>`)}
${ticks.map(({ x, label: text }) => html`<text x="${tenths(x)}" y="${axis + 18}">${text}</text>`)}</g>
${bands.map((band) => drawBand(band, bandTop))}
${importX !== undefined && drawImport(tenths(importX), bandTop)}
${layout.isDense || marks.map((mark) => html`<path class="stem" stroke="${paint("soft")}" opacity=".55" d="M${tenths(mark.x)} ${bandTop}V${topOf(mark)}"/>`)}
${marks.map((mark) => drawMark(mark, topOf(mark), markHeight))}
</svg>`;
}

function drawImport(x: number, bandTop: number) {
  return html`<g class="import"><title>The import was sent</title>
<path stroke="${paint("ink")}" stroke-width="2" d="M${x} ${bandTop - 9}v${BAND + 11}"/>
<text x="${x}" y="${bandTop - 14}" font-size="12" font-weight="600">import</text></g>`;
}

function drawBand({ state, x, width, label }: Band, top: number) {
  const name = state ?? "not known";
  const y = top + (label?.isInside ? 17 : BAND + 14);
  const look = isState(state)
    ? html`fill="${paint(STATES[state])}"`
    : html`fill="none" stroke="${paint("line")}" stroke-dasharray="4 3"`;
  return html`<g class="band ${state?.toLowerCase() ?? "unknown"}" font-weight="600"><title>${name}</title>
<rect ${look} x="${tenths(x)}" y="${top}" width="${tenths(Math.max(1, width - 1))}" height="${BAND}" rx="3"/>
${label && html`<text class="${label.isInside ? "inside" : "below"}" x="${tenths(label.x)}" y="${y}" font-size="${label.isInside ? 11.5 : 10.5}">${name}</text>`}</g>`;
}

const STATES = { PENDING: "pending", PROCESSING: "processing", COMPLETE: "complete", CANCELED: "canceled" } as const;

function isState(state: string | undefined): state is keyof typeof STATES {
  return state !== undefined && Object.hasOwn(STATES, state);
}

/** Told apart by sign, shape and width before colour. */
function drawMark({ poll, atMs, kind, left, width }: Mark, top: number, height: number) {
  const { status = "no answer", state, exchange } = poll;
  const round = kind === "answer" ? height / 2 : 1;
  return html`<g class="mark ${kind}"><title>${atMs / 1000} s: ${status}${state && `, ${state}`} (request ${exchange + 1})</title>
<rect ${raw(LOOKS[kind])} x="${tenths(left)}" y="${top}" width="${width}" height="${height}" rx="${round}"/>
${height === MARK && html`<text x="${tenths(left + width / 2)}" y="${top + 12.5}">${SIGNS[kind]}${status}</text>`}</g>`;
}

const TROUBLE = `fill="${paint("rejected")}" stroke="${paint("bad")}" stroke-width="2"`;
const LOOKS = {
  answer: `fill="${paint("card")}" stroke="${paint("soft")}"`,
  wait: `fill="${paint("wait")}" stroke="${paint("odd")}" stroke-width="1.5"`,
  rejected: TROUBLE,
  silent: `${TROUBLE} stroke-dasharray="3 2"`,
} as const;
const SIGNS = { answer: "", wait: "↻ ", rejected: "✕ ", silent: "✕ " } as const;

function inWords({ polls, importedAtMs }: TaskSummary): string {
  if (polls.length === 0) return "It was never polled.";
  const zero = importedAtMs ?? polls[0]?.atMs ?? 0;
  const told = polls.filter(({ state }) => state !== undefined);
  const changes = told.filter(({ state }, index) => state !== told[index - 1]?.state);
  const states = changes.map(({ state, atMs }) => `${state} at ${tenths((atMs - zero) / 1000)} s`);
  const statuses = new Map<string | number, number>();
  for (const { status = "no answer" } of polls) statuses.set(status, (statuses.get(status) ?? 0) + 1);
  const answers = [...statuses].map(([status, times]) => `${status} ×${times}`).join(", ");
  const seen = states.length === 0 ? "no state seen" : `first seen ${states.join(", ")}`;
  const origin = importedAtMs === undefined ? "first poll" : "import";
  return `Seconds since the ${origin}: ${seen}. ${count(polls.length, "poll")}: ${answers}.`;
}

function tenths(number: number): number {
  return Math.round(number * 10) / 10;
}

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
}

interface Mark {
  readonly poll: PollSummary;
  /** After the picture's zero. */
  readonly atMs: number;
  readonly kind: PollKind;
  /** The instant; the mark itself may stand beside it. */
  readonly x: number;
  readonly left: number;
  readonly width: number;
  readonly level: number;
}

/** `wait`: asked for patience. `rejected`: any other status that is no success. `silent`: no answer. */
type PollKind = "answer" | "wait" | "rejected" | "silent";

interface Band {
  /** Absent where the polls do not tell. */
  readonly state?: string;
  readonly x: number;
  readonly width: number;
  /** Where the name stands: in the band, below it where the band is too narrow, or nowhere where there is no room. */
  readonly label?: { readonly x: number; readonly isInside: boolean };
}

const PICTURE_WIDTH = 960;

/** So many polls have room for their status; more become plain marks. */
const MAX_LABELED = 120;
const MAX_LEVELS = 12;
/** The size of a mark without its status. */
const DOT = 7;
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
function layOut({ importedAtMs, polls }: TaskSummary, isWait: (status: number) => boolean): Layout {
  const times = polls.map(({ atMs }) => atMs);
  const zero = importedAtMs ?? times[0] ?? 0;
  // One poll at the import's own instant has no duration to show.
  const spanMs = Math.max(...times.map((at) => at - zero), 0) || 1000;
  const isDense = polls.length > MAX_LABELED;
  const xOf = (atMs: number) => LEFT + ((atMs - zero) / spanMs) * (PICTURE_WIDTH - LEFT - RIGHT);
  const marks = stack(
    polls.map((poll) => {
      const kind = kindOf(poll, isWait);
      const width = isDense ? DOT : MARK_WIDTHS[kind];
      return { poll, atMs: poll.atMs - zero, kind, x: xOf(poll.atMs), width };
    }),
    importedAtMs === undefined ? [] : isDense ? [IMPORT_END, IMPORT_END] : [IMPORT_END],
  );
  return {
    marks,
    bands: labeled(bandsOf(polls, importedAtMs, xOf)),
    ticks: ticksOf(spanMs).map((ms) => ({ x: xOf(zero + ms), label: `${ms / 1000} s` })),
    isDense,
    levels: Math.max(0, ...marks.map(({ level }) => level + 1)),
    ...(importedAtMs !== undefined && { importX: xOf(importedAtMs) }),
  };
}

const MARK_WIDTHS: Readonly<Record<PollKind, number>> = { answer: 32, wait: 48, rejected: 48, silent: 74 };

function kindOf({ status }: PollSummary, isWait: (status: number) => boolean): PollKind {
  if (status === undefined) return "silent";
  if (isWait(status)) return "wait";
  return status < 300 ? "answer" : "rejected";
}

/** Each mark on the lowest level where it does not touch the one before it, nor what stands at its beginning. */
function stack(marks: readonly Omit<Mark, "left" | "level">[], taken: readonly number[]): readonly Mark[] {
  const ends = [...taken];
  return marks.map((mark) => {
    const left = Math.min(Math.max(0, mark.x - mark.width / 2), PICTURE_WIDTH - mark.width);
    const free = ends.findIndex((end) => end + 3 <= left);
    const level = free === -1 ? Math.min(ends.length, MAX_LEVELS - 1) : free;
    ends[level] = left + mark.width;
    return { ...mark, left, level };
  });
}

/** From poll to poll: what a poll saw holds until the next. After one that saw no state, nobody knows. */
function bandsOf(
  polls: readonly PollSummary[],
  importedAtMs: number | undefined,
  xOf: (atMs: number) => number,
): readonly Band[] {
  const first = importedAtMs === undefined ? [] : [{ atMs: importedAtMs }];
  const sights: readonly Pick<PollSummary, "atMs" | "state">[] = [...first, ...polls];
  const changes = sights.filter(({ state }, index) => index === 0 || state !== sights[index - 1]?.state);
  return changes.map(({ atMs, state }, index) => {
    const next = changes[index + 1];
    const x = xOf(atMs);
    const end = next ? xOf(next.atMs) : PICTURE_WIDTH - 2;
    return { ...(state !== undefined && { state }), x, width: end - x };
  });
}

function labeled(bands: readonly Band[]): readonly Band[] {
  let end = 0;
  return bands.map((band) => {
    const width = (band.state ?? "").length * CHARACTER;
    const middle = band.x + band.width / 2;
    if (band.state === undefined) return band;
    if (width + 8 <= band.width) return { ...band, label: { x: middle, isInside: true } };
    const x = Math.min(Math.max(middle, width / 2), PICTURE_WIDTH - 8 - width / 2);
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
