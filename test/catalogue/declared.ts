import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse } from "yaml";

/** A scenario's file, as far as what it declares can be seen on the wire; read without the code under test. */
export interface Declared {
  readonly summary: string;
  readonly client: string;
  readonly tags: readonly string[];
  readonly steps: readonly {
    readonly state: string;
    readonly polls?: number;
    readonly errors?: number;
    readonly error?: { readonly message?: string };
    readonly result?: boolean;
  }[];
  readonly faults?: readonly DeclaredFault[];
  readonly file?: { readonly name?: string; readonly size?: number; readonly createdAgo?: string };
  readonly limits?: { readonly secondly?: number; readonly tenSecondly?: number; readonly daily?: number };
}

export interface DeclaredFault {
  readonly on?: readonly string[];
  readonly versions?: readonly string[];
  readonly polls?: number | { readonly first: number; readonly count: number } | { readonly after: number };
  readonly imports?: DeclaredFault["polls"];
  readonly during?: readonly string[];
  readonly afterEnd?: string;
  readonly afterImport?: string;
  readonly until?: "new-token";
  readonly error?: string;
  readonly page?: number;
  readonly retryAfter?: string;
  readonly body?: string;
  readonly wire?: string;
  readonly alter?: readonly {
    readonly set?: string;
    readonly to?: unknown;
    readonly remove?: string;
    readonly shift?: string;
    readonly by?: string;
    readonly rehost?: string;
  }[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly accepted?: boolean;
}

export interface ParameterDeclared {
  readonly type?: string;
  readonly default: string | number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly values?: readonly (string | number)[];
}

/** A file of the catalogue. */
export interface CatalogueFile {
  readonly name: string;
  readonly parameters: Readonly<Record<string, ParameterDeclared>>;
  /** What it declares when its parameters have these values, as texts. */
  readonly declared: (values?: Readonly<Record<string, string>>) => Declared;
}

const FOLDER = "mocks/scenarios";

export const files: readonly CatalogueFile[] = readdirSync(FOLDER, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".yaml"))
  .map((path) => {
    const text = readFileSync(join(FOLDER, path), "utf8");
    const asWritten = parse(text) as Declared & { readonly parameters?: CatalogueFile["parameters"] };
    const { parameters = {} } = asWritten;
    const parsed = new Map<string, Declared>([[text, asWritten]]);
    const declared: CatalogueFile["declared"] = (values = {}) => {
      const filled = text.replace(/: \$(\w+)|, count: \$(\w+)/g, (found, one?: string, other?: string) => {
        const name = one ?? other ?? "";
        return found.replace(`$${name}`, String(values[name] ?? parameters[name]?.default));
      });
      const read = parsed.get(filled) ?? (parse(filled) as Declared);
      parsed.set(filled, read);
      return read;
    };
    return { name: basename(path, ".yaml"), parameters, declared };
  });

/** A duration's milliseconds. */
export function inMs(text: string): number {
  const [, number = "", unit = ""] = /^(-?[\d.]+)(ms|s|m|h|d)$/.exec(text) ?? [];
  return Number(number) * { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }[unit as "ms"];
}
