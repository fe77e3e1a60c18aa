#!/usr/bin/env bash
# ray[default] 2.60.0, Linux x64: the id of a job that was deleted is free at once, and the job that takes it often fails without having run
#
# A job ends (SUCCEEDED), DELETE /api/jobs/ID answers true, and GET says that there is no such job. POST of a new job under the same id is then
# accepted (200), and between one and four of four such jobs were FAILED on two cores: "Job supervisor actor died", or "The name
# _ray_internal_job_actor_ID … is already taken", since the actor that supervised the first job ends only after its job is gone from the list.
#
# A guess from the documentation: what DELETE has answered true to is gone, and its submission_id can be used again.
# What helps: another id for each try.
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
cat >"$folder/ask.py" <<'PY'
import json
import sys
import time
import urllib.error
import urllib.request

head = sys.argv[1]


def ask(method, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(head + path, data, {"content-type": "application/json"}, method=method)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, None


def run(name):
    submitted, _ = ask("POST", "/api/jobs/", {"entrypoint": "true", "submission_id": name})
    while True:
        _, job = ask("GET", f"/api/jobs/{name}")
        if job["status"] in ("SUCCEEDED", "FAILED", "STOPPED"):
            return submitted, job["status"], job["message"]
        time.sleep(0.1)


def reason(message):
    return "already taken" if "already taken" in message else message.split("\n")[0][:90]


failed = 0
for name in ["one", "two", "three", "four", "five", "six"]:
    first = run(name)
    deleted = ask("DELETE", f"/api/jobs/{name}")
    gone, _ = ask("GET", f"/api/jobs/{name}")
    second = run(name)
    failed += second[1] == "FAILED"
    print(name, first[:2], "delete", deleted, "then GET", gone, "again", second[:2], reason(second[2]))
    if first[:2] != (200, "SUCCEEDED") or gone != 404 or second[0] != 200:
        sys.exit("This Ray behaves otherwise than 2.60.0 did.")
print(f"{failed} of 6 failed")
if failed == 0:
    sys.exit("This Ray behaves otherwise than 2.60.0 did.")
PY
"$folder/v/bin/python" "$folder/ask.py" "http://127.0.0.1:$dashboard"
