const API = "https://api.hubapi.com/files/v3/files/import-from-url/async";

/** What the mock answers polls: each state, end, kind of file and unknown. */
const ASKED = [
  { name: "PENDING, dates absent", polls: 1 },
  { name: "PENDING, dates null", polls: 1, inFlightDates: "null" },
  { name: "PENDING, dates filled", polls: 1, inFlightDates: "filled" },
  { name: "PENDING, as published", polls: 1, asPublished: true },
  { name: "PROCESSING", polls: 2 },
  { name: "PROCESSING, its end null", polls: 2, inFlightDates: "null" },
  { name: "COMPLETE with an image", polls: 3, scenario: "result-image" },
  { name: "COMPLETE with a document", polls: 3, scenario: "result-document" },
  { name: "COMPLETE with a file without extension", polls: 3, scenario: "result-without-extension" },
  { name: "COMPLETE with a file and an error", polls: 3, scenario: "complete-with-partial-errors" },
  { name: "COMPLETE with an error and no file", polls: 3, scenario: "canceled", failure: "complete" },
  { name: "CANCELED with an error", polls: 3, scenario: "canceled" },
  { name: "CANCELED with an error as published", polls: 3, scenario: "canceled", asPublished: true },
  { name: "CANCELED in silence", polls: 3, scenario: "canceled", failure: "silent" },
];

/**
 * Answers of the mock's to a status call, by name.
 *
 * @param createSimulator of this package, as source or built
 * @param scenarios the catalogue
 */
export async function rightAnswers(createSimulator, scenarios) {
  const now = () => Date.UTC(2026, 8, 14, 12);
  const answers = {};
  for (const { name, polls, scenario = "happy", ...unknowns } of ASKED) {
    const simulator = createSimulator({ scenarios, now, pace: "polls", ...unknowns });
    const ask = () => new Request(`${API}/tasks/${scenario}/status`, { headers: { Authorization: "Bearer any" } });
    for (let poll = 1; poll < polls; poll += 1) await simulator.handle(ask());
    answers[name] = await (await simulator.handle(ask())).json();
  }
  return answers;
}

/** Answers that break the contract, each in one thing, made of the right ones. */
export function wrongAnswers(right) {
  const { result } = right["COMPLETE with an image"];
  const { result: _, ...complete } = right["COMPLETE with an image"];
  const { completedAt: __, ...unfinished } = right["COMPLETE with an image"];
  const { taskId: ___, ...nameless } = right["PROCESSING"];
  const { id: ____, ...halfAFile } = result;
  return {
    "PENDING with a file": { ...right["PENDING, dates absent"], result },
    "CANCELED with a file": { ...right["CANCELED in silence"], result },
    "COMPLETE with neither file nor error": { ...complete, numErrors: 0 },
    "COMPLETE without completedAt": unfinished,
    "COMPLETE with a file without id": { ...complete, result: halfAFile },
    "PROCESSING without taskId": nameless,
    "a state FAILED": { ...right["CANCELED in silence"], status: "FAILED" },
  };
}
