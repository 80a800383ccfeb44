import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { ApiError, answerOf, api, BASE, type Schemas } from "./api.js";
import { ConfirmButton, ConfirmDialog } from "./parts.js";
import { go } from "./route.js";
import { change, inSession, loadAll, scenarios, session } from "./state.js";
import { count } from "./words.js";

type Change = Schemas["SettingsChange"];

const set = (body: Change) => change(() => answerOf(api.PATCH("/sessions/{session}", { ...inSession(), body })));

/** Settings of a session; what HubSpot has not published stands as switches with what each means. */
export function SettingsPage() {
  const own = session.value;
  if (!own) return <p class="page empty">This session begins with its first request.</p>;
  const { settings } = own;
  return (
    <section class="page settings" aria-label="Settings">
      <Group title={`Session ${own.name}`}>
        <dl>
          <dt>Base URL</dt>
          <dd>
            <code>{own.baseUrl}</code>
          </dd>
          <dt>Token</dt>
          <dd>
            <code>{own.token}</code>
          </dd>
        </dl>
      </Group>
      <Group title="Tasks">
        <Choice
          label="Scenario of imports that choose none"
          value={settings.scenario}
          onChange={(scenario) => set({ scenario })}
          values={[...new Set([settings.scenario, ...scenarios.value.map(({ name }) => name)])].map((name) => [
            name,
            name,
          ])}
        />
        <Choice
          label="What moves tasks"
          value={settings.pace}
          onChange={(pace) => set({ pace: pace as NonNullable<Change["pace"]> })}
          values={[
            ["time", "the clock"],
            ["polls", "each poll"],
            ["manual", "you, with “Next step”"],
            ["immediate", "nothing: they end at once"],
          ]}
        />
        <Field label="Speed" hint="Factor by which tasks move faster.">
          <NumberInput min={0.01} value={settings.speed} onChange={(speed) => set({ speed })} />
        </Field>
      </Group>
      <Group title="Limits">
        {(["secondly", "tenSecondly", "daily"] as const).map((limit) => (
          <Field
            key={limit}
            label={
              { secondly: "Requests in a second", tenSecondly: "Requests in ten seconds", daily: "Requests in a day" }[
                limit
              ]
            }
            hint="Empty: no limit. Requests beyond it get a 429."
          >
            <NumberInput min={1} value={settings.limits[limit]} onChange={(value) => setLimit(limit, value)} />
          </Field>
        ))}
      </Group>
      <Group title="What HubSpot has not published">
        <Choice
          label="Status before the end"
          value={String(settings.inFlightStatus)}
          onChange={(value) => set({ inFlightStatus: Number(value) as 200 | 202 })}
          values={[
            ["200", "200"],
            ["202", "202: some clients then report nothing"],
          ]}
        />
        <Choice
          label="Dates that do not apply yet"
          value={settings.inFlightDates}
          onChange={(value) => set({ inFlightDates: value as NonNullable<Change["inFlightDates"]> })}
          values={[
            ["omit", "are left out"],
            ["null", "are null"],
            ["filled", "are filled, as the published document requires"],
          ]}
        />
        <Choice
          label="How a failed import ends"
          value={settings.failure}
          onChange={(value) => set({ failure: value as NonNullable<Change["failure"]> })}
          values={[
            ["canceled", "CANCELED with errors"],
            ["complete", "COMPLETE with errors and no result"],
            ["silent", "CANCELED without errors"],
          ]}
        />
      </Group>
      <SnapshotActions own={own} />
    </section>
  );
}

function SnapshotActions({ own: { name, tasks, exchanges } }: { own: Schemas["Session"] }) {
  const [file, setFile] = useState<File>();
  const contents = `${count(tasks, "task")} and ${count(exchanges, "request")} of the session ${name}`;
  const reset = () => change(() => answerOf(api.POST("/sessions/{session}/reset", inSession())), loadAll);
  return (
    <Group title="Snapshot">
      <div class="actions">
        <a class="button" download={`${name}.snapshot.json`} href={`${BASE}/sessions/${name}/snapshot`}>
          Export
        </a>
        <label class="button">
          Import…
          <input
            type="file"
            class="hidden"
            accept="application/json,.json"
            onChange={({ currentTarget }) => {
              setFile(currentTarget.files?.[0]);
              // The same file can be chosen again.
              currentTarget.value = "";
            }}
          />
        </label>
        <ConfirmButton
          label="Reset the session…"
          title={`Reset the session ${name}?`}
          lost={`${contents} will be gone, with its clock, its coverage and the settings that were changed. It begins again as when the mock started.`}
          action="Reset the session"
          onConfirm={reset}
        />
        {name !== "default" && (
          <ConfirmButton
            label="Remove the session…"
            title={`Remove the session ${name}?`}
            lost={`${contents} will be gone, with its clock and settings. A request that names the session begins it anew.`}
            action="Remove the session"
            onConfirm={remove}
          />
        )}
      </div>
      {file && (
        <ConfirmDialog
          title={`Replace the session ${name}?`}
          lost={`${contents} will be gone, with its clock and settings. What ${file.name} has takes their place.`}
          action="Import the snapshot"
          onConfirm={() => restore(file)}
          onClose={() => setFile(undefined)}
        />
      )}
    </Group>
  );
}

function setLimit(limit: keyof Schemas["Limits"], value: number): Promise<void> {
  const { [limit]: _, ...others } = session.value?.settings.limits ?? {};
  return set({ limits: { ...others, ...(!Number.isNaN(value) && { [limit]: value }) } });
}

function restore(file: File): Promise<void> {
  return change(async () => {
    const body = snapshotIn(await file.text(), file.name);
    await answerOf(api.PUT("/sessions/{session}/snapshot", { ...inSession(), body }));
  }, loadAll);
}

function snapshotIn(text: string, name: string): Schemas["Snapshot"] {
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(`${name} is not JSON. Choose a file that was exported here.`, 0);
  }
}

async function remove(): Promise<void> {
  await change(async () => {
    await answerOf(api.DELETE("/sessions/{session}", inSession()));
    go({ session: "default", page: "tasks", task: "", at: "" });
  });
}

function Group({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="card">
      <h2>{title}</h2>
      <div class="fields">{children}</div>
    </section>
  );
}

function Field({ label, hint, children }: { label: string; hint?: string; children: ComponentChildren }) {
  return (
    <label class="field">
      <span>{label}</span>
      {children}
      {hint !== undefined && <small>{hint}</small>}
    </label>
  );
}

interface NumberInputProps {
  min: number;
  value: number | undefined;
  onChange: (value: number) => void;
}

/** Takes over the setting when it changes, and not with each change of the session: a person may be typing. */
function NumberInput({ min, value, onChange }: NumberInputProps) {
  const element = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (element.current) element.current.value = String(value ?? "");
  }, [value]);
  return (
    <input
      ref={element}
      type="number"
      min={min}
      step={min < 1 ? "any" : 1}
      onChange={({ currentTarget }) => onChange(currentTarget.valueAsNumber)}
    />
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  values: readonly (readonly [value: string, meaning: string])[];
  onChange: (value: string) => void;
}

function Choice({ label, value, values, onChange }: ChoiceProps) {
  return (
    <Field label={label}>
      <select value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
        {values.map(([one, meaning]) => (
          <option key={one} value={one}>
            {meaning}
          </option>
        ))}
      </select>
    </Field>
  );
}
