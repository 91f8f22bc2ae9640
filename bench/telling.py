"""What whole runs took, as tables, as records and as pictures (整轮运行的呈现)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from rich.table import Table

from bench.watched import FILES, MAIN, OTHERS, Run

THIS, EARLIER = "this", "earlier"
DUTIES = (MAIN, "judge", "read", "write", FILES, OTHERS)
SHOWN_STEPS = 12

Taken = dict[str, Run | None]
"""Build -> its middle run; None where it needed more than the patience."""


class Case(NamedTuple):
    """What was measured, and what came of it."""

    what: str
    megabytes: float
    sources: int
    load: float
    taken: Taken
    carried: float | None = None
    """Seconds that the earlier build would need, where it was left out."""
    left: dict[str, Any] | None = None
    """What a whole run of this build left: rows and bytes."""

    @property
    def ratios(self) -> tuple[float | None, float | None]:
        """Earlier / this one: until published, and of the whole run."""
        ours, theirs = self.taken[THIS], self.taken.get(EARLIER)
        assert ours is not None
        if theirs is None:
            return None, self.carried / ours.seconds if self.carried else None
        return (
            theirs.published / ours.published if theirs.published and ours.published else None,
            theirs.seconds / ours.seconds,
        )


def table(cases: Sequence[Case]) -> Table:
    """One row a case and build: seconds, peak memory, and how many times as fast this one is."""
    runs = [told for case in cases for told in case.taken.values() if told]
    duties = [duty for duty in DUTIES if any(duty in told.processes for told in runs)]
    shown = Table("", "build", title="seconds, and megabytes of the largest process of each duty")
    for column in ("published", "whole run", "CPU", *duties, "ratio published", "whole run"):
        shown.add_column(column, justify="right")
    for case in cases:
        for build, told in case.taken.items():
            ratios = [f"{ratio:.2f} x" if ratio else "" for ratio in case.ratios] if build == EARLIER else []
            shown.add_row(case.what if build == THIS else "", build, *cells(told, duties), *ratios)
        if case.carried:
            shown.add_row(
                "", EARLIER, "", f"{case.carried:.0f} by line", *[""] * (len(duties) + 2), f"{case.ratios[1]:.2f} x"
            )
    return shown


def cells(told: Run | None, duties: Sequence[str]) -> list[str]:
    """Seconds until published, in all and of the CPU, and the memory of each duty."""
    if told is None:
        return ["", "too long", "", *("" for _ in duties)]
    peaks = (told.processes.get(duty) for duty in duties)
    seconds = (told.published, told.seconds, told.cpu)
    return [f"{took:.1f}" if took else "" for took in seconds] + [f"{own.peak:.0f}" if own else "" for own in peaks]


def steps_table(cases: Sequence[Case]) -> Table:
    """The share of each step in the time of all steps of this build, one column a case that published."""
    shares = steps_shares(cases)
    shown = Table("step", *shares, title="share of the steps' time, this build")
    for step in main_steps(cases):
        shown.add_row(step, *(f"{own.get(step, 0):.0%}" for own in shares.values()))
    return shown


def steps_shares(cases: Sequence[Case]) -> dict[str, dict[str, float]]:
    """Case -> step -> its share."""
    told = {case.what: case.taken[THIS].steps for case in cases}  # type: ignore[union-attr]
    return {what: {step: own[step] / sum(own.values()) for step in own} for what, own in told.items() if own}


def main_steps(cases: Sequence[Case]) -> list[str]:
    """The steps that take most, in the order of a run."""
    shares = steps_shares(cases)
    together = {step: sum(own.get(step, 0) for own in shares.values()) for own in shares.values() for step in own}
    most = sorted(together, key=lambda step: -together[step])[:SHOWN_STEPS]
    return [step for step in together if step in most]


def records(cases: Sequence[Case]) -> list[dict[str, Any]]:
    """The cases as JSON has them."""

    def plain(told: Run | None) -> dict[str, Any] | None:
        if told is None:
            return None
        processes = {duty: process._asdict() for duty, process in told.processes.items()}
        return told._asdict() | {"processes": processes, "cpu": told.cpu, "peak": told.peak}

    return [
        case._asdict()
        | {"taken": {build: plain(told) for build, told in case.taken.items()}}
        | dict(zip(("ratio_published", "ratio_whole"), case.ratios, strict=True))
        for case in cases
    ]


def draw(cases: Sequence[Case], folder: Path) -> None:
    """runs.svg and steps.svg."""
    import pygal  # puts a finder of its own into sys.meta_path, which pytest's import of later modules cannot ask

    height = 150 + 60 * len(cases)
    bars = pygal.HorizontalBar(
        title="seconds", js=[], width=1000, height=height, legend_at_bottom=True, truncate_legend=-1
    )
    bars.x_labels = [case.what for case in cases]
    for build in (THIS, EARLIER):
        told = [case.taken.get(build) for case in cases]
        bars.add(f"{build}: published", [run.published if run else None for run in told])
        bars.add(f"{build}: whole run", [run.seconds if run else None for run in told])
    bars.render_to_file(str(folder / "runs.svg"))
    shares = steps_shares(cases)
    stack = pygal.HorizontalStackedBar(
        title="share of each step, %", js=[], width=1000, height=height, truncate_legend=-1
    )
    stack.x_labels = list(shares)
    for step in main_steps(cases):
        stack.add(step, [round(100 * own.get(step, 0), 1) for own in shares.values()])
    stack.render_to_file(str(folder / "steps.svg"))
