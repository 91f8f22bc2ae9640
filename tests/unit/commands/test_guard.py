"""The guard before the Dagster UI: what other sites make a browser send does not reach it."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from assets.commands.guard import Guard

JSON = {"content-type": "application/json"}
OWN = {"host": "127.0.0.1:3000"}


def ask(headers, *, method="POST", path="/graphql", query="", kind="http", hosts=()):
    """The status that a client gets; 200 is the application's."""
    sent = []

    async def app(scope, receive, send):
        sent.append({"status": 200})

    async def receive():
        return {"type": "websocket.connect"}

    async def send(message):
        sent.append(message)

    scope = {"type": kind, "method": method, "path": path, "query_string": query.encode()}
    scope["headers"] = [(name.encode(), value.encode()) for name, value in headers.items()]
    with ThreadPoolExecutor(1) as aside:  # a browser's event loop may be running in this thread
        aside.submit(asyncio.run, Guard(app, hosts)(scope, receive, send)).result()
    return sent[0].get("status") or sent[0]["code"]


@pytest.mark.parametrize(
    "headers",
    [
        OWN | JSON,
        OWN | JSON | {"origin": "http://127.0.0.1:3000", "sec-fetch-site": "same-origin"},
        {"host": "localhost:3000", "origin": "http://localhost:3000"} | JSON,
        {"host": "[::1]:3000"} | JSON,
    ],
)
def test_the_own_page_and_programs_are_served(headers):
    assert ask(headers) == 200


@pytest.mark.parametrize(
    "headers",
    [
        OWN | JSON | {"origin": "https://elsewhere.example"},
        OWN | JSON | {"origin": "null"},
        OWN | JSON | {"origin": "http://127.0.0.1:8000"},
        OWN | JSON | {"sec-fetch-site": "cross-site"},
        OWN | {"content-type": "text/plain"},
        OWN | {"content-type": "application/x-www-form-urlencoded"},
        OWN,
        {"host": "rebound.example:3000", "origin": "http://rebound.example:3000"} | JSON,
        JSON,
    ],
)
def test_other_sites_are_refused(headers):
    assert ask(headers) == 403


def test_a_query_in_the_address_is_refused_and_pages_are_served():
    assert ask(OWN, method="GET", query="query=%7Bversion%7D") == 403
    assert ask(OWN, method="GET", path="/runs") == 200
    assert ask(OWN | {"sec-fetch-site": "cross-site"}, method="GET", path="/runs") == 200, "a link from elsewhere"


def test_a_socket_of_another_site_is_closed():
    assert ask(OWN | {"origin": "http://127.0.0.1:3000"}, kind="websocket") == 200
    assert ask(OWN | {"origin": "https://elsewhere.example"}, kind="websocket") == 1008


def test_a_deployment_names_its_hosts():
    headers = {"host": "zhengbao.example", "origin": "https://zhengbao.example"} | JSON
    assert ask(headers) == 403
    assert ask(headers, hosts=["zhengbao.example"]) == 200
