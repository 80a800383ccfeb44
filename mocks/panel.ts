import { Component, h, render, type VNode } from "preact";
import type { Conduct } from "../src/judge/session-conduct.js";
import type { Effect } from "../src/scenario/effect.js";
import type { TaskView } from "../src/session/steering.js";
import type { Simulator } from "../src/simulator/simulator.js";
import { UserError } from "../src/user-error.js";

/** A panel that is open. */
export interface OpenPanel {
  /** Removes it from the page. */
  readonly close: () => void;
}

interface PanelProps {
  readonly simulator: Simulator;
  readonly conduct: () => Promise<Conduct>;
  readonly onClose: () => void;
}

interface PanelState {
  readonly isFolded: boolean;
  /** Rules that the app broke, with what to do. */
  readonly broken: readonly Rule[];
  /** The error of the last click. */
  readonly problem: string | undefined;
}

type Rule = Pick<Conduct["clients"][number]["checks"][number], "id" | "sentence" | "next">;

/** More tasks than a developer needs while an app runs. */
const MAX_TASKS = 50;

const SIGNS = { PENDING: "◌", PROCESSING: "◐", COMPLETE: "✓", CANCELED: "✕" } as const;

const NEXT = {
  PENDING: ["PROCESSING", "COMPLETE", "CANCELED"],
  PROCESSING: ["COMPLETE", "CANCELED"],
  COMPLETE: [],
  CANCELED: [],
} as const satisfies Record<TaskView["status"], readonly TaskView["status"][]>;

/** The effects for the next poll, by the label of their button. */
const FAULTS: Readonly<Record<string, Effect>> = {
  "429 next": { error: "rate-limited", retryAfterMs: 5000 },
  "401 next": { error: "expired-token" },
  "503 next": { page: 503 },
  "reset next": { wire: "reset" },
};

/**
 * Shows the mock's tasks in a drawer at the page's right edge, in a shadow root, and lets a person change what they do.
 *
 * @throws UserError `no-page` outside a page
 * @see docs/msw.md
 */
export function openPanel(simulator: Simulator, conduct: () => Promise<Conduct>): OpenPanel {
  if (typeof document === "undefined") {
    throw new UserError("no-page", "mock.panel() draws into a page. Call it in a browser, where the app runs.");
  }
  const host = document.createElement("hubspot-import-mock");
  const root = host.attachShadow({ mode: "open" });
  // A style element would need the page's content security policy to allow it.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(PANEL_STYLE);
  root.adoptedStyleSheets = [sheet];
  const close = () => {
    render(null, root);
    host.remove();
  };
  document.body.append(host);
  render(h(Panel, { simulator, conduct, onClose: close }), root);
  return { close };
}

class Panel extends Component<PanelProps, PanelState> {
  override state: PanelState = { isFolded: false, broken: [], problem: undefined };
  #unfollow = () => {};
  #clock: ReturnType<typeof setInterval> | undefined;
  #judging: ReturnType<typeof setTimeout> | undefined;

  override componentDidMount(): void {
    this.#unfollow = this.props.simulator.follow(() => this.#refresh());
    // Under pace time, tasks move without a request.
    this.#clock = setInterval(() => this.setState({}), 500);
    this.#refresh();
  }

  override componentWillUnmount(): void {
    this.#unfollow();
    clearInterval(this.#clock);
    clearTimeout(this.#judging);
  }

  #refresh(): void {
    this.setState({});
    // Judging takes longer than drawing: done once for requests that come together.
    this.#judging ??= setTimeout(() => void this.#judge(), 300);
  }

  async #judge(): Promise<void> {
    const { clients } = await this.props.conduct();
    this.#judging = undefined;
    const failed = clients.flatMap(({ checks }) => checks.filter(({ result }) => result === "fail"));
    this.setState({ broken: [...new Map(failed.map((check) => [check.id, check])).values()] });
  }

