"""Every stage hands its rows through quarantine: what one document breaks is named in the stage's rejects, and the others stay."""

from decimal import Decimal

import polars as pl
import pytest

from assets.landing import read_zone
from assets.locations import locations
from assets.stages import documents, raw, workers
from assets.stages.incremental import Scope
from assets.stages.parts import read_part
from pipeline.ids import document_id

BAD, GOOD = "s/bad.txt", "s/good.txt"
BAD_ID = document_id("s", BAD)


class Silent:
    def info(self, message):
        pass


def blank_original(report):
    return report._replace(raw_text=" ", size_bytes=1)


def blank_text(report):
    return report._replace(text=report.text._replace(clean_text=" "))


def other_words(outline):
    sections, sentences = outline
    return sections, [sentence._replace(text="别处的话。") for sentence in sentences]


def other_values(extraction):
    return extraction._replace(facts=[fact._replace(value=Decimal(987654)) for fact in extraction.facts])


SPOILT = {
    "raw": (raw, "read_report", lambda source, path, *_: path == BAD, blank_original),
    "clean": (documents, "clean_report", lambda report, *_: report.path == BAD, blank_text),
    "sections": (documents, "outline_report", lambda text, *_: text.document_id == BAD_ID, other_words),
    "facts": (documents, "extract_report", lambda document, *_: document.path == BAD, other_values),
}
"""Stage -> where its work on a report is called, whether that is the bad one, and what is made of it then."""


@pytest.mark.parametrize(
    ("stage", "rejects", "reason", "table"),
    [
        ("raw", "raw_rejects", "text_is_not_blank", "raw_reports"),
        ("clean", "clean_rejects", "clean_text_is_not_blank", "texts"),
        ("sections", "section_rejects", "sentence_texts_round_trip", "sentences"),
        ("facts", "fact_rejects", "value_is_in_the_quote", "facts"),
    ],
)
def test_what_breaks_a_promise_is_named_by_its_stage(stage, rejects, reason, table, tmp_path, monkeypatch):
    monkeypatch.setenv("ZHENGBAO_LANDING", str(tmp_path / "landing"))
    monkeypatch.setenv("ZHENGBAO_WAREHOUSE", str(tmp_path / "warehouse"))
    monkeypatch.setenv(workers.WORKERS_VARIABLE, "1")
    (tmp_path / "landing" / "s").mkdir(parents=True)
    for path, count in ((BAD, 985), (GOOD, 211)):
        text = f"青岛市卫生健康委员会2024年工作总结\n\n一、基层服务。全市建成家庭医生团队{count}个。\n"
        (tmp_path / "landing" / path).write_text(text, encoding="utf-8")
    module, name, is_bad, spoil = SPOILT[stage]
    work = getattr(module, name)
    monkeypatch.setattr(module, name, lambda *given: spoil(work(*given)) if is_bad(*given) else work(*given))

    read_part(Scope("run", ["s"], Silent()), read_zone(tmp_path / "landing"))

    told = pl.read_parquet(locations().stages / rejects / "s.parquet")
    assert (BAD, reason) in told.select("path", "reason").rows()
    assert set(told["path"]) == {BAD}
    assert set(pl.read_parquet(locations().stages / table / "s.parquet")["document_id"]) == {document_id("s", GOOD)}
