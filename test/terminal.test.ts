import { expect, test } from "vitest";
import { runMock } from "./command.js";
import { CAT, IMPORT } from "./doors.js";

const RED = "\u001b[31mRED";
const FORGED = "listening on http://evil.example";
const headers = { Authorization: "Bearer any", "Content-Type": "application/json" };

test("whatever a client sends, the mock's output has neither its escape sequences nor a line of its own", async () => {
  const { url, printed, stdout, stderr } = await runMock();
  for (const scenario of [RED, `x\n${FORGED}`, `x\r${FORGED}`, `x\u2028${FORGED}`, `\u009b31mRED`]) {
    const body = JSON.stringify({ ...CAT, url: `https://e.com/a#mock=${scenario}` });
    await fetch(url + IMPORT, { method: "POST", headers, body });
    await fetch(`${url}${IMPORT}/tasks/${encodeURIComponent(scenario)}/status`, { headers });
    await fetch(`${url}/${encodeURIComponent(scenario)}`, { headers });
    const prefer = { ...headers, Prefer: `code=404` };
    await fetch(`${url}${IMPORT}/tasks/${encodeURIComponent(scenario)}/status`, { headers: prefer });
  }
  await printed("Prism (Prefer)", 5);
  expect(stdout()).toContain(String.raw`There is no scenario "\u001b[31mRED"`);
  expect((stdout() + stderr()).replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  expect(stdout().match(/^listening on .*/gm)).toEqual([`listening on ${url}`]);
});
