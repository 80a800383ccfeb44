"""A driver (see ./observe.mjs) of hubspot-api-client: python.py DIRECTORY, where the SDK is, or none where it is installed."""

import json
import sys
import warnings

if len(sys.argv) > 1:
    sys.path.insert(0, sys.argv[1])
warnings.simplefilter("ignore")

import urllib3
from hubspot import HubSpot
from urllib3.util.retry import Retry

FIELDS = {
    "id": "id",
    "status": "status",
    "taskId": "task_id",
    "startedAt": "started_at",
    "completedAt": "completed_at",
    "numErrors": "num_errors",
    "errors": "errors",
    "links": "links",
    "result": "result",
    "result.size": "result.size",
    "result.id": "result.id",
    "progress": "progress",
}


kept = {}


def files_api(request):
    """The API object; each time it is read from the client, the SDK makes another, with connections of its own."""
    key = (request["base"], request["token"])
    if key in kept:
        return kept[key]
    base, token = key
    retry = Retry(total=2, backoff_factor=0.3, status_forcelist=(429, 500, 502, 503, 504)) if request["retries"] else None
    # docs
    client = HubSpot(access_token=token, host=base, retry=retry)
    api = client.files.files_api
    # end
    if request["kept"]:
        kept[key] = api
    return api


def call(request):
    api = files_api(request)
    try:
        if request["call"] == "poll":
            timeout = {"_request_timeout": request["timeoutSeconds"]} if request["timeoutSeconds"] else {}
            return shown(api.check_import(request["id"], **timeout))
        return shown(api.import_from_url({"url": "https://example.com/cat.png", "access": "PRIVATE", "folderPath": "/library"}))
    except Exception as error:
        return {"error": type(error).__name__, "code": getattr(error, "status", None), "category": category(error)}


def category(error):
    try:
        return json.loads(error.body)["category"]
    except Exception:
        return None


def shown(value):
    if not hasattr(value, "to_dict"):
        return {"value": repr(value)}
    return {"model": type(value).__name__, "fields": {name: literal(value, path) for name, path in FIELDS.items()}}


def literal(value, path):
    for name in path.split("."):
        value = getattr(value, name, None)
    if isinstance(value, str):
        return json.dumps(value)
    if isinstance(value, list):
        return f"list({len(value)})"
    if value is None or isinstance(value, (int, float, dict)) and len(repr(value)) < 40:
        return repr(value)
    return type(value).__name__


for line in sys.stdin:
    request = json.loads(line)
    if "call" in request:
        answer = call(request)
    else:
        from importlib import metadata

        answer = {
            "sdk": "Python " + metadata.version("hubspot-api-client"),
            "runtime": f"Python {sys.version.split()[0]}, urllib3 {urllib3.__version__}",
        }
    print(json.dumps(answer), flush=True)
