/**
 * Vitest's setup: no test, and no command that a test starts, sees what in the caller's environment would change a run
 * or write into the caller's job summary. A test that wants such a variable sets it.
 */
const FOREIGN = /^(CONTRACT_|FORCE_COLOR$|GITHUB_|HUBSPOT_|IMPORT_KIT_|NO_COLOR$)/;

/** Whom `npm run test:contract` is to ask, and with which token. */
const ASKED = process.env["CONTRACT_BASE_URL"] === undefined ? [] : ["CONTRACT_BASE_URL", "HUBSPOT_ACCESS_TOKEN"];

for (const name of Object.keys(process.env)) if (FOREIGN.test(name) && !ASKED.includes(name)) delete process.env[name];
