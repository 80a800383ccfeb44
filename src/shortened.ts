/** How much of a value from outside a message shows. */
const VALUE_LENGTH = 200;

/**
 * A long text without its middle: two ids often differ at an end.
 *
 * @param length in characters, the ellipsis among them. Default 200: what a message shows of a value from outside
 * @example shortened("AAAAEqTIHz0", 7); // "AAAA…z0"
 */
export function shortened(text: string, length = VALUE_LENGTH): string {
  if (text.length <= length) return text;
  // Of a megabyte, only the ends are looked at; a character is one or two units.
  const first = [...text.slice(0, 2 * length)];
  if (text.length <= 2 * length && first.length <= length) return text;
  const end = Math.floor((length - 1) / 3);
  return [...first.slice(0, length - 1 - end), "…", ...[...text.slice(-2 * length)].slice(-end)].join("");
}
