"""The search index, as the browser asks it."""

import json
import re

from warehouse.evidence.search import SHARDS, pair_files, pair_of, pairs, safe_json


def test_every_pair_of_a_text_leads_to_it():
    texts = {0: "新增城镇就业12万人", 1: "GDP增长5.8%"}
    found = {}
    for number, script in pair_files(texts.items()):
        given = json.loads(re.fullmatch(r"zhengbao\.pairs\((.*)\);", script).group(1).split(",", 1)[1])
        assert all((ord(pair[0]) * 31 + ord(pair[1])) % SHARDS == number for pair in given)  # as search.js has it
        found |= given
    for number, text in texts.items():
        assert all(number in found[pair_of(int(pair))] for pair in pairs(text))
    assert found["增长"] == [1]
    assert found["万人"] == [0]


def test_characters_beyond_the_first_plane_and_blanks():
    assert {pair_of(int(pair)) for pair in pairs("𠀀𠀁 A\u3000b\nGd")} == {"𠀀𠀁", "gd"}
    assert len(pairs("")) == len(pairs("一")) == 0


def test_no_text_can_end_its_script():
    assert "<" not in safe_json({"title": "</script><script>alert(1)</script>"})
