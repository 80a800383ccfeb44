import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { announce } from "./announce.js";
import { answerOf, api, BASE, type Exchange, poll, type Schemas, type Task } from "./api.js";
import { ExchangeCard } from "./exchange-card.js";
import { Body, Copy, Menu, StateBadge, Status } from "./parts.js";
import { go, route } from "./route.js";
import { errorsSeen, scenarioSource } from "./scenario-file.js";
import { fetchSnippet, mswSnippet, vitestSnippet } from "./snippets.js";
import { change, inSession, isListed, now, ofTask, scenarios, setClock, task, taskError, tasks } from "./state.js";
import { Steering } from "./steering.js";
import { TaskConduct } from "./task-conduct.js";
import { NARROW, NoTasks } from "./task-list.js";
import { Timeline } from "./timeline.js";
import { indented, seconds, splitName, stateAt, timeOfDay, visible } from "./words.js";

export function TaskView() {
  const id = route.value.task;
  if (id === undefined) {
    return (
      <section class="detail empty" aria-label="Task">
        {tasks.value.length > 0 && <p>Choose a task to see its states and requests, and what its next polls get.</p>}
        {tasks.value.length === 0 && isListed.value && <NoTasks />}
      </section>
    );
  }
  if (taskError.value !== undefined) {
    return (
      <section class="detail empty" aria-label="Task">
        <p role="alert">{taskError.value}</p>
      </section>
    );
  }
  return task.value?.id === id ? (
    <OpenTask key={id} task={task.value} />
  ) : (
    <section class="detail" aria-label="Task" aria-busy="true" />
  );
}

function OpenTask({ task: one }: { task: Task }) {
  const { number, scenario } = splitName(one.name);
  const [chosen, setChosen] = useState<number>();
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const { activeElement } = document;
    // The list, which had the focus, has given way to the task.
    const isLost = activeElement === document.body || activeElement?.checkVisibility() === false;
    if (NARROW.matches && isLost) back.current?.focus();
  }, []);
  const about = scenarios.value.find(({ name }) => name === one.scenario.split(";")[0]);
  const exchange = one.exchanges.find(({ id }) => id === chosen);
  const [error] = errorsSeen(one.exchanges) ?? [];
  const [start] = one.exchanges.filter(({ operation }) => operation === "importFromUrl");
  return (
    <section class="detail" aria-label={`Task ${one.name}`}>
      <header>
        <button type="button" class="quiet back" ref={back} onClick={() => go({ task: "", at: "" })}>
          ← All tasks
        </button>
        <h2>
          <span class="number">{number}</span> {scenario} <StateBadge state={stateAt(one, now.value)} />
        </h2>
        <p class="aside">
          {visible(one.draft.fileName)} · {one.draft.access} ·{" "}
          {visible(one.draft.folderPath ?? one.draft.folderId ?? "")} · started{" "}
          <time dateTime={one.requestedAt} title={one.requestedAt}>
            {timeOfDay(one.requestedAt)}
          </time>
        </p>
        {one.forcedAt !== undefined && (
          <p class="forced">
            A person chose this state at{" "}
            <time dateTime={one.forcedAt} title={one.forcedAt}>
              {timeOfDay(one.forcedAt, true)}
            </time>
            , {seconds(Date.parse(one.forcedAt) - Date.parse(one.requestedAt))} after the import.
          </p>
        )}
        {about && (
          <p>
            <span class="aside">Scenario:</span> {about.summary}
          </p>
        )}
        {typeof error?.message === "string" && (
          <p>
            <span class="aside">Error that a poll got:</span> {visible(error.message)}
          </p>
        )}
      </header>
      <Timeline task={one} chosen={chosen} onChoose={setChosen} />
      <Preview task={one} />
      <Steering task={one} />
      <div class="actions">
        <button type="button" onClick={() => change(() => poll(one.id))}>
          Poll now
        </button>
        <Menu label="Copy">
          <Copy label="As curl" text={() => curlOf(one)} />
          <Copy label="As fetch" text={fetchSnippet(one, BASE)} />
          <Copy label="As a Vitest test" text={vitestSnippet(one)} />
          <Copy label="As an MSW snippet" text={mswSnippet(one)} />
          <Copy label={`#mock=${one.scenario}`} text={`#mock=${one.scenario}`} />
          <Copy label="Link to this task" text={() => Promise.resolve(location.href)} />
        </Menu>
        <button
          type="button"
          title="Download a scenario file. Load it with mock --scenarios DIRECTORY"
          onClick={() => save(`${scenario.split(";")[0]}-as-played.yaml`, scenarioSource(one))}
        >
          Save as scenario
        </button>
        <a
          class="button"
          download="journal.har"
          title="All requests of this session as a HAR file"
          href={`${BASE}/sessions/${route.value.session}/journal.har`}
        >
          Session as HAR
        </a>
      </div>
      {exchange && <ExchangeCard exchange={exchange} isOpen />}
      {start && chosen !== start.id && <ExchangeCard exchange={start} />}
      <Polls exchanges={one.exchanges} chosen={chosen} onChoose={setChosen} from={Date.parse(one.requestedAt)} />
      <TaskConduct id={one.id} polls={one.polls} onChoose={setChosen} />
    </section>
  );
}

