import { html, raw } from "hono/html";
import { grouped } from "../grouped.js";
import { isTransient } from "../judge/read-exchange.js";
import type { TaskSummary } from "../judge/report.js";
import { printable } from "../text.js";
import { paint } from "./page.js";
import { type Linked, numberLinks } from "./page-lists.js";
import { type Proof, type ShownTask, taskName } from "./shown.js";
import { type Band, DOT, type Layout, layOut, type Mark, PICTURE_WIDTH } from "./timeline-layout.js";
import { count } from "./words.js";

/** The context of a page's tasks. */
export interface TimelineMaterial {
  readonly proofs: ReadonlyMap<number, readonly Proof[]>;
  readonly linked: Linked;
}

/**
 * Renders the picture of a task: its polls with their responses, above bands of the states that they showed, above
 * seconds since the import. Polls by which a client broke a rule are marked, and the rules are listed below. The
 * caption says the same in words.
 */
export function timeline(task: ShownTask, { proofs, linked }: TimelineMaterial) {
  const brokenBy = (number: number) => (proofs.get(number) ?? []).filter(({ isOfServer }) => !isOfServer);
  const rulesOf = (number: number) => brokenBy(number).map(({ check }) => check.id);
  const caption = inWords(task);
  const layout = layOut(task, isTransient, { isGuilty: ({ exchange }) => rulesOf(exchange).length > 0 });
  const isNamed = task.name !== undefined;
  const imported = task.importExchange === undefined ? [] : rulesOf(task.importExchange);
  const picture = { layout, label: `Timeline. ${caption}`, rulesOf, imported };
  return html`<figure class="timeline">
<h3>${task.journey && `The import that should ${task.journey} `}
<code${isNamed || html` title="${printable(task.id).slice(0, 500)}"`}>${taskName(task)}</code></h3>
${task.polls.length > 0 && html`<div class="scroll" tabindex="0">${draw(picture)}</div>`}
<figcaption>${caption}</figcaption>
${ruleList(task, brokenBy, linked)}
</figure>`;
}

/** Renders the rules that were broken for a task, each with the requests that broke it. */
function ruleList(task: ShownTask, brokenBy: (number: number) => readonly Proof[], linked: Linked) {
  const numbers = [
    ...(task.importExchange === undefined ? [] : [task.importExchange]),
    ...task.polls.map(({ exchange }) => exchange),
  ];
  const broken = numbers.flatMap((number) => brokenBy(number).map(({ check }) => ({ number, check })));
  const byRule = grouped(broken, ({ check }) => check.id);
  if (byRule.size === 0) return "";
  return html`<ul class="broken">${[...byRule].map(
    ([id, proofs]) => html`<li><strong>! ${id}</strong> ${proofs[0]?.check.sentence}
<span class="seen">Broken by request ${numberLinks([...new Set(proofs.map(({ number }) => number))], linked)}</span></li>`,
  )}</ul>`;
}

interface Picture {
  readonly layout: Layout;
  readonly label: string;
  /** Returns the rules that a client broke by a request, by its number. */
  readonly rulesOf: (number: number) => readonly string[];
  /** The rules that it broke by the import. */
  readonly imported: readonly string[];
}

const BAND = 26;
const MARK = 17;

/**
 * Drawn by attributes, so that it is readable if a CI forbids styles; the page's style has the colours for dark paper.
 */
function draw({ layout, label, rulesOf, imported }: Picture) {
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
${importX !== undefined && drawImport(tenths(importX), bandTop, imported)}
${layout.isDense || marks.map((mark) => html`<path class="stem" stroke="${paint("soft")}" opacity=".55" d="M${tenths(mark.x)} ${bandTop}V${topOf(mark)}"/>`)}
${marks.map((mark) => drawMark(mark, { top: topOf(mark), height: markHeight, rules: rulesOf(mark.poll.exchange) }))}
</svg>`;
}

function drawImport(x: number, bandTop: number, rules: readonly string[]) {
  const isGuilty = rules.length > 0;
  return html`<g class="import${isGuilty && " guilty"}"><title>The import was sent${brokeText(rules)}</title>
<path stroke="${paint("ink")}" stroke-width="2" d="M${x} ${bandTop - 9}v${BAND + 11}"/>
<text x="${x}" y="${bandTop - 14}" font-size="12" font-weight="600">${isGuilty && "! "}import</text></g>`;
}

/** @example brokeText(["stops-at-end"]); // "; it broke stops-at-end" */
function brokeText(rules: readonly string[]): string {
  return rules.length === 0 ? "" : `; it broke ${rules.join(", ")}`;
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

/**
 * Distinguished by sign, shape and width as well as by colour. A poll that broke a rule has a sign and a point at its
 * instant.
 */
function drawMark({ poll, polls, atMs, kind, isGuilty, left, width }: Mark, { top, height, rules }: MarkPlace) {
  const { status = "no response", state, exchange } = poll;
  const last = polls.at(-1)?.exchange;
  const requests = polls.length === 1 ? `request ${exchange}` : `requests ${exchange} to ${last}`;
  const times = polls.length > 1 && ` ×${polls.length}`;
  const round = kind === "answer" ? height / 2 : 1;
  const middle = tenths(left + width / 2);
  const label = `${atMs / 1000} s: ${status}${state ? `, ${state}` : ""} (${requests})${brokeText(rules)}`;
  return html`<g class="mark ${kind}${isGuilty && " guilty"}"><title>${label}</title>
${isGuilty ? html`<path ${raw(GUILTY)} d="${pin({ left: tenths(left), top, width, height })}"/>` : html`<rect ${raw(LOOKS[kind])} x="${tenths(left)}" y="${top}" width="${width}" height="${height}" rx="${round}"/>`}
${height === MARK && html`<text x="${middle}" y="${top + 12.5}"${isGuilty && raw(GUILTY_TEXT)}>${isGuilty && "! "}${SIGNS[kind]}${status}${times}</text>`}</g>`;
}

interface MarkPlace {
  readonly top: number;
  readonly height: number;
  readonly rules: readonly string[];
}

/** Returns the outline of a box with a point below; for a small mark, a triangle. */
function pin({ left, top, width, height }: { left: number; top: number; width: number; height: number }): string {
  const middle = tenths(left + width / 2);
  if (height === DOT) return `M${tenths(left - 2)} ${top - 3}h${width + 4}L${middle} ${top + height + 2}z`;
  const half = tenths(width / 2 - 4);
  return `M${left} ${top}h${width}v${height}h${-half}L${middle} ${top + height + 4}L${tenths(middle - 4)} ${top + height}H${left}z`;
}

const GUILTY = `fill="${paint("bad")}" stroke="${paint("bad")}"`;
const GUILTY_TEXT = ` fill="${paint("card")}" font-weight="700"`;
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
