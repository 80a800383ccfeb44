import { expect, test } from "vitest";
import { run } from "./run.js";
import type { Twist } from "./server/twist.js";
import { startServer, TOKEN } from "./server.js";
import { answers, type Place, places, statusPath, value, withHeaders } from "./twists.js";

const elsewhere = (place: Place, status: number) => (foreign: string) =>
  answers(place, (answer) => ({ ...withHeaders(answer, { Location: `${foreign}/x` }), status }));

test.concurrent.each<[string, (foreign: string) => Twist]>([
  [
    "a link on another port of this machine",
    (foreign) => value(places.locator, "/links/status", (_, { task }) => `${foreign}${statusPath(task?.id)}`),
  ],
  [
    "a link on this machine by another name",
    (foreign) =>
      value(
        places.locator,
        "/links/status",
        (_, { task }) => `${foreign.replace("127.0.0.1", "localhost")}${statusPath(task?.id)}`,
      ),
  ],
  [
    "a link with the called host as its user",
    (foreign) =>
      value(places.locator, "/links/status", (_, { origin }) => `${origin}@${new URL(foreign).host}${statusPath("x")}`),
  ],
  ["an import that is redirected", elsewhere(places.locator, 307)],
  ["polls that are redirected", elsewhere(places.status, 302)],
  ["refusals that are redirected", elsewhere(places.refusal, 308)],
  ["deletions that are redirected", elsewhere(places.deletion, 301)],
])("%s gets no request to another server", async (_, twistTo) => {
  const foreign = await startServer({}, { now: () => 0 });
  const { asked } = await run(twistTo(foreign.url));
  await foreign.close();
  expect(asked.length).toBeGreaterThan(0);
  expect(foreign.asked).toEqual([]);
});

test("the token stands in no report and no recording, though a server gives it back", async () => {
  const { report, exchanges, asked } = await run(
    answers(
      ({ kind }) => kind !== "delete",
      (answer, { kind }) => ({
        ...withHeaders(answer, { "X-HubSpot-Echo": `Bearer ${TOKEN}` }),
        ...(kind === "refusal" && { body: String(answer.body).replace("{", `{"token":"${TOKEN}",`) }),
      }),
    ),
  );
  expect(asked.some(({ authorization }) => authorization === `Bearer ${TOKEN}`)).toBe(true);
  expect(JSON.stringify({ report, exchanges })).not.toContain(TOKEN);
});
