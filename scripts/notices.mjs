import { readdir, readFile } from "node:fs/promises";

/** Holders of the MIT licence of packages without a licence file, from their `package.json` and README. */
const HOLDERS = {
  "@stoplight/json-schema-merge-allof": "Martin Hansen",
  "parse-multipart-data": "Ignacio Mazzara",
  seedrandom: "2019 David Bau",
  "uri-template-lite": "2014-2019 Lauri Rooden",
};

/**
 * Renders the licences of packages whose code is part of ours; packages with the same text share it.
 *
 * @param files of code, ours included
 */
export async function noticesOf(files) {
  const folders = new Set(files.flatMap((file) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []));
  const names = new Map();
  for (const folder of [...folders].sort()) {
    const { name, version } = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
    const text = await licenceOf(folder, name);
    names.set(text, [...(names.get(text) ?? []), `${name} ${version}`]);
  }
  return [...names].map(([text, owners]) => `${owners.join("\n")}\n\n${text}\n`).join(`\n${"-".repeat(80)}\n\n`);
}

async function licenceOf(folder, name) {
  const file = (await readdir(folder)).find((one) => /^licen[cs]e/i.test(one));
  if (file) return (await readFile(`${folder}/${file}`, "utf8")).trim();
  if (!(name in HOLDERS)) throw new Error(`${name} has no licence's text`);
  const ours = await readFile(new URL("../LICENSE", import.meta.url), "utf8");
  return ours.replace(/^Copyright .*$/m, `Copyright (c) ${HOLDERS[name]}`).trim();
}
