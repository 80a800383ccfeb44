import { useEffect, useState } from "preact/hooks";
import { answerOf, api, BASE, type Schemas } from "./api.js";
import { go, route } from "./route.js";
import { attempt, inSession, isListed, session as known, requests, tasks } from "./state.js";
import { NoTasks } from "./task-list.js";
import { count, RESULTS, visible } from "./words.js";

/** Loads something again with each request that comes, at most once a second. */
function useJudged<Value>(load: () => Promise<Value>): Value | undefined {
  const [value, setValue] = useState<Value>();
  const last = requests.value.at(-1)?.id;
  const { session } = route.value;
  const isThere = known.value !== undefined;
  useEffect(() => {
    setValue(undefined);
  }, [session]);
  useEffect(() => {
    if (!isThere) return;
    const timer = setTimeout(() => attempt(async () => setValue(await load())), value === undefined ? 0 : 1000);
    return () => clearTimeout(timer);
  }, [last, session, isThere]);
  return value;
}

/** A page before it is loaded; of a session that nobody has used, how to begin. */
function NotLoaded({ title }: { title: string }) {
  const isUnused = isListed.value && !known.value;
  return (
    <section class="page" aria-busy={!isUnused} aria-label={title} tabIndex={0}>
      {isUnused && <NoTasks />}
    </section>
  );
}

/** How the clients of the session behaved. */
export function ConductPage() {
  const conduct = useJudged(() => answerOf(api.GET("/sessions/{session}/conduct", inSession())));
  if (!conduct) return <NotLoaded title="Conduct" />;
  return (
    <section class="page" aria-label="Conduct" tabIndex={0}>
      <p>
        Rules of good clients, judged from the requests of this session.{" "}
        <a href={`${BASE}/sessions/${route.value.session}/report.html`}>Report as one page</a>
      </p>
      {conduct.clients.length === 0 && (
        <>
          <p class="aside">No client has sent a request yet.</p>
          <NoTasks />
        </>
      )}
      {conduct.clients.map((one) => (
        <Client key={one.client} client={one} />
      ))}
    </section>
  );
}

const ORDER: Readonly<Record<Schemas["ConductResult"], number>> = { fail: 0, pass: 1, "not-exercised": 2 };
function Client({ client: { client, checks, tasks: polled } }: { client: Schemas["ClientConduct"] }) {
  const sorted = [...checks].sort((one, other) => ORDER[one.result] - ORDER[other.result]);
  return (
    <article class="card">
      <h2>
        {visible(client)} <small>{count(polled.length, "task")}</small>
      </h2>
      <ul class="rules">
        {sorted.map(({ id, sentence, result, next, findings, exchanges }) => (
          <li key={id} class={result}>
            <b>{RESULTS[result]}</b>
            <div>
              {sentence}
              {result === "fail" && (
                <>
                  {findings.slice(0, 5).map(({ actual }) => (
                    <p key={actual} class="aside">
                      Found: {withNames(actual)}
                    </p>
                  ))}
                  <p>{next}</p>
                  {exchanges.slice(0, 20).map((number) => (
                    <Guilty key={number} number={number} />
                  ))}
                </>
              )}
            </div>
          </li>
        ))}
      </ul>
    </article>
  );
}

/** A sentence with tasks' short names in place of their ids. */
function withNames(sentence: string): string {
  return sentence.replace(
    /[\w-]{30,}/g,
    (id) => tasks.value.find((one) => one.id === id)?.name ?? `${id.slice(0, 12)}…`,
  );
}

/** A request that broke a rule: leads to its task. */
function Guilty({ number }: { number: number }) {
  const taskId = requests.value.find(({ id }) => id === number)?.taskId;
  return (
    <button
      type="button"
      class="quiet"
      disabled={taskId === undefined}
      onClick={() => go({ page: "tasks", task: taskId ?? "", at: "" })}
    >
      request {number}
    </button>
  );
}

/** What the session has exercised. */
export function CoveragePage() {
  const coverage = useJudged(() => answerOf(api.GET("/sessions/{session}/coverage", inSession())));
  if (!coverage) return <NotLoaded title="Coverage" />;
  const { percent, states, scenarios, faults } = coverage;
  return (
    <section class="page" aria-label="Coverage" tabIndex={0}>
      <p>
        <meter min={0} max={100} value={percent} aria-label="Coverage" /> {percent} % of all states, scenarios and
        faults were seen by a client.
      </p>
      {Object.entries({ States: states, Faults: faults, Scenarios: scenarios }).map(([title, { met, missed }]) => (
        <section key={title} class="card">
          <h2>
            {title} <small>{`${met.length} of ${met.length + missed.length}`}</small>
          </h2>
          <ul class="chips">
            {met.map((one) => (
              <li key={one} class="met">
                ✓ {one}
              </li>
            ))}
            {missed.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </section>
      ))}
    </section>
  );
}
