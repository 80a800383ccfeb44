/**
 * Writes the entries' types for TypeScript in CommonJS, `x.d.cts` beside `x.d.ts`. Node's `require` loads the same modules,
 * but TypeScript reads msw's types once for modules and once for CommonJS: a handler of the one is no handler of the other.
 */
import { readFile, writeFile } from "node:fs/promises";
import { basename } from "node:path";

const DIST = new URL("../dist/", import.meta.url);

/** Refer to msw's types, themselves or by each other. */
for (const name of ["mocks/handlers", "mocks/msw-handler", "mocks/vitest"]) {
  const types = await readFile(new URL(`${name}.d.ts`, DIST), "utf8");
  await writeFile(
    new URL(`${name}.d.cts`, DIST),
    types.replaceAll(/"(\.\/(?:msw-handler|handlers))\.js"/g, '"$1.cjs"'),
  );
}

for (const name of ["mocks/client", "src/index", "src/verify/verify"]) {
  await writeFile(new URL(`${name}.d.cts`, DIST), `export * from "./${basename(name)}.js";\n`);
}
