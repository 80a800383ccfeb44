import { readFileSync } from "node:fs";
import { extname } from "node:path";

/** Where the built page stands, beside the compiled code. */
const PAGE = new URL("../../console/page/", import.meta.url);

/** What its page may load: its own files and the control API. */
export const CONSOLE_POLICY =
  "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html;charset=utf-8",
  ".js": "text/javascript;charset=utf-8",
  ".css": "text/css;charset=utf-8",
  ".svg": "image/svg+xml",
};

/**
 * A file of the console.
 *
 * @param name below the page's own folder, such as `index.html`
 * @returns undefined for a file that it does not have
 */
export function consoleFile(name: string): Response | undefined {
  const type = TYPES[extname(name)];
  if (type === undefined || !/^[\w-]+(\/[\w-]+)?\.\w+$/.test(name)) return undefined;
  const bytes = readPageFile(name);
  // The build gives each file under assets a name of its own: it never changes.
  const caching = name.startsWith("assets/") ? "public, max-age=31536000, immutable" : "no-cache";
  return bytes && new Response(new Uint8Array(bytes), { headers: { "Content-Type": type, "Cache-Control": caching } });
}

/** Reads at once: in turns with the thread pool, 80 kB take several times as long. */
function readPageFile(name: string): Buffer | undefined {
  try {
    return readFileSync(new URL(name, PAGE));
  } catch {
    return undefined;
  }
}
