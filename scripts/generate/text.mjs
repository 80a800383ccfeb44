/** The project's folder. */
export const root = new URL("../../", import.meta.url);

/** How a generated file begins. */
export function noticeOf(source) {
  return `// Generated from ${source} by \`npm run generate\`. Do not edit.\n`;
}

/** The same for code that no compiler looks at. */
export function noticeOfCode(source) {
  return `${noticeOf(source)}// @ts-nocheck\n`;
}

/** JSON as a text: that is read faster than the same as code. */
export function jsonModule(source, name, value) {
  return textModule(source, name, JSON.stringify(value));
}

/** A text that the module exports. */
export function textModule(source, name, text) {
  return `${noticeOf(source)}export const ${name}: string =\n  ${JSON.stringify(text)};\n`;
}
