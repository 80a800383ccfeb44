import { Document, parse } from "yaml";

/**
 * Writes out the contract with the paths of each version, for tools that read it alone. Tools that follow references
 * from one path to another generate the same names for several operations, or none (docs/readers.md), so each operation
 * has a separate id, which ends with its version. Schemas are written once.
 *
 * @param text the contract, which has the paths of its first version
 * @returns the contract in YAML, with all versions
 */
export function inAllVersions(text) {
  const { paths, ...contract } = parse(text);
  const [first, ...others] = Object.keys(contract["x-versions"]);
  const dated = others.flatMap((version) =>
    Object.entries(paths).map(([path, item]) => [path.replace(`/${first}/`, `/${version}/`), withIds(item, version)]),
  );
  const all = { ...contract, paths: { ...paths, ...Object.fromEntries(dated) } };
  const document = new Document(all, { aliasDuplicateObjects: false });
  document.commentBefore = " Generated from openapi.yaml: the same with the paths of all versions.";
  return document.toString({ lineWidth: 0 });
}

/** @example withIds({ operationId: "deleteFile" }, "2026-03"); // { operationId: "deleteFileIn202603" } */
function withIds(node, version) {
  return JSON.parse(JSON.stringify(node), (key, value) =>
    key === "operationId" ? `${value}In${version.replaceAll("-", "")}` : value,
  );
}
