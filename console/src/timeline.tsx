import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { layOut, PICTURE_WIDTH } from "../../src/report/timeline-layout.js";
import type { Task } from "./api.js";
import { Status } from "./parts.js";
import { go, route } from "./route.js";
import { now } from "./state.js";
import { isWait, seconds, stateAt, timeOfDay, visible } from "./words.js";

interface TimelineProps {
  task: Task;
  chosen: number | undefined;
  onChoose: (id: number) => void;
}

/**
 * A task's past and future: its states as bars, its polls as marks, and a slider along the time. Where the slider stands, the
 * page shows what a poll would be answered.
 */
export function Timeline({ task, chosen, onChoose }: TimelineProps) {
  const polls = task.exchanges.filter(({ operation }) => operation === "checkImportStatus");
  const picture = useRef<HTMLDivElement>(null);
  const width = useWidth(picture);
  const [pointed, setPointed] = useState<number>();
  const shown = polls.find(({ id }) => id === pointed);
  const pixels = (x: number) => `${x}px`;
  const from = Date.parse(task.requestedAt);
  const stages = task.timeline.flatMap(({ state, at, isReached }) =>
    at === undefined ? [] : [{ state, atMs: Date.parse(at), isReached }],
  );
  const undated = task.timeline.filter(({ at }) => at === undefined);
  const last = Math.max(from, ...polls.map(({ at }) => Date.parse(at)), ...stages.map(({ atMs }) => atMs));
  const isOver = ["COMPLETE", "CANCELED"].includes(stateAt(task, now.value));
  // The end of a task that ended long ago is not squeezed by the time since.
  const untilMs = Math.max(last + Math.max(1000, 0.15 * (last - from)), isOver ? 0 : now.value);
  const layout = layOut(
    {
      importedAtMs: from,
      polls: polls.map(({ at, response, state, id }) => ({
        atMs: Date.parse(at),
        ...(response?.status !== undefined && { status: response.status }),
        ...(state !== undefined && { state }),
        exchange: id,
      })),
    },
    isWait,
    { foresight: { sights: stages, untilMs }, width },
  );
  const { xOf } = layout;
  const at = route.value.at === undefined ? undefined : Date.parse(route.value.at);
  const shownNow = Math.min(now.value, untilMs);

  function look(moment: number): void {
    const within = Math.min(Math.max(from, Math.round(moment)), untilMs);
    go({ at: new Date(within).toISOString() }, false);
  }
  function lookAtPointer({ clientX }: PointerEvent): void {
    const box = picture.current?.getBoundingClientRect();
    if (!box) return;
    look(layout.msAt(clientX - box.left));
  }
  function onKeyDown(event: KeyboardEvent): void {
    const here = at ?? shownNow;
    const step = event.shiftKey ? 1000 : 100;
    const moments = [...stages.map(({ atMs }) => atMs), ...polls.map((poll) => Date.parse(poll.at))].sort(
      (a, b) => a - b,
    );
    const to = {
      ArrowRight: here + step,
      ArrowLeft: here - step,
      PageUp: moments.find((moment) => moment > here) ?? untilMs,
      PageDown: moments.findLast((moment) => moment < here) ?? from,
      Home: from,
      End: untilMs,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    look(to);
  }

  return (
    <figure class="timeline" aria-label="Timeline">
      <div class="scroll">
        <div
          class="picture"
          ref={picture}
          style={{ "--levels": Math.max(1, layout.levels) }}
          onPointerDown={(event) => {
            if ((event.target as Element).closest("button")) return;
            event.currentTarget.setPointerCapture(event.pointerId);
            lookAtPointer(event);
          }}
          onPointerMove={(event) =>
            event.buttons === 1 && event.currentTarget.hasPointerCapture(event.pointerId) && lookAtPointer(event)
          }
        >
          <div class="marks">
            {layout.marks.map(({ poll, polls: alike, kind, left, width: wide, level, atMs, x }) => (
              <div key={poll.exchange}>
                <i class="stem" style={{ left: pixels(x), "--level": level }} />
                <button
                  type="button"
                  class={`mark ${kind}`}
                  aria-pressed={alike.some(({ exchange }) => exchange === chosen)}
                  style={{ left: pixels(left), width: pixels(wide), "--level": level }}
                  title={`${seconds(atMs)}: ${poll.status ?? "no response"} ${poll.state ?? ""}${alike.length > 1 ? `, ${alike.length} polls` : ""}`}
                  onClick={() => onChoose(poll.exchange)}
                  onMouseEnter={() => setPointed(poll.exchange)}
                  onMouseLeave={() => setPointed(undefined)}
                  onFocus={() => setPointed(poll.exchange)}
                  onBlur={() => setPointed(undefined)}
                >
                  {layout.isDense ? "" : (poll.status ?? "no response")}
                  {alike.length > 1 && !layout.isDense && <sup>×{alike.length}</sup>}
                </button>
              </div>
            ))}
          </div>
          <div class="bands">
            {layout.bands.map(({ state, x, width: wide, label }) => {
              const stage = stages.findLast(({ atMs }) => xOf(atMs) <= x + 0.01);
              const isAhead = (stage?.atMs ?? 0) > now.value;
              return (
                <div
                  key={`${state} ${x}`}
                  class={`band ${state?.toLowerCase() ?? ""} ${isAhead ? "ahead" : ""}`}
                  style={{ left: pixels(x), width: pixels(wide) }}
                  title={`${state}${isAhead ? ", to come" : ""} from ${seconds((stage?.atMs ?? from) - from)}`}
                >
                  {label?.isInside && state}
                </div>
              );
            })}
          </div>
          <div class="axis" aria-hidden="true">
            {layout.ticks.map(({ x, label }) => (
              <span key={label} style={{ left: pixels(x) }}>
                {label}
              </span>
            ))}
          </div>
          <div class="now" style={{ left: pixels(xOf(shownNow)) }} title={`Now: ${timeOfDay(now.value)}`}>
            now{now.value > untilMs && " →"}
          </div>
          <div
            class="slider"
            role="slider"
            tabIndex={0}
            aria-label="Moment to look at"
            aria-valuemin={0}
            aria-valuemax={untilMs - from}
            aria-valuenow={Math.round((at ?? shownNow) - from)}
            aria-valuetext={`${seconds((at ?? shownNow) - from)} after the import: ${stateAt(task, at ?? shownNow)}`}
            style={{ left: pixels(xOf(at ?? shownNow)) }}
            onKeyDown={onKeyDown}
          />
        </div>
      </div>
      <figcaption class="aside">
        {shown && (
          <>
            {seconds(Date.parse(shown.at) - from)}: <Status status={shown.response?.status} /> {shown.state}{" "}
            {shown.effect} <code>{visible(shown.response?.body.slice(0, 300) ?? "")}</code>
          </>
        )}
        {!shown &&
          undated.length > 0 &&
          `Then, with a poll or a click: ${undated.map(({ state }) => state).join(", ")}. `}
        {!shown && "Drag along the time, or use the arrow keys, to see what a poll would get."}
      </figcaption>
    </figure>
  );
}

/** How wide an element is: what stands in the picture is as wide as its text, whatever the picture's own width. */
function useWidth(element: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(PICTURE_WIDTH);
  useLayoutEffect(() => {
    const measured = element.current;
    if (!measured) return;
    const observer = new ResizeObserver(() => setWidth(measured.clientWidth || PICTURE_WIDTH));
    observer.observe(measured);
    setWidth(measured.clientWidth || PICTURE_WIDTH);
    return () => observer.disconnect();
  }, []);
  return width;
}
