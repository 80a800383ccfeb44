import { unusualAnswers } from "./unusual/answers.js";
import { unusualBodies } from "./unusual/bodies.js";
import { unusualDates } from "./unusual/dates.js";
import { unusualJourneys } from "./unusual/journeys.js";
import { unusualLinks } from "./unusual/links.js";
import { unusualPatience } from "./unusual/patience.js";
import type { UnusualServer } from "./unusual/unusual-server.js";
import { unusualVersions } from "./unusual/versions.js";

/** Servers that keep the contract in a way that is rarely seen. */
export const unusualServers: readonly UnusualServer[] = [
  ...unusualDates,
  ...unusualBodies,
  ...unusualAnswers,
  ...unusualPatience,
  ...unusualJourneys,
  ...unusualLinks,
  ...unusualVersions,
];
