/** A page that MSW's service worker serves can be reloaded in mid-flight; a test's simulated page cannot. */
export function pageStorage(): Storage | undefined {
  try {
    return typeof navigator !== "undefined" && "serviceWorker" in navigator ? globalThis.sessionStorage : undefined;
  } catch {
    // A frame without an origin of its own, or a browser that blocks the site's data.
    return undefined;
  }
}
