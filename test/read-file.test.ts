import { execFileSync, spawn } from "node:child_process";
import { mkdir, symlink, truncate } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { withPublished } from "../bin/drift.js";
import { readHar } from "../mocks/har-file.js";
import { readBytes } from "../mocks/read-file.js";
import { readScenarios } from "../mocks/scenario-files.js";
import { directoryOf, verify } from "./verify-command.js";

/** Makes what is no file to read of, and says why. */
const MAKE: Readonly<Record<string, readonly [make: (path: string) => unknown, why: string]>> = {
  "a directory": [(path) => mkdir(path), "is a directory"],
  "a device without an end": [(path) => symlink("/dev/zero", path), "is not a regular file"],
  "a socket": [listenAt, "cannot be read (ENXIO)"],
  "a gigabyte": [(path) => makeGigabyte(path), "has more than"],
  "a link to itself": [(path) => symlink(path, path), "cannot be read (ELOOP)"],
};

async function listenAt(path: string): Promise<void> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(path, listening));
  onTestFinished(() => void server.close());
}

/** It takes no room on the disk. */
async function makeGigabyte(path: string): Promise<void> {
  execFileSync("touch", [path]);
  await truncate(path, 1e9);
}

test.runIf(process.platform === "linux").for(Object.entries(MAKE))(
  "%s is not read, but reported in one line",
  async ([, [make, why]]) => {
    const directory = await directoryOf();
    const file = join(directory, "x.yaml");
    await make(file);
    await expect(readHar(file)).rejects.toThrow(`${file} ${why}`);
    await expect(withPublished(file, () => 1)).rejects.toThrow(`${file} ${why}`);
    // Scenarios may stand in folders.
    const words = why === "is a directory" ? `${directory} contains no .yaml file` : `${file} ${why}`;
    await expect(readScenarios(directory)).rejects.toThrow(words);
  },
);

test.runIf(process.platform === "linux")("a pipe is read to its end, unless nobody writes to it", async () => {
  const directory = await directoryOf();
  const pipe = join(directory, "pipe");
  execFileSync("mkfifo", [pipe]);
  await expect(readBytes(pipe, { maxBytes: 10 })).rejects.toThrow("is a pipe that nobody writes to");
  const read = async (maxBytes: number) => {
    // Open for reading, too, so that it does not wait for a reader.
    const writer = spawn("sh", ["-c", `exec 3<>"$0"; printf 'some text' >&3; echo ready; exec sleep 60`, pipe]);
    await new Promise((ready) => writer.stdout.once("data", ready));
    const bytes = readBytes(pipe, { maxBytes });
    if (maxBytes > 9) writer.kill();
    return Promise.resolve(bytes).finally(() => writer.kill());
  };
  await expect(read(5)).rejects.toThrow("has more than 5 bytes");
  expect(Buffer.from(await read(1000)).toString()).toBe("some text");
});

const ENCODINGS: Readonly<Record<string, (text: string) => Uint8Array>> = {
  "UTF-8 with a mark": (text) => Buffer.from(`\uFEFF${text}`),
  "UTF-16": (text) => Buffer.from(`\uFEFF${text}`, "utf16le"),
  "UTF-16 of the other order": (text) => Buffer.from(`\uFEFF${text}`, "utf16le").swap16(),
};

test.for(Object.entries(ENCODINGS))(
  "scenarios and the config file are read in %s, as PowerShell writes it",
  async ([, encoded]) => {
    const directory = await directoryOf({
      "mine.yaml": encoded("summary: Grüße\nsteps:\n  - state: COMPLETE\n"),
      "import-kit.config.json": encoded('{ "bseUrl": "https://example.com" }'),
    });
    expect((await readScenarios(directory)).find(({ name }) => name === "mine")).toMatchObject({ summary: "Grüße" });
    const { stderr } = await verify([], { cwd: directory });
    expect(stderr).toContain("import-kit.config.json /bseUrl: is unknown");
  },
);

test("of a value, however long, a message shows 200 characters", async () => {
  const [option, file, config] = await Promise.all([
    verify(["--timeout", "9 ".repeat(50_000)]),
    verify(["--recording", "a".repeat(100_000)]),
    verify(["--list"], { env: { IMPORT_KIT_STRICT: "maybe ".repeat(10_000) } }),
  ]);
  for (const { code, stderr } of [option, file, config]) {
    expect(code).toBe(2);
    expect(stderr.length).toBeLessThan(500);
    expect(stderr).toContain("…");
  }
});
