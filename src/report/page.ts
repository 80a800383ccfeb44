import { html, raw } from "hono/html";
import { stringToUint8Array, uint8ArrayToBase64 } from "uint8array-extras";

/**
 * Renders a self-contained page: no script, no network, so that it can be mailed and opened from a file. Its policy
 * forbids both, in case a text of a server or a client gets past the escaping.
 */
export function pageText({
  title,
  body,
  forms = "'none'",
}: {
  readonly title: string;
  readonly body: unknown;
  /** Allowed targets of its forms. */
  readonly forms?: "'none'" | "'self'";
}): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action ${raw(forms)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${raw(STYLE)}</style>
</head>
<body>
${body}
</body>
</html>
`;
  // The template is a promise only if one of its values is.
  if (page instanceof Promise) throw new Error("The page has a value that is a promise.");
  return page.toString();
}

/** The place of the download in a page. No text of a server or a client can look like it, since those are escaped. */
export const RECORDING = "<!--recording-->";

/** A page with a larger recording would be slow to open. */
const MAX_RECORDING_BYTES = 20_000_000;

/**
 * Puts a recording into a page as a download. It is added to the finished page, because redaction would not find
 * secrets in Base64: the recording has to be redacted before.
 *
 * @param har the text of a HAR file; absent without a recording
 */
export function attachRecording(page: string, har: string | undefined): string {
  if (har === undefined) return page;
  const bytes = stringToUint8Array(har);
  const content =
    bytes.length > MAX_RECORDING_BYTES
      ? html`<p>The recording is too large for this page (${Math.round(bytes.length / 1_000_000)} MB).</p>`
      : html`<p><a download="journal.har" href="data:application/json;base64,${raw(base64Of(har, bytes))}">journal.har</a>
(${Math.ceil(bytes.length / 1000)} kB): all exchanges as HAR, for a browser's developer tools, <code>verify --recording</code> and
<code>mock --replay</code>.</p>`;
  return page.replace(RECORDING, () => `<section><h2>Recording</h2>${content}</section>`);
}

/** Encodes a text. ASCII, as most recordings are, is encoded directly: 3 MB take 0.06 s in place of 0.3. */
function base64Of(text: string, bytes: Uint8Array): string {
  return bytes.length === text.length ? btoa(text) : uint8ArrayToBase64(bytes);
}

/**
 * The colours of pictures, for light paper and for dark. Colour-blind people can distinguish them (Okabe and Ito's).
 */
const PAINTS = {
  ink: ["#1b2130", "#e6e9f0"],
  soft: ["#586074", "#a3acc0"],
  card: ["#fff", "#1b202b"],
  line: ["#d9dde5", "#343c4d"],
  bad: ["#b03a00", "#ff9a66"],
  odd: ["#7a5600", "#f0bf4c"],
  pending: ["#d5dae3", "#4b5468"],
  processing: ["#a6d3f4", "#1d5c8f"],
  complete: ["#8fd8bd", "#0c6a4e"],
  canceled: ["#f6b98f", "#8d410f"],
  wait: ["#ffe3a3", "#5c4300"],
  rejected: ["#fbd5c2", "#6b2a07"],
} as const;

/** Returns a colour as an attribute of a picture: if a CI forbids styles, the page has light paper. */
export function paint(name: keyof typeof PAINTS): string {
  return PAINTS[name][0];
}

const VARIABLES = Object.entries(PAINTS).map(([name, [light, dark]]) => `--${name}: light-dark(${light}, ${dark});`);

/** The page's style. Every colour repeats what a word says. */
const STYLE = `
:root {
  color-scheme: light dark;
  ${VARIABLES.join(" ")}
  --paper: light-dark(#f6f7f9, #12151c); --good: light-dark(#00694b, #3ecf9f); --link: light-dark(#0059a6, #7cc0ff);
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media print { :root { color-scheme: light; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, "DejaVu Sans", sans-serif; }
header, main { max-width: 66rem; margin: 0 auto; padding: 0 1.25rem; }
code, pre { font-family: var(--mono); font-size: .86em; overflow-wrap: anywhere; unicode-bidi: isolate; }
a { color: var(--link); }
main p { overflow-wrap: anywhere; }
h2 { margin: 2.5rem 0 .75rem; font-size: 1.25rem; }
h3 { margin: 0; font-size: 1rem; }
h4 { margin: .75rem 0 .25rem; font-size: .8rem; color: var(--soft); }
.aside { color: var(--soft); font-size: .85rem; }

header { padding-top: 2rem; }
header .target { margin: 0; color: var(--soft); font-family: var(--mono); font-size: .9rem; overflow-wrap: anywhere; }
header h1 { margin: .1rem 0 .3rem; font-size: clamp(1.6rem, 5vw, 2.4rem); line-height: 1.15; }
header p { margin: .3rem 0; }
header.conforms h1 { color: var(--good); } header.violates h1 { color: var(--bad); } header.unjudged h1 { color: var(--odd); }
.facts { display: flex; flex-wrap: wrap; gap: .6rem; margin: 1.2rem 0 .6rem; }
.facts div { display: flex; flex-direction: column-reverse; padding: .5rem .9rem; border: 1px solid var(--line);
  border-radius: .5rem; background: var(--card); }
dt { color: var(--soft); font-size: .78rem; } dd { margin: 0; font-size: 1.2rem; font-weight: 650; }

.failure { margin: 0 0 1rem; padding: 1rem 1.1rem; background: var(--card); border: 1px solid var(--line);
  border-left: .35rem solid var(--bad); border-radius: .5rem; }
.failure.drift, .failure.unjudged { border-left-color: var(--odd); }
.failure p { margin: .35rem 0; }
.badge { margin-left: .4rem; padding: .05rem .5rem; border: 1px solid var(--bad); border-radius: 1rem; color: var(--bad);
  font-size: .72rem; font-weight: 600; vertical-align: .1em; }
.drift .badge { border-color: var(--odd); color: var(--odd); }
.finding { margin: .8rem 0; }
.finding .where code { padding: .1rem .35rem; border-radius: .25rem; background: var(--paper); }
.finding .seen { color: var(--soft); font-size: .85rem; }
.diff { overflow: hidden; border-radius: .35rem; font: .86rem/1.5 var(--mono); }
.failure .diff p { margin: 0; padding: .25rem .6rem .25rem 5.5rem; text-indent: -4.9rem;
  overflow-wrap: anywhere; unicode-bidi: isolate; }
.diff .expected { background: light-dark(#e3f0fb, #17324a); } .diff .came { background: light-dark(#fde8db, #4a2713); }
.diff span { display: inline-block; width: 4.9rem; color: var(--soft); font-size: .75rem; text-indent: 0; }
.diff .expected span::before { content: "\\2212  "; } .diff .came span::before { content: "+ "; }

.timeline { margin: 0 0 1rem; padding: 1rem 1.1rem; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; }
.timeline figcaption { color: var(--soft); font-size: .85rem; }
.scroll { overflow-x: auto; }
svg { display: block; width: 100%; min-width: 44rem; margin: .5rem 0; font-family: system-ui, "DejaVu Sans", sans-serif; }
svg text { fill: var(--ink); }
.axis path { stroke: var(--line); } .axis text { fill: var(--soft); }
.pending rect { fill: var(--pending); } .processing rect { fill: var(--processing); }
.complete rect { fill: var(--complete); } .canceled rect { fill: var(--canceled); }
.unknown rect { fill: none; stroke: var(--line); }
.stem { stroke: var(--soft); }
.import path { stroke: var(--ink); }
.mark rect { fill: var(--card); stroke: var(--soft); }
.mark.wait rect { fill: var(--wait); stroke: var(--odd); }
.mark.guilty path { fill: var(--bad); stroke: var(--bad); } .mark.guilty text { fill: var(--card); }
.import.guilty text { fill: var(--bad); }
.mark.rejected rect, .mark.silent rect { fill: var(--rejected); stroke: var(--bad); }
.legend { display: flex; flex-wrap: wrap; gap: .3rem .9rem; margin: 0; padding: 0; list-style: none; color: var(--soft); font-size: .85rem; }
.legend .mark { padding: 0 .45rem; border: 1px solid var(--soft); border-radius: 1rem; color: var(--ink); font-size: .75rem; }
.legend .wait { border: 1.5px solid var(--odd); border-radius: 0; background: var(--wait); }
.legend .rejected, .legend .silent { border: 2px solid var(--bad); border-radius: 0; background: var(--rejected); }
.legend .silent { border-style: dashed; }
.legend .guilty { border-color: var(--bad); border-radius: 0; background: var(--bad); color: var(--card); font-weight: 700; }
.broken { margin: .6rem 0 0; padding: 0; list-style: none; font-size: .9rem; }
.broken li { margin-top: .3rem; padding-left: .6rem; border-left: .2rem solid var(--bad); }
.broken strong { color: var(--bad); } .broken .seen { display: block; color: var(--soft); font-size: .85rem; }
.part { margin: 1.2rem 0 .5rem; }

table { width: 100%; border-collapse: collapse; font-size: .9rem; background: var(--card); }
th, td { padding: .45rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { color: var(--soft); font-size: .78rem; font-weight: 600; white-space: nowrap; }
td:first-child, .result, .word { white-space: nowrap; }
tr.pass .result { color: var(--good); } tr.fail .result { color: var(--bad); font-weight: 650; }
tr.drift .result { color: var(--odd); } tr.not-exercised { color: var(--soft); }

details { padding: .5rem .8rem; background: var(--card); border: 1px solid var(--line); border-radius: .4rem; }
details + details, .requests li + li { margin-top: .4rem; }
summary { cursor: pointer; overflow-wrap: anywhere; }
meter { width: 7rem; vertical-align: middle; margin-left: .5rem; }
.requests { margin: 0; padding: 0; list-style: none; }
.requests .number { display: inline-block; min-width: 1.6rem; color: var(--soft); font-variant-numeric: tabular-nums; }
.requests .aside { display: inline-block; margin-left: .4rem; }
.requests .guilty { color: var(--bad); } .requests .drifted { color: var(--odd); }
.requests .check { padding: 0 .45rem; border: 1px solid var(--bad); border-radius: 1rem; color: var(--bad); font-size: .75rem; white-space: nowrap; }
.requests .check.drift { border-color: var(--odd); color: var(--odd); }
.contract, .command { background: var(--paper); } .contract { margin: .3rem 0; padding: .35rem .6rem; color: var(--soft); }
.ready { margin: .6rem 0 .2rem; font-size: .85rem; color: var(--soft); } .lines { margin-top: .6rem; }
.messages { scroll-margin-top: 4rem; } .messages:target { outline: 2px solid var(--link); outline-offset: .5rem; }
pre { margin: 0; padding: .7rem; border-radius: .35rem; background: var(--paper); white-space: pre-wrap; }
main { padding-bottom: 4rem; }
@media (max-width: 40rem) { header, main { padding-left: .8rem; padding-right: .8rem; } .failure, .timeline { padding: .8rem; }
  .failure .diff p { padding-left: .6rem; text-indent: 0; } .diff span { display: block; } }
@media print { .failure, .timeline, tr { break-inside: avoid; } }
`;

/** Renders a sentence of this project, in which backticks mark code. */
export function prose(text: string) {
  return text.split("`").map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part));
}
