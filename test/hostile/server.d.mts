/** What a hostile server was asked. */
interface Asked {
  readonly method: string;
  readonly path: string;
  readonly at: number;
}

export declare const PLACES: readonly string[];

export declare function startHostile(
  place: string,
  shape: (size: number) => unknown,
  size?: number,
): Promise<{ readonly url: string; readonly asked: readonly Asked[]; readonly close: () => Promise<void> }>;
