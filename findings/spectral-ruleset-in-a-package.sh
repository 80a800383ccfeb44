#!/usr/bin/env bash
# Spectral's command line bundles a ruleset that lies beside the document, and gives it @stoplight/spectral-formats with
# named exports and no default. A ruleset in a package, which another one imports by name, is left to Node, which sees the
# same CommonJS module with a default and without those names. So no single import statement works in both places.
#
# Exits 0 while that is so, 1 when it changed.
set -u
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory" || exit 1
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @stoplight/spectral-cli@6.16.3 @stoplight/spectral-formats@1.8.3 || exit 1

cat >document.json <<'JSON'
{ "openapi": "3.1.0", "info": { "title": "t", "version": "1" }, "paths": {} }
JSON
rules='export default { rules: { titled: { given: "$.info.title", then: { function: (title) => title === "t" ? [{ message: "met" }] : [] }, formats: [FORMAT] } } };'
mkdir node_modules/rules
printf '{ "name": "rules", "version": "1.0.0", "type": "module", "exports": { "./*": "./*" } }\n' >node_modules/rules/package.json
printf 'import { oas3_1 } from "@stoplight/spectral-formats";\n%s\n' "${rules/FORMAT/oas3_1}" >named.mjs
printf 'import formats from "@stoplight/spectral-formats";\n%s\n' "${rules/FORMAT/formats.oas3_1}" >default.mjs
cp named.mjs default.mjs node_modules/rules/

try() { # how the ruleset imports, where it lies, the ruleset that the command is given
  output=$(npx --no-install spectral lint document.json --ruleset "$3" --fail-severity hint 2>&1)
  case "$output" in *met*) result="the rule is run" ;; *) result=$(printf '%s' "$output" | grep -o 'Error #1: .*' | head -1) ;; esac
  printf '%-8s %-20s %s\n' "$1" "$2" "$result"
}
seen=$(
  for import in named default; do
    try "$import" "beside the document" "$import.mjs"
    printf 'export { default } from "rules/%s.mjs";\n' "$import" >".$import.mjs"
    try "$import" "in a package" ".$import.mjs"
  done
)
printf 'node %s, @stoplight/spectral-cli 6.16.3, @stoplight/spectral-formats 1.8.3\n%s\n' "$(node --version)" "$seen"
results=$(printf '%s\n' "$seen" | sed 's/.*the rule is run/run/; s/.*Error #1.*/error/' | tr '\n' ' ')
[ "$results" = "run error error run " ]
