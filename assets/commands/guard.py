"""What stands before the Dagster UI: requests that another site makes a browser send are refused.

Dagster's GraphQL takes mutations from any origin, by GET too, so that a page on the internet could start runs on a machine where
the UI is open. Let through are requests for a known host whose Origin, where there is one, is that host.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


class Guard:
    """An ASGI application that hands on what `refusal` has nothing against."""

    def __init__(self, app: App, hosts: Iterable[str] = ()) -> None:
        self.app = app
        self.hosts = frozenset(host.lower() for host in (*LOOPBACK, *hosts))

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        said = self.refusal(scope) if scope["type"] in ("http", "websocket") else None
        if said is None:
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008, "reason": said})
        else:
            headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"x-content-type-options", b"nosniff")]
            await send({"type": "http.response.start", "status": 403, "headers": headers})
            await send({"type": "http.response.body", "body": f"{said}\n".encode()})

    def refusal(self, scope: Message) -> str | None:
        """Why a request is refused; None where it is let through."""
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        host = headers.get(b"host", "").lower()
        if _without_port(host) not in self.hosts:
            return "This host name is not served here; name it in ZHENGBAO_UI_HOSTS."
        origin = headers.get(b"origin")
        if origin is not None and urlsplit(origin).netloc.lower() != host:
            return "Requests of other sites are refused."
        if headers.get(b"sec-fetch-site") in ("cross-site", "same-site") and scope["path"].endswith("/graphql"):
            return "Requests of other sites are refused."
        if scope["type"] == "http" and scope["path"].endswith("/graphql"):
            method = scope["method"]
            if method == "POST" and not headers.get(b"content-type", "").lower().startswith("application/json"):
                return "GraphQL is asked as application/json."
            if method != "POST" and "query" in parse_qs(scope.get("query_string", b"").decode("latin-1")):
                return "GraphQL is asked by POST."
        return None


def _without_port(host: str) -> str:
    """The host of a Host header.

    >>> _without_port("localhost:3000"), _without_port("[::1]:3000"), _without_port("a.example")
    ('localhost', '[::1]', 'a.example')
    """
    return host[: host.index("]") + 1] if host.startswith("[") and "]" in host else host.split(":")[0]
