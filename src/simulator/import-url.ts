import { distance } from "fastest-levenshtein";
import type { Body } from "./read-body.js";

/** The import's url, from a body that need not be valid. */
export function importUrlIn(body: Body): unknown {
  if (body.kind !== "json" || typeof body.value !== "object" || body.value === null) return undefined;
  return "url" in body.value ? body.value.url : undefined;
}

/** The scenario that the fragment of an import's url names: `https://example.com/cat.png#mock=canceled`. */
export function fragmentOf(importUrl: unknown): string | undefined {
  if (typeof importUrl !== "string") return undefined;
  const fragment = importUrl.slice(importUrl.indexOf("#") + 1, importUrl.includes("#") ? undefined : 0);
  // As it stands: what a reference percent-encodes is decoded where the reference is read. A page's own route may stand before it.
  const name = fragment
    .split(/[&#]/)
    .filter((part) => part.startsWith("mock="))
    .at(-1)
    ?.slice("mock=".length);
  return name || undefined;
}

/**
 * What somebody wrote into an import's url for the mock in a form that chooses nothing, with the form that does.
 *
 * @example overlookedIn("https://example.com/cat.png#mok=canceled"); // "mok=canceled in the url chooses nothing: write #mock=canceled."
 */
export function overlookedIn(importUrl: unknown): string | undefined {
  if (typeof importUrl !== "string") return undefined;
  const [address = "", ...fragments] = importUrl.split("#");
  const query = address.split("?").slice(1).join("?").split("&");
  const parts = fragments.flatMap((one) => one.split("&"));
  const chosen = parts.findLast((part) => part.startsWith("mock="));
  if (chosen !== undefined) {
    const rest = parts.slice(parts.lastIndexOf(chosen) + 1).filter((part) => /^[a-z]\w*=/i.test(part));
    return rest.length === 0
      ? undefined
      : `${rest.join("&")} in the url sets nothing: a parameter is written #${[chosen, ...rest].join(";")}.`;
  }
  const meant =
    parts.find((part) => part.startsWith("@") || isNearlyMock(part)) ?? query.find((part) => part.startsWith("mock="));
  if (meant === undefined) return undefined;
  const value = meant.startsWith("@") ? meant : meant.slice(meant.indexOf("=") + 1);
  return `${meant} in the url chooses nothing: write #mock=${value}.`;
}

function isNearlyMock(part: string): boolean {
  const [key = "", ...value] = part.split("=");
  return value.length > 0 && key.length < 10 && distance(key.toLowerCase(), "mock") < 2;
}
