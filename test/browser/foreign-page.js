/**
 * Every way in which a page makes its browser send a request to another origin, by its name.
 *
 * Each takes the address and tells what the page learned of the answer: "nothing", or what it could read or saw loaded.
 */
const element = (name, properties) => told(Object.assign(document.createElement(name), properties));

const told = (one) =>
  new Promise((resolve) => {
    const end = (what) => () => {
      resolve(one.contentDocument?.body?.textContent || what);
      one.remove();
    };
    // An empty frame is loaded at once, before its form is sent. One is loaded, too, where it shows that it was denied.
    document.body.append(one);
    one.onload = end("contentDocument" in one || one.localName === "embed" ? "nothing" : "loaded");
    one.onerror = end("nothing");
    one.oncanplay = end("loaded");
  });

const learned = (answer) =>
  answer.then(
    async (response) => (await response.text()) || (response.type === "opaque" ? "opaque" : "empty"),
    () => "nothing",
  );

const sent = (url, init) => learned(fetch(url, { mode: "no-cors", ...init }));
const body = "x".repeat(10_000);
const long = "Bearer ".repeat(15_000);

const form = (properties) => (url) => {
  const name = `frame${Math.random()}`;
  const framed = element("iframe", { name });
  const one = Object.assign(document.createElement("form"), { action: url, target: name, ...properties });
  one.append(Object.assign(document.createElement("input"), { name: "reset", value: "yes" }));
  document.body.append(one);
  one.submit();
  one.remove();
  return framed;
};

const styled = (rule) => (url) => {
  const style = Object.assign(document.createElement("style"), { textContent: rule(url) });
  document.head.append(style);
  const shown = Object.assign(document.createElement("p"), { textContent: "x", className: "styled" });
  document.body.append(shown);
  return new Promise((resolve) =>
    setTimeout(() => {
      style.remove();
      shown.remove();
      resolve("nothing");
    }, 50),
  );
};

const opened = (source, toClose) =>
  new Promise((resolve) => {
    source.onopen = () => resolve("open");
    source.onmessage = ({ data }) => resolve(data);
    source.onerror = () => resolve("nothing");
  }).finally(toClose);

const inWorker = (code) => (url) => {
  const worker = new Worker(URL.createObjectURL(new Blob([code(JSON.stringify(url))])));
  const answer = new Promise((resolve) => {
    worker.onmessage = ({ data }) => resolve(data);
  });
  return answer.finally(() => worker.terminate());
};

const aside = (start) => (url) => {
  start(url);
  return Promise.resolve("nothing");
};

globalThis.vectors = {
  "a fetch": (url) => learned(fetch(url)),
  "a fetch with credentials": (url) => learned(fetch(url, { credentials: "include" })),
  "a fetch without a referrer": (url) => sent(url, { referrerPolicy: "no-referrer" }),
  "a post of text": (url) => sent(url, { method: "POST", body }),
  "a long post": (url) => sent(url, { method: "POST", body: long }),
  "a post of a form": (url) => sent(url, { method: "POST", body: new URLSearchParams({ reset: "yes" }) }),
  "a post of parts": (url) => sent(url, { method: "POST", body: new FormData() }),
  "a post that outlives its page": (url) => sent(url, { method: "POST", body, keepalive: true }),
  "a post of JSON": (url) =>
    learned(fetch(url, { method: "POST", body: "{}", headers: { "Content-Type": "application/json" } })),
  "a DELETE": (url) => learned(fetch(url, { method: "DELETE" })),
  "a fetch with a token": (url) => learned(fetch(url, { headers: { Authorization: "Bearer guessed" } })),
  "a redirect": (url) => sent(`/redirect?to=${encodeURIComponent(url)}`),
  "a post that is redirected": (url) => sent(`/redirect?to=${encodeURIComponent(url)}`, { method: "POST", body }),
  "a beacon": aside((url) => navigator.sendBeacon(url, body)),
  "a beacon of JSON": aside((url) => navigator.sendBeacon(url, new Blob(["{}"], { type: "application/json" }))),
  "a ping": aside((url) => Object.assign(document.createElement("a"), { href: "#", ping: url }).click()),
  "an image": (url) => element("img", { src: url }),
  "an image without a referrer": (url) => element("img", { src: url, referrerPolicy: "no-referrer" }),
  "an image with credentials": (url) => element("img", { src: url, crossOrigin: "use-credentials" }),
  "an image behind a redirect": (url) => element("img", { src: `/redirect?to=${encodeURIComponent(url)}` }),
  "a script": (url) => element("script", { src: url }),
  "a module": (url) => element("script", { src: url, type: "module" }),
  "an import": (url) => import(url).then(() => "loaded").catch(() => "nothing"),
  "a style sheet": (url) => element("link", { href: url, rel: "stylesheet" }),
  "a prefetch": (url) => element("link", { href: url, rel: "prefetch" }),
  "a preload": (url) => element("link", { href: url, rel: "preload", as: "fetch", crossOrigin: "anonymous" }),
  "an imported style": styled((url) => `@import url("${url}");`),
  "a background": styled((url) => `.styled { background: url("${url}"); }`),
  "a font": styled((url) => `@font-face { font-family: f; src: url("${url}"); } .styled { font-family: f; }`),
  "a video": (url) => element("video", { src: url, preload: "auto" }),
  "a sound": (url) => element("audio", { src: url, preload: "auto" }),
  "a frame": (url) => element("iframe", { src: url }),
  "a frame of no origin": (url) => element("iframe", { srcdoc: `<img src="${url}">`, sandbox: "allow-scripts" }),
  "an object": (url) => element("object", { data: url, type: "text/html" }),
  "an embed": (url) => element("embed", { src: url, type: "text/html" }),
  "a form": form({ method: "POST" }),
  "a form of text": form({ method: "POST", enctype: "text/plain" }),
  "a form that gets": form({ method: "GET" }),
  "an event source": (url) => {
    const source = new EventSource(url);
    return opened(source, () => source.close());
  },
  "an event source with credentials": (url) => {
    const source = new EventSource(url, { withCredentials: true });
    return opened(source, () => source.close());
  },
  "a web socket": (url) => {
    const socket = new WebSocket(url.replace("http", "ws"));
    return opened(socket, () => socket.close());
  },
  "a worker's script": inWorker(
    (url) => `try { importScripts(${url}); postMessage("loaded") } catch { postMessage("nothing") }`,
  ),
  "a worker's fetch": inWorker(
    (url) => `fetch(${url}).then((one) => one.text()).then(postMessage, () => postMessage("nothing"))`,
  ),
};
