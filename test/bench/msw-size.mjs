import { gzipSync } from "node:zlib";
import { bundleForPage, modulesOf } from "../../scripts/page-bundle.mjs";

/**
 * What the MSW entry adds to a browser's bundle: the engine, the validators, the catalogue, without msw. What a
 * page loads at once is counted, the entry's chunk with all that it imports; the judge, which `mock.conduct()` loads when
 * it is called, is not.
 *
 * @returns {Promise<{ bytes: number, gzipped: number, modules: string[], later: string[] }>} minified sizes in bytes, and
 *   the modules that are loaded at once and those that are loaded later
 */
export async function measureMswEntry(input = "build/mocks/handlers.js") {
  const { atOnce, later } = await bundleForPage(input, { minify: true });
  const codes = atOnce.map(({ code }) => code);
  return {
    bytes: codes.reduce((sum, { length }) => sum + length, 0),
    gzipped: codes.reduce((sum, code) => sum + gzipSync(code).length, 0),
    modules: modulesOf(atOnce),
    later: modulesOf(later),
  };
}
