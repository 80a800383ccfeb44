import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { answerOf, api, BASE, type Schemas } from "./api.js";
import { go } from "./route.js";
import { change, inSession, loadAll, scenarios, session } from "./state.js";

type Change = Schemas["SettingsChange"];

const set = (body: Change) => change(() => answerOf(api.PATCH("/sessions/{session}", { ...inSession(), body })));

/** Settings of a session; what HubSpot has not published stands as switches with what each means. */
export function SettingsPage() {
  const own = session.value;
  if (!own) return <p class="page empty">This session begins with its first request.</p>;
  const { settings } = own;
  return (
    <section class="page settings" aria-label="Settings">
      <h2>Session {own.name}</h2>
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
          ["manual", "you, with “next”"],
          ["immediate", "nothing: they end at once"],
        ]}
      />
      <Field label="Speed" hint="Factor by which tasks move faster.">
        <NumberInput min={0.01} value={settings.speed} onChange={(speed) => set({ speed })} />
      </Field>
      <h2>Limits</h2>
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
      <h2>What HubSpot has not published</h2>
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
      <h2>Snapshot</h2>
      <p class="actions">
        <a class="button" download={`${own.name}.snapshot.json`} href={`${BASE}/sessions/${own.name}/snapshot`}>
          export
        </a>
        <label class="button">
          import…
          <input
            type="file"
            class="hidden"
            accept="application/json,.json"
            onChange={({ currentTarget }) => restore(currentTarget.files?.[0])}
          />
        </label>
        <button
          type="button"
          onClick={() => change(() => answerOf(api.POST("/sessions/{session}/reset", inSession())).then(loadAll))}
        >
          reset the session
        </button>
        {own.name !== "default" && (
          <button type="button" onClick={remove}>
            remove the session
          </button>
        )}
      </p>
    </section>
  );
}

function setLimit(limit: keyof Schemas["Limits"], value: number): Promise<void> {
  const { [limit]: _, ...others } = session.value?.settings.limits ?? {};
  return set({ limits: { ...others, ...(!Number.isNaN(value) && { [limit]: value }) } });
}

function restore(file: File | undefined): Promise<void> | undefined {
  return (
    file &&
    change(async () => {
      const body = JSON.parse(await file.text().catch(() => "null")) as Schemas["Snapshot"];
      await answerOf(api.PUT("/sessions/{session}/snapshot", { ...inSession(), body }));
      await loadAll();
    })
  );
}

async function remove(): Promise<void> {
  await change(async () => {
    await answerOf(api.DELETE("/sessions/{session}", inSession()));
    go({ session: "default", page: "tasks", task: "", at: "" });
  });
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
