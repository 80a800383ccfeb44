/** A snapshot of one session in the first format, which says no version. */
export const OLD_SNAPSHOT = {
  settings: {
    scenario: "happy",
    seed: 1,
    pace: "polls",
    speed: 1,
    inFlightStatus: 200,
    inFlightDates: "omit",
    failure: "canceled",
    limits: {},
  },
  clock: { shows: 0, rate: 1, isFrozen: false, advancedMs: 0 },
  counters: { serial: 0, answers: 0 },
  tasks: [],
  files: [],
  imports: {},
  metTokens: {},
};
