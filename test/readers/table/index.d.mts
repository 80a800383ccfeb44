interface Reader {
  readonly package: string;
  readonly title?: string;
}

export const READERS: Readonly<Record<string, Readonly<Record<string, Reader>>>>;
export function titleOf(table: string, name: string): string;
export function readTables(page: string): Map<string, readonly string[]>;
