"""The units of deploy/single_host, started without systemd: their commands, with the paths and ports of a throwaway host."""

import contextlib
import os
import pwd
import shutil
import string
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "deploy" / "single_host"
INSTALLED = "/opt/zhengbao"


def unit_lines(name, key):
    """The values of a key in a unit, in their order."""
    lines = (FOLDER / f"zhengbao-{name}.service").read_text(encoding="utf-8").splitlines()
    return [line.partition("=")[2] for line in lines if line.startswith(f"{key}=")]


def settings():
    """zhengbao.env as systemd reads it: what is set."""
    lines = (FOLDER / "zhengbao.env").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def command(line, environment):
    """A command of a unit, with the variables filled in and this checkout in place of the installed one."""
    words = string.Template(line).substitute(environment).split()
    assert words[0] == f"{INSTALLED}/.venv/bin/python"
    return [sys.executable, *words[1:]]


@contextlib.contextmanager
def postgres(port, name, password):
    """A PostgreSQL cluster of its own on loopback with one database, ended and removed afterwards."""
    # Not below pytest's folder, which its owner alone may enter.
    with tempfile.TemporaryDirectory() as folder, _cluster(Path(folder), port, name, password):
        yield


@contextlib.contextmanager
def _cluster(folder, port, name, password):
    tools = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), default=None)
    programs = (tools or Path(shutil.which("initdb") or "/nowhere/initdb").parent).resolve()
    user = {}
    if os.geteuid() == 0:  # PostgreSQL does not run as root
        user = {"user": pwd.getpwnam("postgres").pw_uid}
        os.chown(folder, user["user"], -1)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder, "check": True, **user}
    (folder / "password").write_text(password)
    data = folder / "data"
    initdb = [programs / "initdb", "-D", data, "-U", name, "--pwfile", folder / "password", "-A", "scram-sha-256", "-N"]
    subprocess.run([*initdb, "-E", "UTF8", "--no-locale"], **quiet)
    control = [programs / "pg_ctl", "-D", data, "-w"]
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
    subprocess.run([*control, "-l", folder / "log", "-o", options, "start"], **quiet)
    try:
        as_owner = {"env": os.environ | {"PGPASSWORD": password}, **quiet}
        subprocess.run([programs / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", name, name], **as_owner)
        yield
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], **quiet | {"check": False})


def has_postgres():
    """Whether Debian's PostgreSQL is on this machine."""
    return any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


@contextlib.contextmanager
def units(names, environment, logs):
    """The commands of some units, running; ended with all that they started."""
    with contextlib.ExitStack() as stack:
        for name in names:
            for line in unit_lines(name, "ExecStartPre"):
                subprocess.run(command(line, environment), cwd=ROOT, env=environment, check=True, timeout=60)
            (line,) = unit_lines(name, "ExecStart")
            log = stack.enter_context((logs / f"{name}.log").open("w"))
            process = subprocess.Popen(
                command(line, environment), cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True
            )
            stack.callback(_end, process)
        yield


def _end(process):
    process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(15)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, 9)


def wait_for(said, seconds, what, logs, every=0.5):
    """Ask until the answer is true; the ends of the logs are told where it never is."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            if said():
                return
        time.sleep(every)
    ends = "\n".join(f"--- {log.name}\n{log.read_text()[-1500:]}" for log in sorted(logs.glob("*.log")))
    raise AssertionError(f"{what}\n{ends}")
