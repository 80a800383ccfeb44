import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { debianCommand } from "../debian.js";
import { freePort } from "../free-port.js";

/** A proxy of Debian's in front of mocks, with the configuration that docs/proxies.md has for it. */
export interface RunningProxy {
  readonly name: ProxyName;
  /** Where it leads to the mock that trusts it. */
  readonly trusting: string;
  /** Where it leads to the mock that does not. */
  readonly plain: string;
  readonly stop: () => void;
}

export type ProxyName = keyof typeof CONFIGURATIONS;

/** Ports and files that a configuration needs. */
interface Places {
  readonly directory: string;
  readonly port: number;
  /** Of the mock that trusts the proxy, and of the one that does not. */
  readonly mocks: readonly [trusting: number, plain: number];
  /** The snippet of docs/proxies.md. */
  readonly snippet: string;
}

const APACHE_MODULES = ["mpm_event", "authz_core", "headers", "proxy", "proxy_http", "socache_shmcb", "ssl"];

const CONFIGURATIONS = {
  nginx: ({ directory, port, mocks, snippet }: Places) => `
daemon off;
pid ${directory}/nginx.pid;
error_log ${directory}/nginx.log;
events {}
http {
  access_log off;
  ${["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((kind) => `${kind}_temp_path ${directory}/${kind};`).join(" ")}
  upstream kept { server 127.0.0.1:${mocks[0]}; keepalive 4; }
  server {
    listen 127.0.0.1:${port} ssl;
    ssl_certificate ${directory}/tls.pem;
    ssl_certificate_key ${directory}/tls.pem;
    ${snippet}
    location / { proxy_pass http://127.0.0.1:${mocks[1]}; }
    location /kept/ {
      proxy_pass http://kept/;
      proxy_http_version 1.1;
      include /etc/nginx/proxy_params;
      proxy_set_header Connection "";
    }
  }
}`,
  apache2: ({ directory, port, mocks, snippet }: Places) => `
ServerName localhost
Listen 127.0.0.1:${port}
PidFile ${directory}/apache.pid
ErrorLog ${directory}/apache.log
DefaultRuntimeDir ${directory}
Mutex file:${directory}
${APACHE_MODULES.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join("\n")}
SSLEngine on
SSLCertificateFile ${directory}/tls.pem
SSLSessionCache none
<Location />
  ProxyPass http://127.0.0.1:${mocks[1]}/
</Location>
${snippet}
`,
  haproxy: ({ directory, port, mocks, snippet }: Places) => `
defaults
  mode http
  timeout client 30s
  timeout server 30s
  timeout connect 5s
frontend all
  bind 127.0.0.1:${port} ssl crt ${directory}/tls.pem
  ${snippet.replaceAll("\n", "\n  ")}
  use_backend trusting if { path_beg /hubspot/ }
  default_backend plain
backend trusting
  server mock 127.0.0.1:${mocks[0]}
backend plain
  server mock 127.0.0.1:${mocks[1]}
`,
  squid: ({ directory, port, mocks, snippet }: Places) => `
${snippet}
https_port 127.0.0.1:${port} accel vhost tls-cert=${directory}/tls.pem
cache_peer 127.0.0.1 parent ${mocks[0]} 0 no-query originserver login=PASSTHRU name=trusting
cache_peer localhost parent ${mocks[1]} 0 no-query originserver login=PASSTHRU name=plain
cache_peer_access trusting allow isMock
cache_peer_access plain deny isMock
never_direct allow all
http_access allow all
cache deny all
access_log none
cache_log ${directory}/squid.log
pid_filename none
coredump_dir ${directory}
shutdown_lifetime 0 seconds
`,
};

const COMMANDS: Readonly<
  Record<ProxyName, { readonly packageName?: string; readonly options: (file: string) => readonly string[] }>
> = {
  nginx: { packageName: "nginx-light", options: (file) => ["-c", file, "-e", "stderr"] },
  apache2: { options: (file) => ["-DFOREGROUND", "-f", file] },
  haproxy: { options: (file) => ["-f", file] },
  squid: { options: (file) => ["-N", "-f", file] },
};

export const PROXIES = Object.keys(CONFIGURATIONS) as ProxyName[];

/** A directory for proxies, with a certificate for localhost. */
export async function proxyDirectory() {
  const directory = await mkdtemp(join(tmpdir(), "proxies-"));
  // They are started by nobody where root runs the tests.
  await chmod(directory, 0o777);
  const [key, certificate] = [join(directory, "key.pem"), join(directory, "certificate.pem")];
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
  const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  execFileSync(
    debianCommand("openssl") ?? "",
    ["req", "-x509", ...curve, ...subject, "-keyout", key, "-out", certificate],
    {
      stdio: "pipe",
    },
  );
  const ca = await readFile(certificate, "utf8");
  await writeFile(join(directory, "tls.pem"), ca + (await readFile(key, "utf8")), { mode: 0o644 });
  return { directory, ca, remove: () => rm(directory, { recursive: true, force: true }) };
}

/**
 * Starts a proxy before two mocks.
 *
 * @returns undefined where the system has none of that name; the reason is printed
 */
export async function startProxy(
  name: ProxyName,
  { directory, mocks }: Pick<Places, "directory" | "mocks">,
): Promise<RunningProxy | undefined> {
  const { packageName, options } = COMMANDS[name];
  const command = debianCommand(name, packageName);
  if (command === undefined) return undefined;
  const snippet = (await snippetFor(name)).replaceAll("127.0.0.1:4010", `127.0.0.1:${mocks[0]}`);
  // Another process may take the port between its choice and its use.
  for (let tries = 0; tries < 3; tries += 1) {
    const port = await freePort();
    const file = join(directory, `${name}.conf`);
    await writeFile(file, CONFIGURATIONS[name]({ directory, port, mocks, snippet }));
    const isRoot = process.getuid?.() === 0;
    // A group of its own: whoever kills nginx or Apache alone leaves its workers running.
    const child = spawn(command, options(file), {
      stdio: "ignore",
      detached: true,
      ...(isRoot && { uid: 65_534, gid: 65_534 }),
    });
    if (await isListening(child, port)) {
      const origin = `https://localhost:${port}`;
      const group = -(child.pid as number);
      return { name, trusting: `${origin}/hubspot`, plain: origin, stop: () => void process.kill(group, "SIGKILL") };
    }
  }
  throw new Error(`${name} does not start: see ${directory}`);
}

/** The first snippet of a proxy's own language in docs/proxies.md. */
async function snippetFor(name: ProxyName): Promise<string> {
  const text = await readFile(new URL("../../docs/proxies.md", import.meta.url), "utf8");
  const language = name === "apache2" ? "apache" : name;
  return new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, "s").exec(text)?.[1]?.trimEnd() ?? "";
}

/** @returns false where the process ended before */
async function isListening(child: ChildProcess, port: number): Promise<boolean> {
  while (child.exitCode === null && child.signalCode === null) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => resolve(true));
      socket.once("error", () => resolve(false)).once("connect", () => socket.destroy());
    });
    if (isOpen) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}
