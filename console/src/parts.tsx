import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { announce } from "./announce.js";
import type { State } from "./api.js";
import { count, isWait, visible } from "./words.js";

const SHAPES: Readonly<Record<State, ComponentChildren>> = {
  PENDING: (
    <circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="2.5 2.3" />
  ),
  PROCESSING: (
    <>
      <circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" stroke-width="2" />
      <path d="M8 2.500a5.500 5.500 0 0 1 0 11z" fill="currentColor" />
    </>
  ),
  COMPLETE: (
    <>
      <circle cx="8" cy="8" r="6.500" fill="currentColor" />
      <path d="m5 8.200 2.100 2.100L11 6.200" class="cut" />
    </>
  ),
  CANCELED: (
    <>
      <rect x="1.500" y="1.500" width="13" height="13" rx="3" fill="currentColor" />
      <path d="m5.500 5.500 5 5m0-5-5 5" class="cut" />
    </>
  ),
};

/** A state by its shape, its word and its colour. */
export function StateBadge({ state, isShort = false }: { state: State; isShort?: boolean }) {
  return (
    <span class={`state ${state.toLowerCase()}`} {...(isShort && { title: state })}>
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        {SHAPES[state]}
      </svg>
      {isShort ? <span class="hidden">{state}</span> : state}
    </span>
  );
}

/** The status of a response by its number and kind. */
export function Status({ status }: { status: number | undefined }) {
  const kind = status === undefined ? "silent" : isWait(status) ? "wait" : status < 300 ? "good" : "bad";
  return <span class={`status ${kind}`}>{status ?? "no response"}</span>;
}

/** A body of a request or a response, folded. */
export function Body({ title, text, isOpen = false }: { title: string; text: string; isOpen?: boolean }) {
  const shown = useMemo(() => shortened(text), [text]);
  return (
    <details class="body" open={isOpen}>
      <summary>{title}</summary>
      <pre tabIndex={0} aria-label={title}>
        {shown}
      </pre>
    </details>
  );
}

/** A megabyte in one element makes a page stand still. */
const LONGEST = 20_000;

function shortened(text: string): string {
  const start = visible(text.slice(0, LONGEST));
  return text.length > LONGEST ? `${start}\n… ${count(text.length - LONGEST, "more character")}` : start;
}

/** A button that copies a text, and says that it did. */
export function Copy({ label, text }: { label: string; text: string | (() => Promise<string>) }) {
  const [said, setSaid] = useState<string>();
  async function copy() {
    const result = await write().then(
      () => "Copied",
      () => "Not copied: the browser forbids it",
    );
    setSaid(result);
    announce(result);
    setTimeout(() => setSaid(undefined), 2000);
  }
  async function write() {
    await navigator.clipboard.writeText(typeof text === "string" ? text : await text());
  }
  return (
    <button type="button" onClick={copy}>
      {said ?? label}
    </button>
  );
}

/** A dialog of the platform: it keeps the focus, and Escape closes it. */
export function Dialog({
  title,
  onClose,
  children,
}: {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
}) {
  const element = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const dialog = element.current as HTMLDialogElement;
    const listening = new AbortController();
    // Closed by the browser, it would be removed a task later, and a key that opens it again in between would be lost.
    dialog.addEventListener("cancel", (event) => {
      if (event.target !== dialog) return;
      event.preventDefault();
      onClose();
    });
    dialog.addEventListener("close", onClose, { signal: listening.signal });
    dialog.showModal();
    return () => {
      listening.abort();
      // Removed while it is open, it would not give the focus back.
      dialog.close();
    };
  }, []);
  return (
    <dialog ref={element} aria-label={title}>
      <div class="head">
        <h2>{title}</h2>
        <button type="button" class="quiet" aria-label="Close" onClick={onClose}>
          ✕
        </button>
      </div>
      {children}
    </dialog>
  );
}

interface Confirmation {
  title: string;
  /** What will be gone. */
  lost: string;
  /** What the button that does it says. */
  action: string;
  onConfirm: () => Promise<unknown> | undefined;
}

/** Asks before something is done that nobody can undo. */
export function ConfirmDialog({ title, lost, action, onConfirm, onClose }: Confirmation & { onClose: () => void }) {
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        onSubmit={async (event) => {
          event.preventDefault();
          onClose();
          await onConfirm();
        }}
      >
        <p>{lost}</p>
        <p class="actions">
          <button type="button" autofocus onClick={onClose}>
            Keep it
          </button>
          <button type="submit" class="main">
            {action}
          </button>
        </p>
      </form>
    </Dialog>
  );
}

export function ConfirmButton({ label, ...confirmation }: Confirmation & { label: string }) {
  const [isAsked, setIsAsked] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setIsAsked(true)}>
        {label}
      </button>
      {isAsked && <ConfirmDialog {...confirmation} onClose={() => setIsAsked(false)} />}
    </>
  );
}

/** Choices behind a button. */
export function Menu({ label, children }: { label: string; children: ComponentChildren }) {
  const element = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = ({ target }: Event) => {
      const menu = element.current;
      if (menu?.open && !(target instanceof Node && menu.contains(target))) menu.open = false;
    };
    addEventListener("click", close);
    return () => removeEventListener("click", close);
  }, []);
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "Escape" || !element.current?.open) return;
    element.current.open = false;
    element.current.querySelector("summary")?.focus();
  }
  function onFocusOut({ relatedTarget }: FocusEvent) {
    // A dialog gives the focus back to the choice that opened it.
    if (!(relatedTarget instanceof Element) || relatedTarget.closest("dialog")) return;
    if (element.current?.contains(relatedTarget) === false) element.current.open = false;
  }
  return (
    <details class="menu" ref={element} onKeyDown={onKeyDown} onFocusOut={onFocusOut}>
      <summary class="button">{label}</summary>
      <div>{children}</div>
    </details>
  );
}
