import { existsSync, statfsSync } from "node:fs";
import chromium from "@sparticuz/chromium";

const UNWANTED = [
  "--single-process",
  "--no-zygote",
  "--disable-web-security",
  "--disable-site-isolation-trials",
  "--disable-features=AudioServiceOutOfProcess,IsolateOrigins,site-per-process",
  "--allow-running-insecure-content",
  "--no-pings",
];

// No page here draws in three dimensions: without a graphics card in software, Chromium takes two thirds of the time.
chromium.setGraphicsMode = false;

/**
 * How the browser of the npm package is started. In a single process it would end with its first context; and developers'
 * browsers keep pages of other origins apart, which it is told not to. The pages of one site share a process in each context: a
 * process of its own takes a page a quarter of a second.
 */
export const FLAGS = [...chromium.args.filter((flag) => !UNWANTED.includes(flag)), "--process-per-site"];

/** In a container of Docker's, with its 64 MB, Chromium would end by itself. */
const ENOUGH_BYTES = 1_000_000_000;

function hasSharedMemory() {
  const { bavail = 0, bsize = 0 } = existsSync("/dev/shm") ? statfsSync("/dev/shm") : {};
  return bavail * bsize >= ENOUGH_BYTES;
}

/**
 * Playwright's flags that the browser is started without. This one puts what Chromium's processes share into files of /tmp: a pipe
 * for each body, a buffer for each frame.
 */
export const IGNORED_DEFAULTS = hasSharedMemory() ? ["--disable-dev-shm-usage"] : [];
