"""The search index, as the browser asks it."""

import json
import re

from warehouse.evidence.search import pair_files, pairs, safe_json, shard


def test_every_pair_of_a_text_leads_to_it():
    texts = {0: "新增城镇就业12万人", 1: "GDP增长5.8%"}
    found = {}
    for number, script in pair_files(texts.items()).items():
        given = json.loads(re.fullmatch(r"zhengbao\.pairs\((.*)\);", script).group(1).split(",", 1)[1])
        assert all(shard(pair) == number for pair in given)
        found |= given
    for number, text in texts.items():
        assert all(number in found[pair] for pair in pairs(text))


def test_no_text_can_end_its_script():
    assert "<" not in safe_json({"title": "</script><script>alert(1)</script>"})
