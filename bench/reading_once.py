"""One turn of `bench.beside`: CPU seconds of text to facts in the build of the working directory, and the facts (读一遍).

    python reading_once.py TEXTS.json OUT.json [counted]

Runs by itself in any build from 53110ef on: it names the places where these have kept the same things. `counted`: it runs under
callgrind, which counts the instructions of the second pass.
"""

import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from time import process_time
from types import ModuleType

sys.path.insert(0, str(Path.cwd()))
FIELDS = ("indicator", "value", "value_max", "unit", "comparator", "kind", "status", "place", "period", "quote")


def either(*names: str) -> ModuleType:
    """The first of the modules that this build has."""
    for name in names:
        try:
            return import_module(name)
        except ModuleNotFoundError as error:
            if error.name is None or not name.startswith(error.name):
                raise
    sys.exit(f"This build has none of {', '.join(names)}.")


def count(switch: str) -> None:
    """Switch callgrind's count on or off."""
    subprocess.run(["callgrind_control", "-i", switch, str(os.getpid())], check=True, capture_output=True)


def main() -> None:
    counted = sys.argv[3:] == ["counted"]
    known = either("assets.stages.knowledge", "assets.knowledge").knowledge()
    stages, facts = import_module("pipeline.stages"), import_module("pipeline.facts")
    with_evidence = getattr(facts, "read_facts", None)
    texts = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    spent = 0.0
    found: dict[str, list[list[str]]] = {}
    for warm in (True, False):
        if counted and not warm:
            count("on")
        for path, text in list(texts.items())[: 5 if warm else None]:
            raw = stages.read_report(path.split("/")[0], path, text.encode())
            if not hasattr(raw, "raw_text"):
                continue  # one build may reject what the other takes
            start = process_time()
            report = stages.clean_report(raw, None, known)
            if not hasattr(report, "text"):
                continue
            sections, sentences = stages.outline_report(report.text, known)
            offsets = stages.offset_map(report.text)
            given = (report.document, report.text.clean_text, offsets, sections, sentences, known.facts)
            rows = with_evidence(*given).facts if with_evidence else facts.extract_facts(*given)
            spent += 0 if warm else process_time() - start
            found[path] = [[str(getattr(row, name)) for name in FIELDS] for row in rows]
    if counted:
        count("off")
    Path(sys.argv[2]).write_text(json.dumps({"seconds": spent, "facts": found}, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
