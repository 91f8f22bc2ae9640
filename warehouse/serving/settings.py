"""Where the SQL server listens, what it may use, and the files it keeps."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

TOKEN_VARIABLE = "ZHENGBAO_SQL_TOKEN"
PORT = 9494


@dataclass(frozen=True)
class Settings:
    """One server."""

    warehouse: Path
    """The folder whose live version is served."""
    work: Path
    """The folder of the server's own files."""
    port: int = PORT
    host: str = "127.0.0.1"
    """Anything but loopback is a decision of whoever runs it: the protocol itself is not encrypted."""
    megabytes: int = 1024
    """What all queries together may use by DuckDB's count; a process that takes twice that, and something for the program, is ended."""
    threads: int = 2
    seconds: float = 60.0
    """How long a query may run."""

    @property
    def address(self) -> str:
        """What a client connects to."""
        return f"quack:{self.host}:{self.port}"

    @property
    def published(self) -> Path:
        """A hard link to the version that is served: the only folder that the serving process can read."""
        return self.work / "published"

    @property
    def extensions(self) -> Path:
        """DuckDB's extensions, put there from the installed packages."""
        return self.work / "extensions"

    @property
    def pidfile(self) -> Path:
        """The process id of the supervisor."""
        return self.work / "server.pid"

    @property
    def lock(self) -> Path:
        """Held by the supervisor as long as it lives."""
        return self.work / "server.lock"

    @property
    def heartbeat(self) -> Path:
        """Touched by the serving process."""
        return self.work / "heartbeat"

    @property
    def access_log(self) -> Path:
        """One JSON object a request."""
        return self.work / "access.jsonl"

    @property
    def token_file(self) -> Path:
        """The token that clients give, readable by its owner only."""
        return self.work / "token"

    def token(self) -> str:
        """From ZHENGBAO_SQL_TOKEN, else the one of the token file, which is made where there is none."""
        given = os.environ.get(TOKEN_VARIABLE)
        if given:
            return given
        self.work.mkdir(parents=True, exist_ok=True)
        if not self.token_file.exists():
            descriptor = os.open(self.token_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(24))
        return self.token_file.read_text(encoding="utf-8").strip()