/** The curl command of the task's last request; of a poll where it has none. */
async function curlOf({ exchanges, id }: Task): Promise<string> {
  const last = exchanges.at(-1);
  if (!last)
    return `curl -sS '${BASE}/../files/v3/files/import-from-url/async/tasks/${id}/status' -H 'Authorization: Bearer any'`;
  const call = api.GET("/sessions/{session}/journal/{exchange}/curl", {
    params: { path: { session: last.session, exchange: last.id } },
    parseAs: "text",
  });
  return String(await answerOf(call));
}

function save(name: string, text: string): void {
  const link = Object.assign(document.createElement("a"), {
    download: name,
    href: URL.createObjectURL(new Blob([text])),
  });
  link.click();
  URL.revokeObjectURL(link.href);
}

/** What a poll at the chosen moment would be answered; nothing of it happens. */
function Preview({ task: one }: { task: Task }) {
  const { at } = route.value;
  const [answer, setAnswer] = useState<Schemas["Preview"]>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    setProblem(undefined);
    if (at === undefined) {
      setAnswer(undefined);
      return;
    }
    const timer = setTimeout(async () => {
      try {
        const { params } = ofTask(one.id);
        const call = api.GET("/sessions/{session}/tasks/{task}/preview", { params: { ...params, query: { at } } });
        const found = await answerOf(call);
        setAnswer(found);
        announce(`Preview: ${found.response?.status ?? "no response"} ${found.state ?? ""}`);
      } catch (error) {
        setProblem((error as Error).message);
      }
    }, 60);
    return () => clearTimeout(timer);
  }, [at, one]);
  const body = useMemo(() => indented(answer?.response?.body ?? ""), [answer]);
  if (at === undefined) return null;
  const pin = () =>
    change(async () => {
      await answerOf(api.POST("/sessions/{session}/clock/freeze", inSession()));
      setClock(await answerOf(api.POST("/sessions/{session}/clock/set", { ...inSession(), body: { to: at } })));
      go({ at: "" }, false);
    });
  return (
    <section class="preview" aria-label="Preview">
      <h3>
        A poll {seconds(Date.parse(at) - Date.parse(one.requestedAt))} after the import would get{" "}
        {answer && <Status status={answer.response?.status} />} {answer?.state}
      </h3>
      {problem !== undefined && <p role="alert">{problem}</p>}
      {answer && <p class="aside">{answer.reason}</p>}
      {answer?.response && <Body title="Response body" text={body} />}
      <p class="actions">
        <button type="button" onClick={pin}>
          Set the clock to this moment
        </button>
        <button type="button" onClick={() => go({ at: "" }, false)}>
          Close the preview
        </button>
      </p>
    </section>
  );
}

interface Choosing {
  chosen: number | undefined;
  onChoose: (id: number | undefined) => void;
}

function Polls({ exchanges, chosen, onChoose, from }: Choosing & { exchanges: readonly Exchange[]; from: number }) {
  if (exchanges.length === 0) return <p class="aside">The journal has no request of this task.</p>;
  return (
    <section aria-label="Requests of this task">
      <h3>Requests</h3>
      <ol class="requests">
        {exchanges
          .map((one) => (
            <li key={one.id}>
              <button
                type="button"
                class="line"
                title={`Request ${one.id}`}
                aria-expanded={one.id === chosen}
                onClick={() => onChoose(one.id === chosen ? undefined : one.id)}
              >
                <span class="aside">{seconds(Date.parse(one.at) - from)}</span> <span>{one.request.method}</span>
                <Status status={one.response?.status} />
                <span>{one.state ?? ""}</span>
                <span class="effect">
                  {one.isInjected && "injected: "}
                  {one.effect ?? ""}
                </span>
              </button>
            </li>
          ))
          .reverse()}
      </ol>
    </section>
  );
}
