"""`python -m assets.reading.worker FD`: the child that reads files, one after another, until its parent hangs up.

A request is the length of a file in eight bytes and the file; the answer is a length and JSON: a reading or a refusal. JSON, because
what has read a hostile file is not trusted with anything that its parent would execute.
"""

from __future__ import annotations

import json
import socket
import sys

from assets.reading.limited import limit
from pipeline.decoding import Refusal
from pipeline.readers import read

MEGABYTES = 2048
LENGTH = 8


def receive(connection: socket.socket, size: int) -> bytes:
    """So many bytes, or none at the end of the stream."""
    data = bytearray()
    while len(data) < size:
        block = connection.recv(min(1 << 20, size - len(data)))
        if not block:
            return b""
        data += block
    return bytes(data)


def main() -> None:
    """Answer every request."""
    # Computing time is the parent's to watch: this process reads many files.
    limit(MEGABYTES, 1 << 30, largest_write=0)
    with socket.socket(fileno=int(sys.argv[1])) as connection:
        while head := receive(connection, LENGTH):
            data = receive(connection, int.from_bytes(head, "big"))
            found = read(data)
            kind = "refusal" if isinstance(found, Refusal) else "reading"
            answer = json.dumps([kind, found], ensure_ascii=False).encode("utf-8", "replace")
            del data, found
            connection.sendall(len(answer).to_bytes(LENGTH, "big") + answer)


if __name__ == "__main__":
    main()
