import ms from "ms";

/** How a duration is written: `2s`, `500ms`, `1.5h`, `1d`. As in spec/scenario.schema.json. */
const DURATION = /^(0|[1-9]\d{0,8})(\.\d{1,3})?(ms|s|m|h|d)$/;

/**
 * Milliseconds of a duration; `undefined` where the text is none.
 *
 * @example parseDurationMs("90s"); // 90000
 * @example parseDurationMs("2 sec"); // undefined
 */
export function parseDurationMs(text: string): number | undefined {
  return DURATION.test(text) ? ms(text as ms.StringValue) : undefined;
}
