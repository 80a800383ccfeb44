/** The contract with the paths of each version written out, in YAML. */
export function inAllVersions(text: string): string;
