import { createContext, runInContext } from "node:vm";

/** What React Native 0.88 gives a bundle, beside the language: its own `fetch` is in the bundle, Node's are none of it. */
const GLOBALS = {
  ...{ console, performance, queueMicrotask, setTimeout, clearTimeout, setInterval, clearInterval, setImmediate },
  ...{ atob, btoa, TextEncoder, TextDecoder, Event, EventTarget, AbortController, AbortSignal },
  Blob: class {
    constructor(parts) {
      this.size = parts.join("").length;
    }
  },
  FormData: class {},
  XMLHttpRequest: class {
    open() {
      throw new TypeError("there is no network");
    }
  },
  navigator: { product: "ReactNative" },
  process: { env: { NODE_ENV: "development" } },
  __DEV__: true,
  nativeModuleProxy: {},
  __turboModuleProxy: () => ({
    getConstants: () => ({ isTesting: true, reactNativeVersion: { major: 0, minor: 88, patch: 1 }, osVersion: "18" }),
  }),
};

/**
 * Runs a bundle of docs/frameworks/others.md as an app: a whole import, and one that is canceled.
 *
 * @param {string} bundle which sets `mock` and `importFile`
 * @returns {Promise<readonly string[]>} what became of each, and the mock's verdict on the app
 */
export async function runNative(bundle) {
  const context = createContext({ ...GLOBALS });
  runInContext("globalThis.global = globalThis.self = globalThis.window = globalThis;", context);
  runInContext(bundle, context);
  const { mock, importFile } = context;
  const told = async () => {
    const told = importFile("https://example.com/cat.png", 0).catch(({ message }) => message);
    // As a developer would wait, under pace `time`.
    for (let isDone = false; !isDone; mock.clock.advance(1000)) {
      isDone = await Promise.race([told.then(() => true), new Promise((resolve) => setTimeout(resolve, 1, false))]);
    }
    return told;
  };
  const happy = await told();
  mock.use("canceled");
  const canceled = await told();
  mock.assertNoViolations();
  return [happy, canceled, (await mock.conduct()).result];
}
