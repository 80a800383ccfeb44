import { harInstant } from "./time.js";

/** The formats of spec/har-entry.schema.json, for `validate.gen.ts`. */
export const formats = {
  "a date": (text: string) => harInstant(text) !== undefined,
  "an http address": (text: string) => URL.canParse(text) && /^https?:/i.test(new URL(text).protocol),
  "a status of HTTP": { type: "number", validate: (status: number) => status <= 0 || status >= 100 },
};
