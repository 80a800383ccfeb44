import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, connect, isIP, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { connectionTo, withHint } from "../bin/verify/proxy.js";
import { readScenarios } from "../mocks/scenario-files.js";
import { startMock } from "../mocks/server.js";
import type { UserError } from "../src/user-error.js";
import { verifyContract } from "../src/verify/verify.js";
import { debianCommand } from "./debian.js";
import { freePort } from "./free-port.js";
import { TOKEN, verify } from "./verify-command.js";

const openssl = debianCommand("openssl");
const squid = debianCommand("squid");
const microsocks = debianCommand("microsocks");

/** Not this machine to the command, and nobody listens there. */
const NOWHERE = "https://0.0.0.0:2";

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/** A proxy that leads every tunnel to one port, and keeps what it was asked. */
async function startProxy(port: number, status = 200) {
  const asked: string[] = [];
  const server = createServer((incoming, response) => {
    asked.push(`${incoming.method} ${incoming.url} ${JSON.stringify(incoming.rawHeaders)}`);
    response.writeHead(400).end();
  });
  server.on("connect", (incoming, socket, head) => {
    asked.push(`CONNECT ${incoming.url} ${JSON.stringify(incoming.rawHeaders)}`);
    socket.on("error", () => socket.destroy());
    if (status !== 200) return socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
    const target = connect(port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      target.write(head);
      target.pipe(socket).pipe(target);
    });
    return target.on("error", () => socket.destroy());
  });
  return { address: `127.0.0.1:${await listen(server)}`, asked };
}

