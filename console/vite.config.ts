import { defineConfig } from "vite";

/** The page is served below any path, so that its own addresses are relative. */
export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  build: {
    outDir: "page",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: false,
    assetsInlineLimit: 0,
    license: { fileName: "licenses.md" },
  },
});
