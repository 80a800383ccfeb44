// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { importMockFixture } from "hubspot-import-kit/vitest";
import { afterEach, test as base, expect } from "vitest";
import { App } from "./App.js";

const test = base.extend(importMockFixture({ baseUrl: "/hubspot" }));

afterEach(() => {
  cleanup();
  sessionStorage.clear();
});

function submit(url: string): void {
  render(<App intervalMs={1} />);
  fireEvent.change(screen.getByLabelText("URL"), { target: { value: url } });
  fireEvent.click(screen.getByText("Import"));
}

test("an import goes on until its file is there", async ({ importMock }) => {
  submit("https://example.com/cat.png");
  expect(await screen.findByText("Imported to /uploads/cat.png")).toBeTruthy();
  expect(importMock.tasks[0]?.polls).toBe(3);
});

test("a canceled import says why, and can be tried again", async ({ importMock }) => {
  importMock.use("canceled");
  submit("https://example.com/cat.png");
  expect((await screen.findByRole("alert")).textContent).toBe("The file could not be fetched from its url.");
  importMock.use("happy");
  fireEvent.click(screen.getByText("Try again"));
  expect(await screen.findByText("Imported to /uploads/cat.png")).toBeTruthy();
});

test("a rate limit is waited out", async ({ importMock }) => {
  importMock.use("rate-limited");
  submit("https://example.com/cat.png");
  expect(await screen.findByText("Imported to /uploads/cat.png")).toBeTruthy();
  expect(importMock.requests.map(({ response }) => response.status)).toEqual([202, 200, 429, 200, 200]);
});

test("an import that fails at once says why", async ({ importMock }) => {
  importMock.use("missing-scopes");
  submit("https://example.com/cat.png");
  expect((await screen.findByRole("alert")).textContent).toContain("hasn't been granted all required scopes");
});

test("an import that a person cancels while it is under way", async ({ importMock }) => {
  importMock.use("stuck-processing");
  submit("https://example.com/cat.png");
  await screen.findByText("Importing…");
  importMock.cancel(importMock.tasks[0]?.id ?? "", { message: "Canceled by an administrator." });
  expect((await screen.findByRole("alert")).textContent).toBe("Canceled by an administrator.");
});