/** A mock behind TLS, and the certificate to trust it by. */
async function startTlsMock(host: string) {
  const directory = mkdtempSync(join(tmpdir(), "kit-tls-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const [key, certificate] = [join(directory, "key.pem"), join(directory, "certificate.pem")];
  const subject = ["-subj", `/CN=${host}`, "-addext", `subjectAltName=${isIP(host) ? "IP" : "DNS"}:${host}`];
  const kind = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  execFileSync(openssl ?? "", [...kind, ...subject, "-keyout", key, "-out", certificate], { stdio: "ignore" });
  const front = createTlsServer({ key: readFileSync(key), cert: readFileSync(certificate) });
  const port = await listen(front);
  const baseUrl = `https://${host}:${port}`;
  const mock = await startMock({ scenarios: await readScenarios(), port: 0, speed: 100, publicUrl: baseUrl });
  onTestFinished(mock.close);
  front.on("request", (incoming, response) => {
    const { method, url: path, headers } = incoming;
    incoming.pipe(
      request(mock.url, { method, path, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      }),
    );
  });
  return { baseUrl, port, certificate };
}

const FAST = ["--poll-interval", "20ms"];

test.skipIf(!openssl)(
  "without the server's certificate, without its name, or without TLS, it says what to set",
  async () => {
    const { baseUrl, port, certificate } = await startTlsMock("127.0.0.1");
    const plain = await startMock({ scenarios: await readScenarios(), port: 0 });
    onTestFinished(plain.close);
    const next = async (url: string, env = {}) => {
      const { code, stdout } = await verify(["--base-url", url, ...FAST, "--json"], { env });
      const { unjudged } = JSON.parse(stdout);
      return [code, unjudged[0].reason, unjudged[0].next];
    };
    const trusted = { NODE_EXTRA_CA_CERTS: certificate };
    const told = [
      next(baseUrl),
      next(`https://localhost:${port}`, trusted),
      next(plain.url.replace("http:", "https:")),
    ];
    expect(await Promise.all(told)).toEqual([
      [3, "unreachable", "Set NODE_EXTRA_CA_CERTS to a file with the certificate of the server or of its issuer."],
      [3, "unreachable", "Write a name of the server's certificate in --base-url."],
      [3, "unreachable", "Check the scheme and the port of --base-url: no TLS is spoken there."],
    ]);
  },
);

test.skipIf(!openssl)(
  "a server behind a proxy is verified through its tunnel, and the proxy sees no token",
  async () => {
    const { baseUrl, port, certificate } = await startTlsMock("hubspot.test");
    const proxy = await startProxy(port);
    const env = {
      NODE_EXTRA_CA_CERTS: certificate,
      HTTPS_PROXY: `http://anna:p%40ss@${proxy.address}`,
      NO_PROXY: "localhost",
    };
    const run = await verify(["--base-url", baseUrl, ...FAST, "--record", "run.har"], { env });
    expect(run).toMatchObject({ code: 0, stdout: expect.stringContaining("conforms") });
    expect(proxy.asked.length).toBeGreaterThan(0);
    const credentials = `"proxy-authorization","Basic ${Buffer.from("anna:p@ss").toString("base64")}"`;
    for (const asked of proxy.asked) {
      expect(asked).toContain(`CONNECT hubspot.test:${port} `);
      expect(asked).toContain(credentials);
      expect(asked).not.toContain(TOKEN);
    }
    expect(run.stdout + run.stderr).not.toContain("p%40ss");
  },
);

/** Debian's squid on a port of its own, which finds one host on this machine. */
async function startSquid(host: string) {
  const directory = mkdtempSync(join(tmpdir(), "kit-squid-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  // Started as root, it goes on as a user who has to read and write there.
  chmodSync(directory, 0o777);
  const [hosts, log, config] = ["hosts", "access.log", "squid.conf"].map((name) => join(directory, name)) as [
    string,
    string,
    string,
  ];
  const port = await freePort();
  writeFileSync(hosts, `127.0.0.1 ${host}\n`);
  const settings = [
    ...[`http_port 127.0.0.1:${port}`, `hosts_file ${hosts}`, "http_access allow all", "cache deny all"],
    ...[`access_log stdio:${log}`, `cache_log ${join(directory, "cache.log")}`, "pid_filename none"],
    ...["pinger_enable off", "visible_hostname squid.test", "shutdown_lifetime 0 seconds"],
  ];
  writeFileSync(config, `${settings.join("\n")}\n`);
  await serve(squid, ["-N", "-n", `kit${port}`, "-f", config], port);
  return { address: `http://127.0.0.1:${port}`, log: () => readFileSync(log, "utf8") };
}

/** Starts a server of somebody else's, and ends it with the test. */
async function serve(command: string | undefined, args: readonly string[], port: number): Promise<void> {
  const child = spawn(command ?? "", args, { stdio: "ignore" });
  onTestFinished(async () => {
    const isOver = child.exitCode !== null || once(child, "exit");
    // Asked to end, squid takes two seconds.
    child.kill("SIGKILL");
    await isOver;
  });
  while (!(await isOpen(port))) {
    if (child.exitCode !== null) throw new Error(`${command} has ended with ${child.exitCode}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve(true));
    socket.on("error", () => resolve(false)).on("connect", () => socket.destroy());
  });
}

test.skipIf(!openssl || !squid)("Debian's squid leads to a server that it alone finds", async () => {
  const [{ address, log }, { baseUrl, port, certificate }] = await Promise.all([
    startSquid("hubspot.test"),
    startTlsMock("hubspot.test"),
  ]);
  const run = await verify(["--base-url", baseUrl, ...FAST], {
    env: { NODE_EXTRA_CA_CERTS: certificate, all_proxy: address },
  });
  expect(run).toMatchObject({ code: 0, stdout: expect.stringContaining("conforms") });
  expect(log()).toContain(`CONNECT hubspot.test:${port}`);
});

test.skipIf(!openssl || !microsocks)("a SOCKS proxy that wants a password leads to a server, too", async () => {
  const { baseUrl, certificate } = await startTlsMock("0.0.0.0");
  const port = await freePort();
  await serve(microsocks, ["-i", "127.0.0.1", "-p", `${port}`, "-u", "anna", "-P", "p@ss"], port);
  const env = { NODE_EXTRA_CA_CERTS: certificate, ALL_PROXY: `socks5h://anna:p%40ss@127.0.0.1:${port}` };
  const run = await verify(["--base-url", baseUrl, ...FAST], { env });
  expect(run).toMatchObject({ code: 0, stdout: expect.stringContaining("conforms") });
});

test("a server on this machine is never asked for through a proxy", async () => {
  const mock = await startMock({ scenarios: await readScenarios(), port: 0, speed: 100 });
  onTestFinished(mock.close);
  const dead = { HTTPS_PROXY: "http://127.0.0.1:1", HTTP_PROXY: "http://127.0.0.1:1", ALL_PROXY: "no proxy at all" };
  const run = await verify(["--base-url", mock.url, ...FAST], { env: dead });
  expect(run).toMatchObject({ code: 0 });
  for (const host of ["127.0.0.1", "localhost:4010", "[::1]:4010", "api.localhost"]) {
    expect(await connectionTo(`https://${host}`, dead)).toEqual({ hint: "" });
  }
});

/** What a run is told to look at that reaches no server. */
async function unreached(env: Readonly<Record<string, string>>, baseUrl = NOWHERE) {
  const way = await connectionTo(baseUrl, env);
  const through = way.fetch && { fetch: way.fetch };
  const { report } = withHint(await verifyContract({ baseUrl, token: TOKEN, timeoutMs: 2000, ...through }), way.hint);
  const [{ reason, message, next } = { reason: "none", message: "", next: "" }] = report.unjudged;
  expect({ exitCode: report.exitCode, reason }).toEqual({ exitCode: 3, reason: "unreachable" });
  return { message, next };
}

test.each(["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "http_proxy", "HTTP_PROXY"])(
  "where nothing is reached through the proxy of %s, the message names both, without a password",
  async (variable) => {
    const proxy = await startProxy(1, 407);
    const { message, next } = await unreached({ [variable]: `http://anna:secret@${proxy.address}` });
    expect(message).toContain("407");
    expect(next).toContain(`Requests go through http://${proxy.address}, as ${variable} says: check that too.`);
    expect(proxy.asked.length).toBeGreaterThan(0);
    expect(message + next).not.toMatch(/secret|anna/);
  },
);

test("a host that NO_PROXY names is asked for without the proxy, and the message says so", async () => {
  for (const except of ["NO_PROXY", "no_proxy"]) {
    const proxy = await startProxy(1);
    const { message, next } = await unreached({ HTTPS_PROXY: proxy.address, [except]: "example.com, 0.0.0.0" });
    expect(message).toContain("ECONNREFUSED");
    expect(next).toContain(`as HTTPS_PROXY says, except to the hosts of ${except}: check that too.`);
    expect(proxy.asked).toEqual([]);
  }
});

test("where no proxy is named and nothing is reached, the message says which variables are read", async () => {
  const { next } = await unreached({ HTTPS_PROXY: "" });
  expect(next).toContain("Behind a proxy, set HTTPS_PROXY; ALL_PROXY, HTTP_PROXY and NO_PROXY are also read.");
});

test("the variable for https counts before that for all, and that before the one for http", async () => {
  const way = (env: Readonly<Record<string, string>>) => connectionTo(NOWHERE, env).then(({ hint }) => hint);
  const all = { HTTP_PROXY: "http://c:1", ALL_PROXY: "http://b:1", HTTPS_PROXY: "http://a:1" };
  expect(await way(all)).toContain("http://a:1, as HTTPS_PROXY says");
  expect(await way({ ...all, https_proxy: "http://d:1" })).toContain("http://d:1, as https_proxy says");
  expect(await way({ ...all, HTTPS_PROXY: "" })).toContain("http://b:1, as ALL_PROXY says");
  expect(await way({ ...all, HTTPS_PROXY: " proxy.example:3128 " })).toContain("http://proxy.example:3128, as");
  expect(await way({ ALL_PROXY: "socks5://anna:secret@a:1080" })).toMatch(/^(?!.*secret).*socks5:\/\/a:1080/);
});

test.each(["http://", "ftp://proxy.example", "http://anna:secret@:80", "anna:secret@a b", "socks4://a:secret@b"])(
  "HTTPS_PROXY=%s is told by the variable's name alone",
  async (value) => {
    const told = await connectionTo(NOWHERE, { HTTPS_PROXY: value }).catch((error: UserError) => error);
    expect(told).toMatchObject({ name: "UserError", code: "invalid-option" });
    expect(String(told)).toMatch(/^(?!.*secret).*HTTPS_PROXY is not the address of a proxy\. Write one such as/);
  },
);

test("a name without a password, and what is no percent-encoding, go to the proxy as they are", async () => {
  for (const [user, sent] of [
    ["anna", "anna:"],
    ["anna:100%", "anna:100%"],
  ]) {
    const proxy = await startProxy(1, 407);
    await unreached({ HTTPS_PROXY: `http://${user}@${proxy.address}` });
    expect(proxy.asked[0]).toContain(`"Basic ${Buffer.from(sent ?? "").toString("base64")}"`);
  }
});
