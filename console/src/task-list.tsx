import { computed, signal } from "@preact/signals";
import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from "@tanstack/virtual-core";
import { useEffect, useReducer, useRef, useState } from "preact/hooks";
import { IMPORT_PATH, ROOT, type State, type TaskSummary } from "./api.js";
import { openNewTask } from "./new-task.js";
import { Copy, StateBadge } from "./parts.js";
import { go, route } from "./route.js";
import { clients, isListed, now, tasks } from "./state.js";
import { age, count, splitName, stateAt, visible } from "./words.js";

const text = signal("");
const states = signal<ReadonlySet<State>>(new Set());

const STATES: readonly State[] = ["PENDING", "PROCESSING", "COMPLETE", "CANCELED"];

/** Newest first: the tasks that the filters let through. */
const shown = computed(() => {
  const wanted = text.value.trim().toLowerCase();
  const found = tasks.value.filter((task) => {
    if (states.value.size > 0 && !states.value.has(stateAt(task, now.value))) return false;
    return wanted === "" || `${task.name} ${task.id} ${task.draft.fileName}`.toLowerCase().includes(wanted);
  });
  return found.reverse();
});

function toggle(state: State): void {
  const chosen = new Set(states.value);
  if (!chosen.delete(state)) chosen.add(state);
  states.value = chosen;
}

export function TaskList() {
  const all = tasks.value.length;
  return (
    <section class="list" aria-label="Tasks">
      <div class="filters">
        <input
          type="search"
          placeholder="Filter tasks"
          title="By scenario, file name or id"
          aria-label="Filter tasks"
          value={text}
          onInput={({ currentTarget }) => (text.value = currentTarget.value)}
        />
        <div role="group" aria-label="States">
          {STATES.map((state) => (
            <button
              key={state}
              type="button"
              class="filter"
              aria-pressed={states.value.has(state)}
              onClick={() => toggle(state)}
            >
              <StateBadge state={state} isShort />
            </button>
          ))}
        </div>
      </div>
      {all === 0 && isListed.value && <NoTasks />}
      {all > 0 && shown.value.length === 0 && <p class="empty">No task matches the filter.</p>}
      {shown.value.length > 0 && <Rows tasks={shown.value} />}
      <footer>
        {shown.value.length === all ? count(all, "task") : `${shown.value.length} of ${count(all, "task")}`}
      </footer>
    </section>
  );
}

const ROW_HEIGHT = 52;
/** Where the list and the open task take turns, as in style.css: the arrow keys then choose, and Enter opens. */
export const NARROW = matchMedia("(max-width: 52rem)");

/** A list of which only the rows in view are in the document. */
function Rows({ tasks: rows }: { tasks: readonly TaskSummary[] }) {
  const scroll = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<string>();
  const [, update] = useReducer((times: number) => times + 1, 0);
  const [list] = useState(
    () =>
      new Virtualizer<HTMLDivElement, Element>({
        count: 0,
        getScrollElement: () => scroll.current,
        estimateSize: () => ROW_HEIGHT,
        overscan: 4,
        // The list is not higher than the window. Its own height is known only after the first frame.
        initialRect: { width: innerWidth, height: innerHeight },
        scrollToFn: elementScroll,
        observeElementRect,
        observeElementOffset,
        onChange: () => update(undefined),
      }),
  );
  list.setOptions({ ...list.options, count: rows.length });
  useEffect(() => list._didMount(), [list]);
  useEffect(() => list._willUpdate());

  const isTaskOpen = route.value.task !== undefined;
  const wasTaskOpen = useRef(isTaskOpen);
  useEffect(() => {
    const isBack = wasTaskOpen.current && !isTaskOpen;
    wasTaskOpen.current = isTaskOpen;
    // The task, which had the focus, has given way to the list.
    if (isBack && document.activeElement?.contains(scroll.current)) scroll.current?.focus();
  }, [isTaskOpen]);
  const isNarrow = NARROW.matches;
  const open = rows.findIndex(({ id }) => id === (isNarrow ? chosen : route.value.task));
  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -rows.length, End: rows.length }[
      event.key
    ];
    const here = rows[open];
    if (event.key === "Enter" && here) go({ task: here.id, at: "" });
    if (step === undefined || rows.length === 0) return;
    event.preventDefault();
    const next = Math.min(Math.max(0, open < 0 ? 0 : open + step), rows.length - 1);
    const task = rows[next]?.id ?? "";
    if (isNarrow) setChosen(task);
    else go({ task, at: "" }, false);
    list.scrollToIndex(next);
  }
  return (
    <div
      class="rows"
      ref={scroll}
      role="listbox"
      tabIndex={0}
      aria-label="Tasks, newest first"
      aria-activedescendant={open < 0 ? undefined : `task-${open}`}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" style={{ height: `${list.getTotalSize()}px` }}>
        {list.getVirtualItems().map(({ index, start }, _, { length }) => {
          const task = rows[index];
          // A row that leaves the view becomes the one that comes into it.
          return (
            task && (
              <Row
                key={index % length}
                task={task}
                index={index}
                size={rows.length}
                top={start}
                isOpen={index === open}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

interface RowProps {
  task: TaskSummary;
  index: number;
  size: number;
  top: number;
  isOpen: boolean;
}

function Row({ task, index, size, top, isOpen }: RowProps) {
  const { number, scenario } = splitName(task.name);
  const client = clients.value.get(task.id);
  return (
    <div
      id={`task-${index}`}
      class="row"
      role="option"
      aria-selected={isOpen}
      aria-posinset={index + 1}
      aria-setsize={size}
      style={{ top: `${top}px` }}
      onClick={() => go({ task: task.id, at: "" })}
    >
      <StateBadge state={stateAt(task, now.value)} isShort />
      <span class="name">
        <b>{number}</b> {scenario}
      </span>
      <span class="aside" title={task.requestedAt}>
        {age(now.value - Date.parse(task.requestedAt))}
      </span>
      <span class="file">
        {visible(task.draft.fileName)}
        {client !== undefined && ` · ${visible(client)}`}
        {task.forcedAt !== undefined && <b title={`A person chose the state at ${task.forcedAt}`}> · set by hand</b>}
      </span>
      <span class="aside">{count(task.polls, "poll")}</span>
    </div>
  );
}

/** What to do where nothing has happened yet. */
export function NoTasks() {
  const name = route.value.session;
  const base = name === "default" ? ROOT : `${ROOT}/s/${name}`;
  const body = '{"url":"https://example.com/cat.png#mock=canceled","access":"PRIVATE","folderPath":"/library"}';
  const command = `curl -sS '${base}${IMPORT_PATH}' -H 'Authorization: Bearer any' -H 'Content-Type: application/json' -d '${body}'`;
  const code = `await fetch("${base}${IMPORT_PATH}", {
  method: "POST",
  headers: { Authorization: "Bearer any", "Content-Type": "application/json" },
  body: JSON.stringify(${body}),
});
`;
  return (
    <div class="empty first">
      <h2>No imports yet</h2>
      <p>
        Let your app call <code>{base}</code> in place of <code>https://api.hubapi.com</code>, or start one here.
      </p>
      <p>
        To choose what happens, put a scenario behind the file's URL: <code>#mock=canceled</code>.
      </p>
      <p>
        <button type="button" class="main" onClick={openNewTask}>
          New task
        </button>
      </p>
      <pre tabIndex={0}>{command}</pre>
      <p class="actions">
        <Copy label="Copy as curl" text={command} />
        <Copy label="Copy as fetch" text={code} />
      </p>
    </div>
  );
}
