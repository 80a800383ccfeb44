import { useState } from "preact/hooks";
import { answerOf, api } from "./api.js";
import { Dialog, Menu } from "./parts.js";
import { go, route } from "./route.js";
import { change, clockSetting, connection, inSession, now, sessions, setClock, tasks } from "./state.js";
import { timeOfDay } from "./words.js";

export function TopBar() {
  return (
    <header class="top">
      <h1>
        <img src="./icon.svg" alt="" width="20" height="20" /> HubSpot import mock
      </h1>
      <SessionSwitch />
      <ClockControl />
      <span class={`connection ${connection.value}`} role="status">
        {{ live: "live", connecting: "connecting…", lost: "not connected" }[connection.value]}
      </span>
    </header>
  );
}

function SessionSwitch() {
  const [isNew, setIsNew] = useState(false);
  const names = sessions.value.map(({ name }) => name);
  const current = route.value.session;
  const all = names.includes(current) ? names : [...names, current];
  return (
    <>
      <label class="session">
        Session
        <select
          value={current}
          onChange={({ currentTarget }) => {
            if (currentTarget.value === "") setIsNew(true);
            else go({ session: currentTarget.value, page: "tasks", task: "", at: "" });
            currentTarget.value = route.value.session;
          }}
        >
          {all.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
          <option value="">New session…</option>
        </select>
      </label>
      {isNew && <NewSession onClose={() => setIsNew(false)} />}
    </>
  );
}

function NewSession({ onClose }: { onClose: () => void }) {
  async function create(event: SubmitEvent) {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget as HTMLFormElement).get("name"));
    await change(async () => {
      await answerOf(api.PUT("/sessions/{session}", { params: { path: { session: name } }, body: {} }));
      go({ session: name, page: "tasks", task: "", at: "" });
      onClose();
    });
  }
  return (
    <Dialog title="New session" onClose={onClose}>
      <form onSubmit={create}>
        <p>A session is a world of its own: tasks, clock, settings and requests.</p>
        <label>
          Name
          <input
            name="name"
            required
            pattern="[A-Za-z0-9][A-Za-z0-9._\-]{0,63}"
            placeholder="anna"
            title="Letters, digits, dots, dashes and underscores, at most 64"
            autofocus
          />
        </label>
        <p class="actions">
          <button type="submit" class="main">
            Create session
          </button>
        </p>
      </form>
    </Dialog>
  );
}

/** Moves the session's clock. */
async function move(call: () => Promise<Parameters<typeof setClock>[0]>): Promise<void> {
  await change(async () => setClock(await call()));
}

const advance = (by: string) =>
  move(() => answerOf(api.POST("/sessions/{session}/clock/advance", { ...inSession(), body: { by } })));

function ClockControl() {
  const { isFrozen = false, rate = 1, advancedMs = 0 } = clockSetting.value ?? {};
  const moved = [
    isFrozen && "frozen",
    rate !== 1 && `${rate}×`,
    advancedMs !== 0 && `${advancedMs < 0 ? "−" : "+"}${Math.abs(advancedMs) / 1000} s`,
  ];
  const toggle = () =>
    move(() =>
      answerOf(
        isFrozen
          ? api.POST("/sessions/{session}/clock/resume", inSession())
          : api.POST("/sessions/{session}/clock/freeze", inSession()),
      ),
    );
  return (
    <div class="clock" role="group" aria-label="Clock of the session">
      <time dateTime={new Date(now.value).toISOString()} title={new Date(now.value).toISOString()}>
        {timeOfDay(now.value)}
      </time>
      {moved.some(Boolean) && (
        <span class="moved" title="How this clock differs from this machine's">
          {moved.filter(Boolean).join(" ")}
        </span>
      )}
      <button type="button" aria-pressed={isFrozen} onClick={toggle}>
        {isFrozen ? "Resume" : "Freeze"}
      </button>
      <button type="button" onClick={() => advance("1s")}>
        +1 s
      </button>
      <button type="button" onClick={() => advance("10s")}>
        +10 s
      </button>
      <Menu label="More">
        <button type="button" onClick={() => advance("60s")}>
          +1 min
        </button>
        <button type="button" onClick={toNextChange}>
          To the next change
        </button>
        {[0.1, 1, 10, 60].map((factor) => (
          <button
            key={factor}
            type="button"
            aria-pressed={rate === factor}
            onClick={() =>
              move(() => answerOf(api.POST("/sessions/{session}/clock/rate", { ...inSession(), body: { factor } })))
            }
          >
            Clock at {factor}×
          </button>
        ))}
        <button type="button" onClick={reset}>
          Back to this machine's time
        </button>
      </Menu>
    </div>
  );
}

/** Goes to the next change of the open task, or of the task that changes first. */
async function toNextChange(): Promise<void> {
  const upcoming = tasks.value
    .flatMap(({ id, timeline = [] }) =>
      timeline.flatMap(({ at }) => (at === undefined ? [] : [{ id, at: Date.parse(at) }])),
    )
    .filter(({ at }) => at > now.value)
    .sort((one, other) => one.at - other.at);
  const taskId = route.value.task ?? upcoming[0]?.id;
  if (taskId === undefined) return;
  await move(() =>
    answerOf(api.POST("/sessions/{session}/clock/to-next-change", { ...inSession(), body: { taskId } })),
  );
}

async function reset(): Promise<void> {
  await move(async () => {
    await answerOf(api.POST("/sessions/{session}/clock/rate", { ...inSession(), body: { factor: 1 } }));
    await answerOf(
      api.POST("/sessions/{session}/clock/set", { ...inSession(), body: { to: new Date().toISOString() } }),
    );
    return answerOf(api.POST("/sessions/{session}/clock/resume", inSession()));
  });
}
