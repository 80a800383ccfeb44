/** The project's folder. */
export const root = new URL("../../", import.meta.url);

/** The beginning of a generated file. */
export function noticeOf(source) {
  return `// Generated from ${source} by \`npm run generate\`. Do not edit.\n`;
}

/** The same for code that no compiler checks. */
export function noticeOfCode(source) {
  return `${noticeOf(source)}// @ts-nocheck\n`;
}

/** JSON as a text: parsing it is faster than loading the same as code. */
export function jsonModule(source, name, value) {
  return textModule(source, name, JSON.stringify(value));
}

/** A module that exports a text. */
export function textModule(source, name, text) {
  return `${noticeOf(source)}export const ${name}: string =\n  ${JSON.stringify(text)};\n`;
}
