/** With which options mocks are compared. `ears`: whether their callbacks are listened to, and at once or as late as can be. */
export const WORLDS = [
  { name: "as it starts", options: {}, ears: "early" },
  { name: "as it starts, unheard", options: { pace: "polls" }, ears: "none" },
  { name: "pace polls", options: { pace: "polls", seed: 7 }, ears: "late" },
  { name: "broken answers refused", options: { pace: "polls", errors: true }, ears: "early" },
  {
    name: "other unknowns",
    options: { pace: "polls", inFlightStatus: 202, inFlightDates: "null", failure: "complete" },
    ears: "early",
  },
  { name: "silent failures", options: { pace: "immediate", inFlightDates: "filled", failure: "silent" }, ears: "late" },
  { name: "as published", options: { pace: "polls", asPublished: true }, ears: "early" },
  { name: "a trusted proxy", options: { trustProxy: true, speed: 10 }, ears: "early" },
  {
    name: "a public address",
    options: { pace: "polls", publicUrl: "https://mock.test/hubspot" },
    ears: "late",
    prefixes: ["/hubspot", ""],
  },
  { name: "a base path", options: { pace: "manual", basePath: "/hubspot" }, ears: "early", prefixes: ["/hubspot", ""] },
  {
    name: "limits, no control",
    options: { limits: { tenSecondly: 20, secondly: 8, daily: 300 }, control: false },
    ears: "early",
  },
  { name: "a scenario for all, unheard", options: { scenario: "rate-limited;retryAfter=5s", speed: 2 }, ears: "none" },
  { name: "a control token", options: { pace: "polls", control: { token: "open-sesame" } }, ears: "early" },
];
