/** How much of what the mock can do a run has met; what is declared nowhere has no part in it. */
export interface ScenarioCoverage {
  /** Of everything listed, in percent, 0 to 100. */
  readonly percent: number;
  readonly scenarios: Share;
  readonly states: Share;
  readonly faults: Share;
}

/** What there is to meet, in two parts. */
export interface Share {
  readonly met: readonly string[];
  readonly missed: readonly string[];
}
