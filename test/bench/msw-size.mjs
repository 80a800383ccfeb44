import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";

/**
 * What the MSW entry adds to a browser's bundle: the engine, the validators, the catalogue and Faker, without msw.
 *
 * @returns {Promise<{ bytes: number, gzipped: number, modules: string[] }>} minified sizes in bytes
 */
export async function measureMswEntry() {
  const bundle = await rolldown({ input: "dist/mocks/handlers.js", platform: "browser", external: /^msw/ });
  const { output } = await bundle.generate({ format: "esm", minify: true, codeSplitting: false });
  const { code, modules } = output[0];
  return { bytes: code.length, gzipped: gzipSync(code).length, modules: Object.keys(modules) };
}
