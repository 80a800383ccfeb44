import type { Figure } from "./targets.mjs";

export interface Results {
  readonly machine: { readonly cpu: string; readonly node: string };
  readonly servers: readonly { readonly name: string; readonly requestsPerSecond: number }[];
  readonly results: readonly Figure[];
}

export function readResults(): Promise<Results>;
export function withFigures(page: string, found: Results): string;
export function renderPicture(servers: Results["servers"]): string;
