"""LibreOffice, where it is installed: DOC and WPS become DOCX, which keeps automatic numbers and tracked changes.

What was seen of it (7.4): exit status 0 without an output file for a file it cannot load; one profile serves one process at a time;
1.8 to 2 s a file once its profile is there.
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from functools import cache
from pathlib import Path

from assets.locations import PROJECT
from assets.reading import limited
from assets.reading.child import end_group
from pipeline.decoding import Refusal

SECONDS = 90.0
_MEGABYTES = 4096
_NAMES = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")
# No macros, no links to elsewhere. Without a proxy that answers, what a document links is not fetched either.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""
_NOWHERE = "http://127.0.0.1:9"
_INSTALL = "Install it (Debian: apt-get install libreoffice-writer) and run again, or save the report as DOCX."
_lock = threading.Lock()


@cache
def soffice() -> str | None:
    """The program, or None where it is not installed."""
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


@cache
def _profile() -> Path:
    """A profile of this process alone: one that another process uses cannot be opened, and a person's is not touched."""
    folder = Path(tempfile.mkdtemp(prefix="zhengbao-office-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "user").mkdir()
    (folder / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    return folder


def to_docx(data: bytes, seconds: float = SECONDS) -> bytes | Refusal:
    """The document as DOCX, one conversion at a time, or why there is none."""
    program = soffice()
    if program is None:
        return Refusal(
            "needs_libreoffice", "The file is a DOC or WPS document, which needs LibreOffice to be read.", _INSTALL
        )
    with _lock, tempfile.TemporaryDirectory(prefix="zhengbao-doc-") as name:
        folder = Path(name)
        source, target = folder / "in.doc", folder / "out" / "in.docx"
        source.write_bytes(data)
        command = [
            *(sys.executable, "-I", "-S", limited.__file__, str(_MEGABYTES), str(int(seconds))),
            *(program, f"-env:UserInstallation={_profile().as_uri()}", "--headless", "--norestore", "--nologo"),
            *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(target.parent), str(source)),
        ]
        environment = {"PATH": os.environ.get("PATH", ""), "HOME": name, "LANG": "C.UTF-8"}
        environment |= {"http_proxy": _NOWHERE, "https_proxy": _NOWHERE}
        process = subprocess.Popen(
            command,
            cwd=PROJECT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            remedy = "Save the report as DOCX or plain text (UTF-8)."
            return Refusal("reader_timeout", f"LibreOffice took more than {seconds:.0f} seconds for the file.", remedy)
        finally:
            end_group(process)
        if not target.is_file():
            detail = f"LibreOffice could not load the file (exit status {process.returncode})."
            return Refusal("broken_file", detail, "Open it in Word or WPS, save it as DOCX, and put that file there.")
        return target.read_bytes()
