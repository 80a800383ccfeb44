/** Viewers of the contract in Chromium, offline: what each shows once all that opens has been opened. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import chromium from "@sparticuz/chromium";
import { chromium as playwright } from "playwright-core";

const STATES = {
  TaskPending: "PENDING",
  TaskProcessing: "PROCESSING",
  TaskComplete: "COMPLETE",
  TaskCanceled: "CANCELED",
};
const ALTERNATIVES = ["With a file", "With a number of errors", "With errors", "Folder by id", "Folder by path"];

/** `start` is the page's script, `root` the part in which all is opened, if not the whole page. */
const VIEWERS = {
  "Swagger UI": {
    files: ["swagger-ui-dist/swagger-ui-bundle.js", "swagger-ui-dist/swagger-ui.css"],
    start: 'SwaggerUIBundle({ url: "/openapi.yaml", dom_id: "#ui", docExpansion: "list" })',
    root: ".models",
  },
  Redoc: {
    files: ["redoc/bundles/redoc.standalone.js"],
    start: 'Redoc.init("/openapi.yaml", { expandResponses: "200,202" }, document.getElementById("ui"))',
    root: '[data-section-id*="checkImportStatus"], [data-section-id*="importFromUrl"]',
  },
  Scalar: {
    files: ["@scalar/api-reference/dist/browser/standalone.js"],
    start:
      'Scalar.createApiReference("#ui", { url: "/openapi.yaml", withDefaultFonts: false, telemetry: false, expandAllModelSections: true, expandAllResponses: true })',
    set: ["`expandAllModelSections: true` to see it, `withDefaultFonts: false` and `telemetry: false` to be offline"],
  },
  RapiDoc: {
    files: ["rapidoc/dist/rapidoc-min.js"],
    body: '<rapi-doc spec-url="/openapi.yaml" render-style="read" load-fonts="false" schema-expand-level="9" default-schema-tab="schema"></rapi-doc>',
    set: [`\`default-schema-tab="schema"\` to see it, \`load-fonts="false"\` to be offline`],
  },
};

/** @returns the cells of a viewer's row; a picture of the states is left in the folder */
export async function tryViewer(name, contract, folder) {
  const { files, start = "", body = '<div id="ui"></div>', root = "body", set = ["nothing"] } = VIEWERS[name];
  const site = await served(contract, folder, files, body, start);
  const args = chromium.args.filter((arg) => arg !== "--single-process" && arg !== "--no-zygote");
  const browser = await playwright.launch({ executablePath: await chromium.executablePath(), args, headless: true });
  const tab = await browser.newPage({ viewport: { width: 1300, height: 1400 } });
  const errors = [];
  tab.on("console", (one) => {
    if (one.type() === "error") errors.push(`${one.text()} ${one.location().url}`);
  });
  tab.on("pageerror", ({ message }) => errors.push(message));
  await tab.goto(site.url);
  await tab.getByText("Read the state of an import.").first().waitFor({ state: "attached", timeout: 90_000 });
  const shown = await everythingShown(tab, root);
  const sample = tab.getByText("With a number of errors").first();
  await sample.scrollIntoViewIfNeeded({ timeout: 10_000 }).catch(() => {});
  await tab.screenshot({ path: join(folder, `${name.replace(" ", "-")}.png`), timeout: 90_000 });
  await browser.close();
  site.close();
  const states = Object.entries(STATES).filter((words) => words.some((word) => shown.names.has(word)));
  const alternatives = ALTERNATIVES.filter((word) => shown.names.has(word));
  const missing = ALTERNATIVES.filter((word) => !alternatives.includes(word));
  return [
    `${states.length} of 4, ${alternatives.length} of 5${missing.map((word) => `; not: ${word}`).join("")}`,
    [...shown.wrong].join("; ") || "nothing",
    [...new Set(errors)].join("; ") || "none",
    set.join("; "),
  ];
}

async function served(contract, folder, files, body, start) {
  const head = files.map((file) =>
    file.endsWith("css") ? `<link rel="stylesheet" href="/${file}">` : `<script src="/${file}"></script>`,
  );
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8">${head.join("")}</head><body>${body}<script>${start}</script></body></html>`;
  const server = createServer(async ({ url }, response) => {
    const name = url.slice(1).split("?")[0];
    if (name === "favicon.ico") return response.writeHead(204).end();
    const type = name === "" ? "html" : name.endsWith("css") ? "css" : "javascript";
    response.setHeader("Content-Type", `text/${type}`);
    if (name === "openapi.yaml") return response.end(await readFile(contract));
    if (name !== "" && !files.includes(name)) return response.writeHead(404).end();
    response.end(name === "" ? html : await readFile(join(folder, "node_modules", name)));
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

const SETTLED_MS = 2500;

/** Opens what is closed, picks each state and alternative in turn, and gathers the names that were seen. */
async function everythingShown(tab, root) {
  const shown = { names: new Set(), wrong: new Set() };
  const look = async () => {
    const { lines, buttons } = await tab.evaluate(read);
    lines.forEach((line, index) => {
      const name = line.replace(/^#\d+ /, "");
      shown.names.add(name);
      if (name in STATES && lines.slice(index + 1, index + 4).includes("never")) shown.wrong.add(`${name} is "never"`);
    });
    for (const button of buttons) if (/^(object|never|any)$/.test(button)) shown.wrong.add(`a button "${button}"`);
  };
  await tab.waitForTimeout(SETTLED_MS);
  await look();
  for (let round = 0; round < 4; round += 1) {
    if ((await tab.evaluate(open, root)) === 0) break;
    await tab.waitForTimeout(SETTLED_MS);
    await look();
  }
  for (const name of [...Object.values(STATES), ...ALTERNATIVES, "COMPLETE"]) {
    if ((await tab.evaluate(pick, name)) === 0) continue;
    await tab.waitForTimeout(SETTLED_MS);
    await tab.evaluate(open, root);
    await tab.waitForTimeout(SETTLED_MS);
    await look();
  }
  return shown;
}

// What follows runs in the page, each function by itself.

function read() {
  const [lines, buttons] = [[], []];
  const walk = (node) => {
    if (node.nodeName === "SCRIPT" || node.nodeName === "STYLE") return;
    if (node.nodeType === Node.TEXT_NODE && node.textContent.trim() !== "") lines.push(node.textContent.trim());
    if (node.matches?.("button, [role=button], [role=tab], [role=option]")) buttons.push(node.textContent.trim());
    for (const child of [...(node.shadowRoot ? [node.shadowRoot] : []), ...node.childNodes]) walk(child);
  };
  walk(document.body);
  return { lines, buttons };
}

function open(root) {
  const closed = [...document.querySelectorAll(root)].flatMap((part) => [
    ...part.querySelectorAll('[aria-expanded="false"]'),
  ]);
  for (const one of closed) one.click();
  return closed.length;
}

function pick(name) {
  const buttons = [...document.querySelectorAll("button, [role=option], [role=tab]")];
  const options = [...document.querySelectorAll("option")].filter(({ textContent }) => textContent.trim() === name);
  for (const { parentElement: select, value } of options) {
    Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, "value").set.call(select, value);
    select.dispatchEvent(new Event("change", { bubbles: true }));
  }
  const named = buttons.filter(({ textContent }) => textContent.trim() === name);
  for (const one of named) one.click();
  return options.length + named.length;
}
