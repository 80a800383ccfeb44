import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";

/**
 * What the MSW entry adds to a browser's bundle: the engine, the validators, the catalogue, without msw. What a
 * page loads at once is counted, the entry's chunk with all that it imports; the judge, which `mock.conduct()` loads when
 * it is called, is not.
 *
 * @returns {Promise<{ bytes: number, gzipped: number, modules: string[], later: string[] }>} minified sizes in bytes, and
 *   the modules that are loaded at once and those that are loaded later
 */
export async function measureMswEntry(input = "build/mocks/handlers.js") {
  const bundle = await rolldown({ input, platform: "browser", external: /^msw/ });
  const { output } = await bundle.generate({ format: "esm", minify: true });
  const chunks = new Map(output.flatMap((one) => (one.type === "chunk" ? [[one.fileName, one]] : [])));
  const atOnce = new Set();
  const load = (chunk) => {
    if (!chunk || atOnce.has(chunk)) return;
    atOnce.add(chunk);
    for (const name of chunk.imports) load(chunks.get(name));
  };
  load(output.find((one) => one.type === "chunk" && one.isEntry));
  const codes = [...atOnce].map(({ code }) => code);
  const modulesOf = (some) => some.flatMap(({ modules }) => Object.keys(modules));
  return {
    bytes: codes.reduce((sum, { length }) => sum + length, 0),
    gzipped: codes.reduce((sum, code) => sum + gzipSync(code).length, 0),
    modules: modulesOf([...atOnce]),
    later: modulesOf([...chunks.values()].filter((chunk) => !atOnce.has(chunk))),
  };
}
