import { useEffect, useState } from "preact/hooks";
import { answerOf, api, type Schemas } from "./api.js";
import { inSession } from "./state.js";
import { RESULTS } from "./words.js";

/** How the clients of this task behaved, rule by rule. */
export function TaskConduct({ id, polls, onChoose }: { id: string; polls: number; onChoose: (id: number) => void }) {
  const [rules, setRules] = useState<readonly Rule[]>([]);
  useEffect(() => {
    const timer = setTimeout(async () => setRules(await rulesFor(id).catch(() => [])), 300);
    return () => clearTimeout(timer);
  }, [id, polls]);
  if (rules.length === 0) return null;
  return (
    <section aria-label="Conduct of the client">
      <h3>Conduct of the client</h3>
      <ul class="rules">
        {rules.map(({ key, sentence, result, next, exchanges }) => (
          <li key={key} class={result}>
            <b>{RESULTS[result]}</b>
            <div>
              {sentence}
              {result === "fail" && (
                <>
                  <span class="aside"> {next}</span>{" "}
                  {exchanges.map((number) => (
                    <button key={number} type="button" class="quiet" onClick={() => onChoose(number)}>
                      request {number}
                    </button>
                  ))}
                </>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface Rule {
  readonly key: string;
  readonly sentence: string;
  readonly result: Schemas["ConductResult"];
  readonly next: string;
  readonly exchanges: readonly number[];
}

async function rulesFor(id: string): Promise<readonly Rule[]> {
  const { clients } = await answerOf(api.GET("/sessions/{session}/conduct", inSession()));
  return clients.flatMap(({ client, checks, tasks }) =>
    tasks
      .filter((one) => one.id === id)
      .flatMap((one) => one.checks)
      .filter(({ result }) => result !== "not-exercised")
      .map(({ id: rule, result, exchanges }) => {
        const { sentence = rule, next = "" } = checks.find((check) => check.id === rule) ?? {};
        return { key: `${client} ${rule}`, sentence, result, next, exchanges };
      }),
  );
}
