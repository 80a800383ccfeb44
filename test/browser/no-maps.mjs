/**
 * Vite's plugin for a page without source maps, which are up to three quarters of what it would receive. A file that no plugin
 * changes would keep its map.
 */
export const noMaps = {
  name: "no-maps",
  transform: { order: "post", handler: (code) => ({ code: `${code}\n`, map: { mappings: "" } }) },
};
