import { answer as usualAnswer } from "../server/bodies.js";
import type { Answer, Context, Twist } from "../server/twist.js";
import { asError, places, statusPath, value } from "../twists.js";
import { type UnusualServer, unusual } from "./unusual-server.js";

/** Links that lead to the task in a way that is rarely seen. */
export const unusualLinks: readonly UnusualServer[] = [
  linked("on another host of HubSpot's", ({ task }) => `https://api-na1.hubspot.com${statusPath(task?.id)}`),
  linked("on HubSpot's public host", ({ task }) => `https://api.hubapi.com${statusPath(task?.id)}`),
  linked(
    "on this machine by its address of IPv6",
    ({ origin, task }) => `${origin.replace("127.0.0.1", "[::1]")}${statusPath(task?.id)}`,
  ),
  linked("with a query", ({ origin, task }) => `${origin}${statusPath(task?.id)}?portalId=1`),
  linked(
    "on this machine under another name",
    ({ origin, task }) => `${origin.replace("127.0.0.1", "localhost")}${statusPath(task?.id)}`,
  ),
  ownPath("by a path of its own", (answer) => answer),
  ownPath("by a path that is busy at first", (answer, asked) => (asked > 2 ? answer : asError(answer, 503))),
  ownPath("by a path that shows a task without its id", (answer) => ({
    ...answer,
    body: String(answer.body).replace(/"taskId":"[^"]*",/, ""),
  })),
];

function linked(name: string, address: (context: Context) => string): UnusualServer {
  return unusual(
    `links ${name}`,
    value(places.locator, "/links/status", (_, context) => address(context)),
  );
}

/** Links that lead to the task by a path that the contract does not know. @param change of what is answered there */
function ownPath(
  name: string,
  change: (answer: Answer, asked: number) => ReturnType<NonNullable<Twist["onAnswer"]>>,
): UnusualServer {
  let asked = 0;
  const { twist } = linked("", ({ origin, task }) => `${origin}/app/${task?.id}`);
  return unusual(`links ${name}`, {
    ...twist,
    onAnswer: (answer, context) => {
      const task = context.tasks.find(({ id }) => context.path === `/app/${id}`);
      if (!task) return answer;
      asked += 1;
      return change(usualAnswer({ ...context, kind: "end", task }, undefined), asked);
    },
  });
}
