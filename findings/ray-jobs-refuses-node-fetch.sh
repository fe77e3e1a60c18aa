#!/usr/bin/env bash
# ray[default] 2.60.0, Node 20.20 (and any that has fetch), Linux x64: a head answers 405 to what Node's fetch hands in
#
# POST /api/jobs/ by curl or by node:http: 200, and the job is there. The same by fetch: 405 "'POST' method not allowed for browser traffic."
# The dashboard takes a request for a browser's where it has any Sec-Fetch-* header, and fetch adds Sec-Fetch-Mode: cors to each, after the
# caller's own headers, so that it can be neither left out nor changed. GET is answered, so that all seems well until something is handed in;
# DELETE and stop are refused, too.
#
# A guess from the documentation: a REST API takes what is sent to it.
# What helps: node:http. Setting 'sec-fetch-mode' or a user agent does not.
set -euo pipefail
folder=$(mktemp -d /tmp/ray-XXXX)
python3 -m venv "$folder/v"
"$folder/v/bin/pip" install --quiet "ray[default]==2.60.0"
read -r gcs dashboard < <(python3 -c 'import socket; s=[socket.socket() for _ in "ab"]; [x.bind(("127.0.0.1",0)) for x in s]; print(*[x.getsockname()[1] for x in s])')
RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER=0 RAY_AUTH_MODE=disabled RAY_USAGE_STATS_ENABLED=0 setsid "$folder/v/bin/ray" start --head --block --node-ip-address 127.0.0.1 \
  --port "$gcs" --dashboard-host 127.0.0.1 --dashboard-port "$dashboard" --num-cpus 1 --object-store-memory 80000000 --disable-usage-stats \
  --temp-dir "$folder/t" >"$folder/out" 2>&1 &
head=$!
trap 'kill -9 -- "-$head" 2>/dev/null; sleep 3; rm -rf "$folder"' EXIT
for _ in $(seq 300); do curl -s --noproxy '*' -o /dev/null "http://127.0.0.1:$dashboard/api/version" && break; sleep 0.1; done
sleep 5
cat >"$folder/ask.mjs" <<'JS'
import http from 'node:http';
const url = `${process.argv[2]}/api/jobs/`;
const body = (id) => JSON.stringify({ entrypoint: 'true', submission_id: id });
const headers = { 'content-type': 'application/json', 'sec-fetch-mode': '', 'user-agent': 'curl/8' };
const fetched = await fetch(url, { method: 'POST', headers, body: body('by-fetch') });
console.log('fetch    ', fetched.status, (await fetched.text()).slice(0, 80));
const question = http.request(url, { method: 'POST', headers: { 'content-type': 'application/json' } }, (answer) => {
  console.log('node:http', answer.statusCode);
  answer.resume();
  if (fetched.status === 405 && answer.statusCode === 200) return;
  console.log('This Ray behaves otherwise than 2.60.0 did.');
  process.exitCode = 1;
});
question.end(body('by-http'));
JS
node "$folder/ask.mjs" "http://127.0.0.1:$dashboard"
