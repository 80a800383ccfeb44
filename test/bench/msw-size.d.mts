export function measureMswEntry(): Promise<{
  readonly bytes: number;
  readonly gzipped: number;
  readonly modules: readonly string[];
  readonly later: readonly string[];
}>;
