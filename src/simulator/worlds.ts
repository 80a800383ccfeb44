import { UserError } from "../user-error.js";
import { DEFAULT_SESSION, isSessionName } from "./choose-session.js";
import type { World } from "./world.js";

/** The sessions of one simulator, by name. */
export interface Worlds {
  /** The session of that name, made at its first use. @throws UserError `invalid-session` */
  readonly get: (name: string) => World;
  readonly all: () => readonly World[];
  readonly has: (name: string) => boolean;
  readonly set: (world: World) => void;
  readonly remove: (name: string) => void;
}

/** A test run that gives each test a session of its own, and never ends one, must not fill the memory. */
const MAX_SESSIONS = 1000;

/** @param create a fresh session; the least recently used one makes room, never the default one */
export function createWorlds(create: (name: string) => World): Worlds {
  const worlds = new Map([[DEFAULT_SESSION, create(DEFAULT_SESSION)]]);

  function makeRoom(): void {
    if (worlds.size < MAX_SESSIONS) return;
    const oldest = [...worlds.keys()].find((name) => name !== DEFAULT_SESSION);
    if (oldest !== undefined) worlds.delete(oldest);
  }

  return {
    get(name) {
      const known = worlds.get(name);
      if (known && name === DEFAULT_SESSION) return known;
      if (!known) {
        requireSessionName(name);
        makeRoom();
      }
      const world = known ?? create(name);
      // A Map keeps the order of insertion: what is used last stands last.
      worlds.delete(name);
      worlds.set(name, world);
      return world;
    },
    all: () => [...worlds.values()],
    has: (name) => worlds.has(name),
    set: (world) => void worlds.set(world.name, world),
    remove: (name) => void worlds.delete(name),
  };
}

/** @throws UserError `invalid-session` */
export function requireSessionName(name: string): void {
  if (isSessionName(name)) return;
  throw new UserError(
    "invalid-session",
    `"${name.slice(0, 64)}" is no name of a session. Write 1 to 64 letters, digits, dots, underscores or hyphens.`,
  );
}
