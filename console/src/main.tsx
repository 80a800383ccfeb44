import { render } from "preact";
import { announcement } from "./announce.js";
import { UNREACHABLE } from "./api.js";
import { ConductPage, CoveragePage } from "./judged-pages.js";
import { keepFocus } from "./keep-focus.js";
import { follow, start } from "./live.js";
import { NewTask } from "./new-task.js";
import { RequestsPage } from "./requests-page.js";
import { hrefOf, PAGES, route } from "./route.js";
import { SettingsPage } from "./settings-page.js";
import { connection, failure } from "./state.js";
import { TaskList } from "./task-list.js";
import { TaskView } from "./task-view.js";
import { TopBar } from "./top-bar.js";

function App() {
  const { session, page, task } = route.value;
  const isSilent = connection.value === "lost" && [undefined, UNREACHABLE].includes(failure.value);
  return (
    <>
      <TopBar />
      <nav aria-label="Pages">
        {PAGES.map((one) => (
          <a key={one} href={hrefOf({ session, page: one })} aria-current={one === page ? "page" : undefined}>
            {one[0]?.toUpperCase() + one.slice(1)}
          </a>
        ))}
        <NewTask />
      </nav>
      {isSilent && (
        <p class="banner" role="alert">
          The mock does not answer. This page connects again by itself; to start the mock:{" "}
          <code>npx hubspot-import-kit mock</code>
        </p>
      )}
      {failure.value !== undefined && !isSilent && (
        <p class="banner bad" role="alert">
          {failure.value}{" "}
          <button type="button" class="quiet" aria-label="Dismiss" onClick={() => (failure.value = undefined)}>
            ✕
          </button>
        </p>
      )}
      <main class={`${page} ${task === undefined ? "" : "open"}`}>
        {page === "tasks" && (
          <>
            <TaskList />
            <TaskView />
          </>
        )}
        {page === "requests" && <RequestsPage />}
        {page === "conduct" && <ConductPage />}
        {page === "coverage" && <CoveragePage />}
        {page === "settings" && <SettingsPage />}
      </main>
      <p class="hidden" aria-live="polite">
        {announcement}
      </p>
    </>
  );
}

// What the page asks for comes before its first frame: to draw that twice takes longer than to wait.
await start();
keepFocus();
render(<App />, document.getElementById("app") as HTMLElement);
follow();
