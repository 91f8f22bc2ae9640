"""What other sites make a browser send does not reach Dagster's GraphQL; harmless mutations show it."""

import json
import urllib.error
import urllib.request

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("server")]

HARMLESS = json.dumps({"query": "mutation { setNuxSeen }"}).encode()


def status(server, headers, data=HARMLESS, path="/graphql"):
    request = urllib.request.Request(server.url + path, data, headers)
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return response.status
    except urllib.error.HTTPError as error:
        return error.code


def test_the_own_page_may_and_other_sites_may_not(server):
    json_type = {"Content-Type": "application/json"}
    assert status(server, json_type | {"Origin": server.url}) == 200
    assert status(server, json_type | {"Origin": "https://elsewhere.example"}) == 403
    assert status(server, {"Content-Type": "text/plain"}) == 403
    assert status(server, json_type | {"Host": "rebound.example"}) == 403
    assert status(server, {}, None, "/graphql?query=mutation%7BsetNuxSeen%7D") == 403
