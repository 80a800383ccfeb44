import { nearestNames } from "../nearest-names.js";
import { UserError } from "../user-error.js";

/**
 * TypeScript tells a mistyped option before; JavaScript would go on without it.
 *
 * @param of what the options are given to
 * @param known its options by name
 * @throws UserError `invalid-option` that names the nearest
 */
export function requireOptions(of: string, given: object, known: Readonly<Record<string, true>>): void {
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(known, name));
  if (unknown === undefined) return;
  const names = Object.keys(known);
  const [nearest] = nearestNames(unknown, names);
  const hint = nearest === undefined ? `It has ${names.join(", ")}.` : `Nearest: ${nearest}.`;
  throw new UserError("invalid-option", `${of} has no option ${JSON.stringify(unknown.slice(0, 60))}. ${hint}`);
}
