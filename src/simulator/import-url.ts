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