  #do(action: () => unknown): void {
    try {
      action();
      this.setState({ problem: undefined });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      this.setState({ problem: error.message });
    }
  }

  render({ simulator, onClose }: PanelProps, { isFolded, broken, problem }: PanelState): VNode {
    const tasks = simulator.tasks();
    const unfold = () => this.setState({ isFolded: !isFolded });
    const warning = broken.length > 0 && ` · ${broken.length} broken ${broken.length === 1 ? "rule" : "rules"}`;
    if (isFolded) return button({ onClick: unfold, class: "pill" }, `HubSpot mock · ${tasks.length} tasks`, warning);
    return element("aside", { "aria-label": "HubSpot mock" }, [
      element("header", {}, [
        element("b", {}, "HubSpot mock"),
        button({ onClick: unfold, "aria-label": "Fold" }, "–"),
        button({ onClick: onClose, "aria-label": "Close" }, "✕"),
      ]),
      problem !== undefined && element("p", { role: "alert", class: "problem" }, problem),
      this.#imports(),
      tasks.length === 0 && element("p", {}, "No imports yet. Start one in the app."),
      element(
        "ol",
        { "aria-label": "Tasks, newest first" },
        tasks
          .slice(-MAX_TASKS)
          .reverse()
          .map((task) => this.#task(task)),
      ),
      broken.length > 0 &&
        element("section", { class: "broken" }, [
          element("b", {}, "Broken rules"),
          element(
            "ul",
            {},
            broken.map(({ id, sentence, next }) =>
              element("li", { key: id }, [`✕ ${sentence} `, element("small", {}, next)]),
            ),
          ),
        ]),
    ]);
  }

  /** The controls for the next import and the mock's time. */
  #imports(): VNode {
    const { simulator } = this.props;
    const { scenario, pace } = simulator.settings();
    const names = new Set([scenario, ...simulator.scenarios().map(({ name }) => name)]);
    const advance = (milliseconds: number) => () => this.#do(() => simulator.clock.advance(milliseconds));
    return element("p", { class: "actions" }, [
      element("label", {}, [
        "Next imports ",
        element(
          "select",
          {
            value: scenario,
            onChange: ({ currentTarget }: { readonly currentTarget: HTMLSelectElement }) =>
              this.#do(() => simulator.use(currentTarget.value)),
          },
          [...names].map((name) => element("option", { key: name, value: name }, name)),
        ),
      ]),
      pace === "time" && button({ onClick: advance(1000) }, "+1 s"),
      pace === "time" && button({ onClick: advance(10_000) }, "+10 s"),
      button({ onClick: () => this.#do(() => simulator.reset()) }, "reset"),
    ]);
  }

  #task({ id, name, status, polls, draft }: TaskView): VNode {
    const { simulator } = this.props;
    const states: readonly TaskView["status"][] = NEXT[status];
    return element("li", { key: id }, [
      element("div", {}, [
        element("span", { class: `state ${status.toLowerCase()}` }, `${SIGNS[status]} ${status}`),
        element("b", {}, name),
      ]),
      element("small", {}, `${draft.fileName} · ${polls} ${polls === 1 ? "poll" : "polls"}`),
      element("div", { class: "actions" }, [
        ...states.map((state) =>
          button({ key: state, onClick: () => this.#do(() => simulator.force(id, state)) }, state),
        ),
        ...Object.entries(FAULTS).map(([label, fault]) =>
          button({ key: label, onClick: () => this.#do(() => simulator.inject(id, fault)) }, label),
        ),
      ]),
    ]);
  }
}

function button(properties: object, ...children: readonly unknown[]): VNode {
  return element("button", { type: "button", ...properties }, children);
}

/** Preact's `h` without its property types, which are made for JSX. */
function element(name: string, properties: object, children: unknown): VNode {
  return h(name, properties, children as never);
}

/** The panel's style inside an app: isolated from the app's own style in both directions. */
const PANEL_STYLE = `
:host { all: initial; }
aside, .pill { position: fixed; z-index: 2147483000; right: 12px; box-sizing: border-box; color-scheme: light dark;
  border: 1px solid light-dark(#dfe1e6, #2d323d); background: light-dark(#fff, #191c23); color: light-dark(#1a1d24, #e8eaf0);
  font: 13px/1.45 system-ui, sans-serif; box-shadow: 0 8px 32px rgb(0 0 0 / .2); }
aside { top: 12px; bottom: 12px; width: min(22rem, calc(100vw - 24px)); padding: 12px; overflow: auto; border-radius: 10px; }
.pill { bottom: 12px; padding: 6px 12px; border-radius: 20px; cursor: pointer; }
header { display: flex; align-items: center; gap: 4px; } header b { margin-right: auto; font-size: 14px; }
p { margin: 8px 0; } ol, ul { margin: 0; padding: 0; list-style: none; }
li { display: grid; gap: 4px; padding: 8px 0; border-top: 1px solid light-dark(#dfe1e6, #2d323d); overflow-wrap: anywhere; }
small { color: light-dark(#5b6270, #a0a8b8); }
.actions { display: flex; flex-wrap: wrap; gap: 4px; align-items: center; }
button, select { min-height: 24px; padding: 1px 8px; border: 1px solid light-dark(#dfe1e6, #2d323d); border-radius: 5px;
  background: light-dark(#f7f7f8, #111318); color: inherit; font: inherit; cursor: pointer; }
select { max-width: 11rem; }
:focus-visible { outline: 2px solid light-dark(#b83d14, #ff8f66); outline-offset: 1px; }
.state { margin-right: 8px; font-weight: 650; }
.pending { color: light-dark(#565f71, #aab3c5); } .processing { color: light-dark(#0b62a8, #7cc0ff); }
.complete { color: light-dark(#00694b, #3ecf9f); } .canceled { color: light-dark(#a23c00, #ffab75); }
.problem, .broken { padding: 8px; border-left: 3px solid light-dark(#b3261e, #ff9a8f); background: light-dark(#fde7e4, #451a15); }
`;
