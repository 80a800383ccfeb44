/**
 * What the mock answers 400 by itself, by the code of its error: that a call cannot be steered as it asks. HubSpot, which
 * knows no scenarios and no sessions, says none of it.
 */
export const MOCK_ERRORS = [
  "INVALID_SESSION",
  "INVALID_CLOCK",
  "INVALID_SEED",
  "UNKNOWN_SCENARIO",
  "UNKNOWN_PARAMETER",
  "INVALID_PARAMETER",
  "UNKNOWN_TASK",
] as const;

export type MockError = (typeof MOCK_ERRORS)[number];
