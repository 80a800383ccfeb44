import { rolldown } from "rolldown";

/**
 * Bundles an entry as a page's bundler does, without msw.
 *
 * @param {string} input the entry's file
 * @param {import("rolldown").OutputOptions} [options]
 * @returns the chunks that a page loads at once, the entry's and all that it imports, and those that are loaded later
 */
export async function bundleForPage(input, options = {}) {
  const bundle = await rolldown({ input, platform: "browser", external: /^msw/ });
  const { output } = await bundle.generate({ format: "esm", ...options });
  const chunks = new Map(output.flatMap((one) => (one.type === "chunk" ? [[one.fileName, one]] : [])));
  const atOnce = new Set();
  const load = (chunk) => {
    if (!chunk || atOnce.has(chunk)) return;
    atOnce.add(chunk);
    for (const name of chunk.imports) load(chunks.get(name));
  };
  load([...chunks.values()].find(({ isEntry }) => isEntry));
  return { atOnce: [...atOnce], later: [...chunks.values()].filter((chunk) => !atOnce.has(chunk)) };
}

/** The files of which something is left in chunks. */
export const modulesOf = (chunks) => chunks.flatMap(({ modules }) => Object.keys(modules));
