import { Command } from "commander";

/** A command as the help lists it. */
interface Listed {
  readonly takes: string;
  readonly description: string;
  /**
   * Imports the command's module with its dependencies: the mock does not wait for the judge, nor the help for either.
   */
  readonly load: () => Promise<Command>;
}

const COMMANDS: ReadonlyMap<string, Listed> = new Map([
  [
    "mock",
    {
      takes: "[options]",
      description: "Serve a mock of HubSpot whose import tasks change state. Prism checks it against the contract.",
      load: async () => (await import("./mock.js")).mockCommand(),
    },
  ],
  [
    "verify",
    {
      takes: "[options]",
      description:
        "Check that a server keeps the contract: polls two imports to their ends, and sends requests that must be rejected.",
      load: async () => (await import("./verify.js")).verifyCommand(),
    },
  ],
  [
    "scenarios",
    {
      takes: "[options] [name]",
      description: "List the mock's scenarios, or show one of them in detail.",
      load: async () => (await import("./scenarios.js")).scenariosCommand(),
    },
  ],
  [
    "task-id",
    {
      takes: "[options] <scenario>",
      description: "Print the id of a task that can be polled on any mock.",
      load: async () => (await import("./task-id.js")).taskIdCommand(),
    },
  ],
  [
    "drift",
    {
      takes: "[options] <published>",
      description: "Compare the contract with a copy of HubSpot's published OpenAPI document, v3 or a dated version.",
      load: async () => (await import("./drift.js")).driftCommand(),
    },
  ],
  [
    "docs",
    {
      takes: "[page]",
      description: "Print a page of the documentation as Markdown, or list the pages.",
      load: async () => (await import("./docs.js")).docsCommand(),
    },
  ],
]);

/** Whether a word is the name of a command. */
export function isCommand(word: string): boolean {
  return COMMANDS.has(word);
}

/**
 * Returns every command, for the help and for the nearest name. Those whose names are in the command line are loaded;
 * the others can only be listed.
 *
 * @param words only the first one if it is a command; `help mock` and `-- mock` also name one
 */
export function commandsFor(words: readonly string[]): Promise<readonly Command[]> {
  const all = [...COMMANDS].map(async ([name, { takes, description, load }]) => {
    const command = words.includes(name) ? await load() : new Command(name).arguments(takes);
    return command.description(description);
  });
  return Promise.all(all);
}
