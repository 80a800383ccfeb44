import { type Document, visit } from "yaml";

/** The yaml library looks for the anchor of each alias among all anchors and aliases. */
export const MAX_ALIASES = 1000;

/** Whether a document has more aliases than can be resolved in a time that grows with its length alone. */
export function hasTooManyAliases(document: Document): boolean {
  let count = 0;
  visit(document, {
    Alias() {
      count += 1;
      return count > MAX_ALIASES ? visit.BREAK : undefined;
    },
  });
  return count > MAX_ALIASES;
}
