/**
 * Gives the focus to the section around an element that had it and is gone, such as the button that ended a task. Otherwise
 * the next Tab would begin at the top of the page.
 */
export function keepFocus(): void {
  let path: readonly Element[] = [];
  addEventListener("focusin", ({ target }) => {
    path = ancestorsOf(target as Element);
  });
  new MutationObserver(() => {
    if (document.activeElement !== document.body || path[0]?.isConnected !== false) return;
    const section = path.find((one) => one.isConnected && one.matches("section, nav, main"));
    if (!(section instanceof HTMLElement)) return;
    section.tabIndex = -1;
    section.focus({ preventScroll: true });
  }).observe(document.body, { childList: true, subtree: true });
}

function ancestorsOf(element: Element): readonly Element[] {
  return [element, ...(element.parentElement ? ancestorsOf(element.parentElement) : [])];
}
