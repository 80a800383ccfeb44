import { computed, signal } from "@preact/signals";

export const PAGES = ["tasks", "requests", "conduct", "coverage", "settings"] as const;
type Page = (typeof PAGES)[number];

/** What the page shows: all of it stands in the address, so that a link opens the same. */
export interface Route {
  readonly session: string;
  readonly page: Page;
  /** A task's id. */
  readonly task?: string;
  /** The moment of the task's timeline that is looked at, as ISO-8601. */
  readonly at?: string;
}

const hash = signal(location.hash);
addEventListener("hashchange", () => {
  hash.value = location.hash;
});

export const route = computed(() => parseRoute(hash.value));

/** @example parseRoute("#/anna/tasks/abc?at=2026-01-01T00:00:00Z").task; // "abc" */
function parseRoute(text: string): Route {
  const [path = "", query = ""] = text.replace(/^#\/?/, "").split("?");
  const [session = "", page = "", task = ""] = path.split("/").map(decoded);
  const at = new URLSearchParams(query).get("at");
  return {
    session: session || "default",
    page: PAGES.find((one) => one === page) ?? "tasks",
    ...(task && { task }),
    ...(at !== null && !Number.isNaN(Date.parse(at)) && { at }),
  };
}

/** @example hrefOf({ session: "anna", page: "tasks" }); // "#/anna/tasks" */
export function hrefOf({ session, page, task, at }: Route): string {
  const path = [session, page, ...(task ? [task] : [])].map(encodeURIComponent).join("/");
  return `#/${path}${at ? `?at=${encodeURIComponent(at)}` : ""}`;
}

/** Goes elsewhere on this page. @param isStep whether the browser's back button leads here again */
export function go(change: Partial<Route>, isStep = true): void {
  const { session, page, task, at } = { ...route.value, ...change };
  const href = hrefOf({ session, page, ...(task !== undefined && { task }), ...(at !== undefined && { at }) });
  if (isStep) location.hash = href;
  else {
    history.replaceState(null, "", href);
    hash.value = href;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
