"""How a command ends when the cause lies outside the program: a sentence that says what to do, and exit status 1."""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Callable, Iterator

from assets.landing.manifest import LandingError
from assets.locations import locations

_DISK = {
    errno.ENOSPC: "The disk is full{where}. Make room, then run it again.",
    errno.EDQUOT: "The disk quota is used up{where}. Make room, then run it again.",
    errno.EROFS: "The file system is read-only{where}. Name a folder that can be written: WAREHOUSE=<dir>.",
    errno.EACCES: "The user may not write or read{where}. Change its rights, or name another folder: WAREHOUSE=<dir>.",
    errno.EPERM: "The user may not write or read{where}. Change its rights, or name another folder: WAREHOUSE=<dir>.",
    errno.EIO: "The disk gives errors{where}. Nothing was published; look at the disk.",
}


def ending(main: Callable[[], int]) -> int:
    """Run a command; its exit status. A cause outside the program is told in a sentence, a fault of the program with its traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a console that cannot show a sign shows another in its place
            stream.reconfigure(errors="replace")
    try:
        return main()
    except LandingError as error:
        print(f"Cannot run: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped. Nothing half-made was published; the next run takes it up again.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        return 1
    except Exception as error:
        said = explained(error)
        if said is None:
            raise
        print(f"Stopped: {said} The last published warehouse is untouched.", file=sys.stderr)
        return 1


def explained(error: BaseException) -> str | None:
    """What a person can do about an error, or None for a fault of the program."""
    for cause in _causes(error):
        text = str(cause)
        module = type(cause).__module__
        if isinstance(cause, OSError) and cause.errno in _DISK:
            return _DISK[cause.errno].format(where=f" at {cause.filename}" if cause.filename else "")
        if module.startswith("_duckdb") or module.startswith("duckdb"):
            if held := re.search(r"Conflicting lock is held in (.*?\(PID \d+\))", text):
                return f"The warehouse is open for writing in another process: {held[1]}. Close it there, then run it again."
            if "No space left" in text:
                return _DISK[errno.ENOSPC].format(where="")
        if module.startswith(("sqlite3", "sqlalchemy")) and re.search(
            r"malformed|not a database|disk image|corrupt|disk I/O|readonly|read-only|unable to open|full", text
        ):
            home = locations().dagster_home
            return (
                f"The run history in {home} cannot be used ({text.splitlines()[0][:120]}). It holds no report data: move that"
                " folder away, then run it again."
            )
    return None


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = getattr(error, "orig", None) or error.__cause__ or error.__context__


def must_be_writable() -> None:
    """Try the folder of the warehouse before anything else.

    Raises:
        OSError: nothing can be written there.

    """
    here = locations()
    here.work.mkdir(parents=True, exist_ok=True)
    probe = here.work / f".probe-{os.getpid()}"
    probe.write_bytes(b"x")
    probe.unlink()
