"""docs/data_dictionary.md is what the contracts, views and promises say."""

from __future__ import annotations

from warehouse.contract import contracts
from warehouse.dictionary import DICTIONARY_FILE, dictionary


def test_the_data_dictionary_is_current():
    assert DICTIONARY_FILE.read_text(encoding="utf-8") == dictionary(), "run `python -m warehouse.dictionary`"


def test_it_documents_every_table_in_both_languages():
    text = dictionary()
    for c in contracts().values():
        assert f"### {c.table}\n" in text
        assert c.doc_en in text
        assert c.doc_zh in text
