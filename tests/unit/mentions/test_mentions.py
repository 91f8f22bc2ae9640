"""Policies, programmes, organisations and places that a report names."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.mentions import MentionKnowledge, extract_mentions
from pipeline.offsets import identity
from pipeline.places import PlaceIndex
from pipeline.records import Document, Sentence

CASES = Path(__file__).resolve().parents[2] / "cases" / "mentions"


def cases(name):
    return json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def knowledge(tables):
    return MentionKnowledge.from_tables(tables, PlaceIndex.from_tables(tables))


def mentions_of(text, knowledge):
    document = Document(**(dict.fromkeys(Document._fields) | {"document_id": "d", "place_code": "370200"}))
    sentences = [Sentence("d-n0", "d-s0", "d", 1, 0, len(text), text)]
    return extract_mentions(document, text, identity(), [], sentences, knowledge)


@pytest.mark.parametrize("case", cases("in_the_wild"), ids=lambda case: case["text"])
def test_names_are_found(case, knowledge):
    found = mentions_of(case["text"], knowledge)
    assert [[m.kind, m.text, *([m.canonical_code] if m.kind == "place" else [])] for m in found] == case["expect"]
    for mention in found:
        if mention.kind == "policy":
            assert mention.issuer == case["issuer"]
            assert mention.number == case.get("number")


@pytest.mark.parametrize("case", cases("negative"), ids=lambda case: case["why"])
def test_what_is_no_name(case, knowledge):
    assert mentions_of(case["text"], knowledge) == []


@given(text=st.text(alphabet="《》〈〉“”（）行动市委省政府医院青岛关于意见印发、，。\n", max_size=80))
def test_any_text_gives_rows_that_hold(text, knowledge):
    found = mentions_of(text, knowledge)
    assert len({m.mention_id for m in found}) == len(found)
    for mention in found:
        assert text[mention.clean_start : mention.clean_end] == mention.text
    for first, second in pairwise(found):
        assert first.clean_end <= second.clean_start


def test_only_places_have_a_code(knowledge):
    for mention in mentions_of("青岛市印发《健康行动方案》，开展“蓝盾行动”，市立医院参加。", knowledge):
        assert (mention.canonical_code is not None) == (mention.kind == "place")


def test_unclosed_titles_cost_no_more_than_their_length(knowledge):
    assert mentions_of("《" * 50_000 + "意见" * 50_000, knowledge) == []
    assert mentions_of("“" * 50_000 + "行动" * 50_000, knowledge) == []
