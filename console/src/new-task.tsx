import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import { ACCESS } from "../../src/contract/contract.js";
import { ApiError, IMPORT_PATH, type Schemas, send } from "./api.js";
import { Copy, Dialog } from "./parts.js";
import { go } from "./route.js";
import { change, scenarios } from "./state.js";

const isOpen = signal(false);

export function openNewTask(): void {
  isOpen.value = true;
}

export function NewTask() {
  return (
    <>
      <button type="button" class="main" onClick={openNewTask}>
        New task
      </button>
      {isOpen.value && <NewTaskDialog onClose={() => (isOpen.value = false)} />}
    </>
  );
}

type Scenario = Schemas["ScenarioSummary"];

function matches({ name, summary, client = "", tags }: Scenario, text: string): boolean {
  const all = `${name} ${summary} ${client} ${tags.join(" ")}`.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}

/** What the fragment of an import's url says: the scenario, with the parameters that differ from their defaults. */
function reference({ name, parameters = [] }: Scenario, values: Readonly<Record<string, string>>): string {
  const set = parameters.flatMap(({ name: key, default: usual }) => {
    const value = values[key];
    return value === undefined || value === "" || value === usual ? [] : [`;${key}=${encodeURIComponent(value)}`];
  });
  return name + set.join("");
}

function NewTaskDialog({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState("");
  const [name, setName] = useState("happy");
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const found = scenarios.value.filter((one) => matches(one, text));
  const chosen = found.find((one) => one.name === name);
  const fragment = chosen ? `#mock=${reference(chosen, values)}` : "";

  function choose(one: string) {
    if (one === name) return;
    setName(one);
    setValues({});
  }

  /** Chooses what the list then shows first: Enter must not start a scenario that it does not show. */
  function search(words: string) {
    setText(words);
    const left = scenarios.value.filter((one) => matches(one, words));
    const [first] = grouped(left).flatMap(([, all]) => all);
    if (first && !left.some((one) => one.name === name)) choose(first.name);
  }

  async function start(event: SubmitEvent) {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const body = {
      url: `${String(data.get("url")).split("#")[0]}${fragment}`,
      access: data.get("access"),
      folderPath: data.get("folderPath"),
    };
    await change(async () => {
      const init = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
      const response = await send(IMPORT_PATH, init);
      const answer = await response.json().catch(() => ({}));
      onClose();
      if (response.status !== 202) {
        go({ page: "requests", task: "", at: "" });
        throw new ApiError(
          `The import was answered ${response.status}, as the scenario says: ${answer.message ?? "no message"}`,
          response.status,
        );
      }
      go({ page: "tasks", task: answer.id, at: "" });
    });
  }

  return (
    <Dialog title="New task" onClose={onClose}>
      <form onSubmit={start} class="new-task">
        <label>
          What should happen?
          <input
            type="search"
            placeholder="Search: 429, canceled, expired token …"
            value={text}
            onInput={({ currentTarget }) => search(currentTarget.value)}
            autofocus
          />
        </label>
        <ScenarioPicker found={found} name={name} onChoose={choose} />
        {chosen && (
          <section class="chosen" aria-label="Chosen scenario">
            <h3>{chosen.name}</h3>
            <p>{chosen.summary}</p>
            {chosen.client !== undefined && (
              <p>
                <b>A good client:</b> {chosen.client}
              </p>
            )}
            <div class="fields">
              {(chosen.parameters ?? []).map((parameter) => (
                <Parameter
                  key={`${name} ${parameter.name}`}
                  parameter={parameter}
                  onChange={(value) => setValues({ ...values, [parameter.name]: value })}
                />
              ))}
            </div>
          </section>
        )}
        <div class="fields of-file">
          <label>
            File URL
            <input name="url" type="url" required defaultValue="https://example.com/cat.png" />
          </label>
          <label>
            Access
            <select name="access">
              {ACCESS.map((one) => (
                <option key={one} selected={one === "PRIVATE"}>
                  {one}
                </option>
              ))}
            </select>
          </label>
          <label>
            Folder path
            <input name="folderPath" required pattern="/.*" defaultValue="/library" />
          </label>
        </div>
        <p class="actions">
          {chosen && <Copy label={`Copy ${fragment}`} text={fragment} />}
          <button type="submit" class="main" disabled={!chosen}>
            Start import
          </button>
        </p>
      </form>
    </Dialog>
  );
}

function ScenarioPicker({
  found,
  name,
  onChoose,
}: {
  found: readonly Scenario[];
  name: string;
  onChoose: (name: string) => void;
}) {
  if (found.length === 0) return <p class="empty">No scenario has all these words.</p>;
  return (
    <select size={8} aria-label="Scenario" value={name} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
      {grouped(found).map(([tag, all]) => (
        <optgroup key={tag} label={tag}>
          {all.map((one) => (
            <option key={one.name} value={one.name} title={one.summary}>
              {one.name} — {one.summary}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}

/** By their first tag; the lifecycle comes first. */
function grouped(found: readonly Scenario[]): readonly (readonly [tag: string, all: readonly Scenario[]])[] {
  const groups = new Map<string, Scenario[]>();
  for (const one of found) {
    const tag = one.tags[0] ?? "other";
    groups.set(tag, [...(groups.get(tag) ?? []), one]);
  }
  return [...groups].sort(([one], [other]) => Number(other === "lifecycle") - Number(one === "lifecycle"));
}

function Parameter({
  parameter,
  onChange,
}: {
  parameter: NonNullable<Scenario["parameters"]>[number];
  onChange: (value: string) => void;
}) {
  const { name, default: usual, allowed, values, description } = parameter;
  const hint = [description, allowed && `Takes ${allowed}.`].filter(Boolean).join(" ");
  return (
    <label title={hint}>
      {name}
      {values ? (
        <select onChange={({ currentTarget }) => onChange(currentTarget.value)}>
          {values.map((value) => (
            <option key={value} selected={value === usual}>
              {value}
            </option>
          ))}
        </select>
      ) : (
        <input placeholder={usual} onInput={({ currentTarget }) => onChange(currentTarget.value)} />
      )}
      <small>{hint}</small>
    </label>
  );
}
