/** As bundlers replace it, letter by letter. */
declare const process: { readonly env: { readonly NODE_ENV?: string } };

let isWarned = false;

/**
 * Warns, once, where users would get a mock in place of HubSpot: in a bundle for production, or under
 * `NODE_ENV=production`. Vitest and Jest set `NODE_ENV=test`.
 */
export function warnInProduction(): void {
  if (isWarned || !isProduction()) return;
  isWarned = true;
  console.warn(
    '[hubspot-import-kit] A mock answers in production: no file is imported into HubSpot. Start it in development alone, as in if (import.meta.env.DEV) await import("./mock"). See docs/frameworks.',
  );
}

/** `typeof process` would keep a bundle's mock silent: there the name is replaced, and the global missing. */
function isProduction(): boolean {
  try {
    return process.env.NODE_ENV === "production";
  } catch {
    // A page without a bundler, or Deno without --allow-env.
    return false;
  }
}
