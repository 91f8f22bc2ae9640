"""Every reading of a field is kept with its basis, so that contradictions can be shown."""

import pytest

from pipeline.metadata import MetadataKnowledge, read_metadata
from pipeline.places import PlaceIndex

PAGE = """索引号：91350100M000100Y43/2023-5
发布日期：2024-01-18
福州市卫生健康委员会2023年工作总结
2023年，全市卫生健康系统扎实推进各项工作，累计完成改造12家，成效明显。
一、主要工作
完成。
福州市卫生健康委员会
2024年1月10日
"""


@pytest.fixture(scope="module")
def metadata(tables):
    manifest = {"period_label": "2022", "issuer_place": "", "title": "福州市卫生健康工作总结"}
    knowledge, places = MetadataKnowledge.from_tables(tables), PlaceIndex.from_tables(tables)
    return read_metadata("fuzhou_wjw", "a.txt", PAGE, PAGE, manifest, knowledge, places)


def readings(metadata, field):
    return {(row.value, row.basis) for row in metadata.evidence if row.field == field}


def test_the_manifest_wins_and_the_page_stands_beside_it(metadata):
    assert metadata.period_label == "2022"
    assert metadata.period_basis == "manifest"
    assert {("2022", "manifest"), ("2023", "printed")} <= readings(metadata, "period_label")
    assert metadata.title == "福州市卫生健康工作总结"
    assert ("福州市卫生健康委员会2023年工作总结", "printed") in readings(metadata, "title")


def test_the_day_of_publication_goes_before_that_of_signing(metadata):
    assert metadata.published_on.isoformat() == "2024-01-18"
    assert ("2024-01-10", "printed") in readings(metadata, "published_on")


def test_a_valid_credit_code_is_evidence_for_the_place(metadata):
    rows = [row for row in metadata.evidence if row.quote == "91350100M000100Y43"]
    assert [(row.field, row.value, row.basis) for row in rows] == [("issuer_place", "福州市", "inferred")]


def test_no_reading_stands_twice(metadata):
    assert len(set(metadata.evidence)) == len(metadata.evidence)
    assert all(row.value for row in metadata.evidence)
