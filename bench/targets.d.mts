export interface Figure {
  readonly section: string;
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly target: string;
  readonly kept: boolean;
}

export const TARGETS: Readonly<Record<string, object>>;
export function compare(section: string, measured: Readonly<Record<string, number>>): Figure[];
