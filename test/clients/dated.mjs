import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

// docs
/** Sends a request to a dated version of the API. */
const dated = {
  async pre(request) {
    request.setUrl(request.getUrl().replace("/files/v3/", "/files/2026-09/"));
    return request;
  },
  post: async (response) => response,
};
const options = { middleware: [dated], middlewareMergeStrategy: "append" };
// end

/** What a caller sees of an import under each scenario: the states of its polls, then the code of what is thrown. */
const ENDS = {
  happy: ["PENDING", "PROCESSING", "COMPLETE"],
  canceled: ["PENDING", "PROCESSING", "CANCELED"],
  "expired-token": [401],
  "missing-scopes": [403],
  "not-found": [404],
  locked: ["PENDING", 423],
  "rate-limited": ["PENDING", 429],
  "account-migration": ["PENDING", 477],
};

/** The same of v3 and of the dated version, where v3 is removed after two polls. */
const SUNSET = { v3: ["PENDING", "PROCESSING", 404], "2026-09": ENDS.happy };

/**
 * Imports a file with `@hubspot/api-client`'s `Client`, and polls it three times or until something is thrown.
 *
 * @param scenario is written in the import's URL
 * @param version v3, which is the client's own, or 2026-09
 */
async function importWith(Client, { base, token, scenario, version }) {
  const { filesApi } = new Client({ accessToken: token, basePath: base }).files;
  const request = { url: `https://example.com/cat.png#mock=${scenario}`, access: "PRIVATE", folderPath: "/library" };
  const settings = version === "v3" ? [] : [options];
  const seen = [];
  try {
    const { id } = await filesApi.importFromUrl(request, ...settings);
    while (seen.length < 3) seen.push((await filesApi.checkImport(id, ...settings)).status);
  } catch (error) {
    seen.push(error.code);
  }
  return seen;
}

/**
 * Tries every end in both versions, each in a session of its own.
 *
 * @param name begins the sessions' names
 * @returns what differs from what is expected, and each request to the wrong version
 */
export async function tryVersions(mock, Client, name) {
  const problems = [];
  for (const version of Object.keys(SUNSET)) {
    for (const [scenario, expected] of Object.entries({ ...ENDS, "version-sunset": SUNSET[version] })) {
      const { token, configure, journal } = mock.session(`${name}-${version}-${scenario}`);
      await configure({ pace: "polls" });
      const seen = await importWith(Client, { base: mock.url, token, scenario, version });
      if (String(seen) !== String(expected)) problems.push(`${version} ${scenario}: ${seen} in place of ${expected}`);
      const strays = (await journal()).filter((exchange) => exchange.version !== version);
      if (strays.length > 0) problems.push(`${version} ${scenario}: ${strays.length} requests to another version`);
    }
  }
  return problems;
}

/** Run as a program, it prints the problems: `node dated.mjs DIRECTORY URL NAME`, with the SDK of the directory. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , directory, url, name] = process.argv;
  const { Client } = createRequire(pathToFileURL(`${directory}/`))("@hubspot/api-client");
  const { connectMock } = await import("../../dist/mocks/client.js");
  for (const problem of await tryVersions(connectMock({ url }), Client, name)) console.log(problem);
}
