import { brokenAnswers } from "./broken/answers.js";
import { brokenBodies } from "./broken/bodies.js";
import type { BrokenServer } from "./broken/broken-server.js";
import { brokenLinks } from "./broken/links.js";
import { brokenMedia } from "./broken/media.js";
import { brokenRefusals } from "./broken/refusals.js";
import { brokenTasks } from "./broken/tasks.js";
import { brokenValues } from "./broken/values.js";
import { brokenVersions } from "./broken/versions.js";
import { brokenWires } from "./broken/wire.js";

/** Servers with one fault each. */
export const brokenServers: readonly BrokenServer[] = [
  ...brokenBodies,
  ...brokenMedia,
  ...brokenAnswers,
  ...brokenTasks,
  ...brokenValues,
  ...brokenWires,
  ...brokenLinks,
  ...brokenRefusals,
  ...brokenVersions,
];
