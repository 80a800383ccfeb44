import { createElement, useEffect, useState } from "react";
import { within } from "storybook/test";

/** The component of the first recipe's stories: one poll, and the state that it showed. */
function Poll() {
  const [state, setState] = useState("");
  useEffect(() => {
    const address = "/hubspot/files/v3/files/import-from-url/async/tasks/happy/status";
    fetch(address, { headers: { Authorization: "Bearer any" } })
      .then((response) => response.json())
      .then(({ status }) => setState(status));
  }, []);
  return createElement("p", {}, state);
}

export default { title: "Poll", component: Poll };

export const Polled = {
  play: async ({ canvasElement }: { readonly canvasElement: HTMLElement }) => {
    await within(canvasElement).findByText(/./);
  },
};
