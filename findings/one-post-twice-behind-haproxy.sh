#!/usr/bin/env bash
# One import that curl (or an SDK on libcurl, as HubSpot's for PHP and Ruby) POSTs through HAProxy arrives twice, where the
# connection that HAProxy had kept to the API is reset: HAProxy then hangs up on its client in place of a 502, and curl takes
# its own kept connection for stale and sends the POST again. Over a connection of its own the same POST arrives once.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
chmod 755 "$directory"
cd "$directory"
apt-get download -qq -o APT::Sandbox::User=root haproxy=2.6.12-1+deb12u4 liblua5.3-0=5.3.6-2 libopentracing-c-wrapper0 libopentracing1 \
  curl=7.88.1-10+deb12u15 libcurl4=7.88.1-10+deb12u15
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH="$directory/usr/lib/x86_64-linux-gnu"
cat > look.mjs <<'JS'
import { execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { connect } from "node:net";
import { promisify } from "node:util";

/** Answers polls, and resets the connection of every import but one on a new connection. */
const served = new WeakMap();
let imports = 0;
const api = createServer((request, response) => {
  const before = served.get(request.socket) ?? 0;
  served.set(request.socket, before + 1);
  request.resume().on("end", () => {
    if (request.method !== "POST") return response.end("{}");
    imports += 1;
    if (before > 0) return request.socket.resetAndDestroy();
    response.writeHead(202, { "Content-Type": "application/json" }).end('{"id":"1"}');
  });
});
await once(api.listen(0, "127.0.0.1"), "listening");

const free = createServer().listen(0, "127.0.0.1");
await once(free, "listening");
const { port } = free.address();
await new Promise((resolve) => free.close(resolve));
writeFileSync("haproxy.cfg", `defaults
  mode http
  timeout client 30s
  timeout server 30s
  timeout connect 5s
listen all
  bind 127.0.0.1:${port}
  server api 127.0.0.1:${api.address().port}
`);
const haproxy = spawn("usr/sbin/haproxy", ["-f", "haproxy.cfg"], { stdio: "ignore" });
const isUp = () =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve(true)).on("error", () => resolve(false));
    socket.on("connect", () => socket.destroy());
  });
while (!(await isUp())) await new Promise((resolve) => setTimeout(resolve, 50));

const told = ["-s", "-o", "/dev/null", "-w", "%{http_code} "];
const url = `http://127.0.0.1:${port}`;
async function submit(...before) {
  imports = 0;
  const args = [...before, ...told, "-d", "{}", `${url}/import`];
  const { stdout } = await promisify(execFile)("usr/bin/curl", args);
  return { told: stdout.trim().split(" ").at(-1), imports };
}
const kept = await submit(...told, `${url}/poll`, "--next");
await promisify(execFile)("usr/bin/curl", [...told, `${url}/poll`]); // so that HAProxy has a connection to the API again
const fresh = await submit();
haproxy.kill("SIGKILL");
console.log(execFileSync("usr/sbin/haproxy", ["-v"], { encoding: "utf8" }).split("\n")[0]);
console.log(execFileSync("usr/bin/curl", ["--version"], { encoding: "utf8" }).split("\n")[0]);
console.log("one POST after a poll on one connection:", kept);
console.log("one POST on a connection of its own:", fresh);
const found = kept.imports === 2 && kept.told === "202" && fresh.imports === 1;
console.log(found ? "as found: one POST is two imports" : "CHANGED");
process.exit(found ? 0 : 1);
JS
node look.mjs
