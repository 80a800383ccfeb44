export interface Generator {
  readonly package: string;
  readonly types: readonly [module: string, type: string, name: string, input?: string];
  readonly validator?: string;
  readonly accepts?: (module: never) => (value: unknown) => boolean;
}

export const GENERATORS: Readonly<Record<string, Generator>>;
