export function measureMswEntry(input?: string): Promise<{
  readonly bytes: number;
  readonly gzipped: number;
  readonly modules: readonly string[];
  readonly later: readonly string[];
}>;
