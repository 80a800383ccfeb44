import { html, raw } from "hono/html";
import type { Report, TaskSummary } from "../judge/report.js";
import { printable, shortened } from "../text.js";
import { paint } from "./page.js";
import { type Band, DOT, type Layout, layOut, type Mark, PICTURE_WIDTH } from "./timeline-layout.js";
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
  const { status = "no response", state, exchange } = poll;
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
  if (polls.length === 0) return "The task was never polled.";
  const zero = importedAtMs ?? polls[0]?.atMs ?? 0;
  const told = polls.filter(({ state }) => state !== undefined);
  const changes = told.filter(({ state }, index) => state !== told[index - 1]?.state);
  const states = changes.map(({ state, atMs }) => `${state} at ${tenths((atMs - zero) / 1000)} s`);
  const statuses = new Map<string | number, number>();
  for (const { status = "no response" } of polls) statuses.set(status, (statuses.get(status) ?? 0) + 1);
  const answers = [...statuses].map(([status, times]) => `${status} ×${times}`).join(", ");
  const seen = states.length === 0 ? "no state seen" : `first seen ${states.join(", ")}`;
  const origin = importedAtMs === undefined ? "first poll" : "import";
  return `Seconds since the ${origin}: ${seen}. ${count(polls.length, "poll")}: ${answers}.`;
}

function tenths(number: number): number {
  return Math.round(number * 10) / 10;
}
