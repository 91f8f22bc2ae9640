"""Extraction quality: the extractor measured on labelled reports, as an asset with a trend and a gate."""

from collections.abc import Iterator, Mapping

import dagster as dg

from assets.quality.gold_sets import GOLD, REAL_SPLITS
from assets.quality.measures import Measured, Measures, cached, keep, taken
from assets.quality.stopping import Broken, NothingPublishedError
from assets.stages.code_version import evaluation_version
from assets.stages.tables import OWNERS, inert
from pipeline.evaluation import Floors, gate, parse_floors

FLOORS = GOLD / "floors.yaml"
SHOWN_MISSES = 30
CHECK = "measures_keep_their_floors"
TO_DO = "See the misses of this asset; mend the table or rule that changed last."


def read_floors() -> Floors:
    """The floors that the measures must keep."""
    return parse_floors(FLOORS.read_text(encoding="utf-8"))


@dg.asset(
    group_name="quality",
    kinds={"python"},
    owners=OWNERS,
    code_version=evaluation_version(),
    op_tags={"dagster/priority": "-1"},  # behind what may be done meanwhile: only publishing waits for it
    description="The extractor measured on labelled reports: precision, recall, F1 and the share right of each field (抽取质量).",
    check_specs=[
        dg.AssetCheckSpec(
            CHECK,
            asset="extraction_quality",
            description="No measure of the extractor is below its floor in seeds/gold/floors.yaml. 抽取各项指标不低于门槛。",
            blocking=True,
        )
    ],
)
def extraction_quality() -> Iterator[dg.MaterializeResult[None]]:
    """Measure, and hold the measures against their floors."""
    shown = cached()
    if shown is None:
        found = taken()
        by_split = {split: evaluation.measures for split, (evaluation, _) in found.items()}
        shown = Measures(by_split, phenomena_table(found), misses_table(found))
        keep(shown)
    measures = shown.by_split
    floors = read_floors()
    shortfalls = gate(floors, measures, REAL_SPLITS)
    yield dg.MaterializeResult(
        metadata={
            **{
                f"{split}/{name}": round(value, 4) for split, named in measures.items() for name, value in named.items()
            },
            "not measured": ", ".join(sorted(floors.floors.keys() - measures.keys())) or "nothing",
            "by phenomenon": dg.MetadataValue.md(shown.phenomena),
            "misses": dg.MetadataValue.md(shown.misses),
        },
        check_results=[
            dg.AssetCheckResult(
                check_name=CHECK,
                passed=not shortfalls,
                metadata={
                    "failing_count": len(shortfalls),
                    "what to do": TO_DO,
                    **{f"{fall.split}/{fall.measure}": f"{fall.value} is below {fall.floor}" for fall in shortfalls},
                },
            )
        ],
    )
    if shortfalls:
        rows = [f"{fall.split}/{fall.measure}: {fall.value} is below {fall.floor}" for fall in shortfalls]
        raise NothingPublishedError([Broken(CHECK, "extraction_quality", rows, len(rows), TO_DO)])


def phenomena_table(measured: Mapping[str, Measured]) -> str:
    """Shares by phenomenon as a Markdown table."""
    lines = ["| split | phenomenon | rows | detected | strict |", "| --- | --- | ---: | ---: | ---: |"]
    lines += [
        f"| {split} | {inert(name, 40)} | {score.rows} | {score.detected:.3f} | {score.strict:.3f} |"
        for split, (evaluation, _) in measured.items()
        for name, score in evaluation.phenomena.items()
    ]
    return "\n".join(lines)


def misses_table(measured: Mapping[str, Measured]) -> str:
    """Some disagreements as a Markdown table; the held-out sets' are counted only, so that nobody tunes to them."""
    lines = ["| document | problem | quote | expected | found |", "|" + " --- |" * 5]
    shown = [miss for evaluation, may_be_shown in measured.values() if may_be_shown for miss in evaluation.misses]
    lines += ["| " + " | ".join(inert(value, 60) for value in miss) + " |" for miss in shown[:SHOWN_MISSES]]
    return "\n".join(lines) + f"\n\n{len(shown)} in all, the held-out documents' not shown."
