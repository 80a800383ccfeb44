import { useState } from "preact/hooks";
import { answerOf, api, type Schemas, type State, type Task } from "./api.js";
import { Dialog, Menu, StateBadge } from "./parts.js";
import { change, now, ofTask, session } from "./state.js";
import { count, stateAt } from "./words.js";

type Injected = Schemas["InjectedAnswer"];

const LIMITED: Injected = { error: "rate-limited", retryAfter: "5s" };
const EXPIRED: Injected = { error: "expired-token" };

/** What a next poll can get, by what it does. */
const FAULTS: readonly { readonly label: string; readonly fault: Injected }[] = [
  { label: "429, wait 5 s", fault: LIMITED },
  { label: "429 without Retry-After", fault: { error: "rate-limited" } },
  { label: "401, token expired", fault: EXPIRED },
  { label: "403, scope missing", fault: { error: "missing-scopes" } },
  { label: "404, not found", fault: { error: "not-found" } },
  { label: "500, internal error", fault: { error: "internal-error" } },
  { label: "503, page of the edge", fault: { page: 503 } },
  { label: "Connection reset", fault: { wire: "reset" } },
  { label: "No response at all", fault: { wire: "black-hole" } },
  { label: "Body cut off", fault: { body: "truncated" } },
  { label: "Malformed JSON", fault: { body: "malformed" } },
  { label: "Empty body", fault: { body: "empty" } },
];

const NEXT_STATES: Readonly<Record<State, readonly State[]>> = {
  PENDING: ["PROCESSING", "COMPLETE", "CANCELED"],
  PROCESSING: ["COMPLETE", "CANCELED"],
  COMPLETE: [],
  CANCELED: [],
};

/** Buttons that change what the task does next. */
export function Steering({ task }: { task: Task }) {
  const [isCanceling, setIsCanceling] = useState(false);
  const [isCustom, setIsCustom] = useState(false);
  const [times, setTimes] = useState(1);
  const inject = (fault: Injected) =>
    change(() =>
      answerOf(api.POST("/sessions/{session}/tasks/{task}/answers", { ...ofTask(task.id), body: { ...fault, times } })),
    );
  const force = (body: Schemas["ForcedState"]) =>
    change(() => answerOf(api.PUT("/sessions/{session}/tasks/{task}/state", { ...ofTask(task.id), body })));
  const possible = NEXT_STATES[stateAt(task, now.value)];
  return (
    <section class="steering" aria-label="Change what happens">
      <div role="group" aria-label="Put the task into a state">
        {possible.length > 0 && <span class="label">Set state</span>}
        {possible.map((state) => (
          <button
            key={state}
            type="button"
            onClick={() => (state === "CANCELED" ? setIsCanceling(true) : force({ state }))}
          >
            <StateBadge state={state} />
            {state === "CANCELED" && " with message…"}
          </button>
        ))}
        {possible.length === 0 && <span class="aside">This state is final. Start a new task to see another.</span>}
      </div>
      {session.value?.settings.pace === "manual" && possible.length > 0 && (
        <button
          type="button"
          onClick={() => change(() => answerOf(api.POST("/sessions/{session}/tasks/{task}/next", ofTask(task.id))))}
        >
          Next step
        </button>
      )}
      <div role="group" aria-label="Next responses">
        <span class="label">Inject</span>
        <button type="button" onClick={() => inject(LIMITED)}>
          429 next
        </button>
        <button type="button" onClick={() => inject(EXPIRED)}>
          Expire token
        </button>
        <Menu label="More faults">
          {FAULTS.map(({ label, fault }) => (
            <button key={label} type="button" onClick={() => inject(fault)}>
              {label}
            </button>
          ))}
          <button type="button" onClick={() => setIsCustom(true)}>
            A response of your own…
          </button>
        </Menu>
        <label class="times">
          for
          <input
            type="number"
            min={1}
            max={1000}
            value={times}
            onInput={({ currentTarget }) => setTimes(Math.max(1, currentTarget.valueAsNumber || 1))}
          />
          {times === 1 ? "poll" : "polls"}
        </label>
        {task.injected > 0 && (
          <span class="moved" role="status">
            Waiting for a poll: {count(task.injected, "injected response")}
          </span>
        )}
      </div>
      {isCanceling && <CancelDialog onClose={() => setIsCanceling(false)} onCancel={force} />}
      {isCustom && <CustomDialog onClose={() => setIsCustom(false)} onInject={inject} />}
    </section>
  );
}

function CancelDialog({
  onClose,
  onCancel,
}: {
  onClose: () => void;
  onCancel: (body: Schemas["ForcedState"]) => Promise<void>;
}) {
  async function submit(event: SubmitEvent) {
    event.preventDefault();
    const message = String(new FormData(event.currentTarget as HTMLFormElement).get("message"));
    await onCancel({ state: "CANCELED", ...(message !== "" && { error: { message } }) });
    onClose();
  }
  return (
    <Dialog title="Cancel the task" onClose={onClose}>
      <form onSubmit={submit}>
        <label>
          Message of its error
          <input
            name="message"
            maxLength={10_000}
            placeholder="The file is larger than this account allows."
            autofocus
          />
        </label>
        <p class="actions">
          <button type="submit" class="main">
            Cancel the task
          </button>
        </p>
      </form>
    </Dialog>
  );
}

function CustomDialog({ onClose, onInject }: { onClose: () => void; onInject: (fault: Injected) => Promise<void> }) {
  async function submit(event: SubmitEvent) {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const text = String(data.get("body"));
    await onInject({
      answer: { status: Number(data.get("status")), ...(text !== "" && { body: parsed(text) as never }) },
    });
    onClose();
  }
  return (
    <Dialog title="A response of your own" onClose={onClose}>
      <form onSubmit={submit}>
        <label>
          Status
          <input name="status" type="number" min={200} max={599} defaultValue={418} required autofocus />
        </label>
        <label>
          Body, JSON or text
          <textarea name="body" rows={6} spellcheck={false} />
        </label>
        <p class="actions">
          <button type="submit" class="main">
            Inject into the next poll
          </button>
        </p>
      </form>
    </Dialog>
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
