"""The patterns that are made of the word tables read what their comments say, and nothing like it."""

from operator import attrgetter

import pytest

from pipeline.facts.respectively import split_subjects

WHOLE = {
    "money.pays": (["市财政拟安排", "中央财政"], ["企业安排"]),
    "money.bare": (["市财政投入", "投入资金"], ["投入衔接资金", "国家财政将投入"]),
    "money.done_to": (["对5所学校进行了改造提升"], ["进行改造"]),
    "money.budget": (["比年初预算数"], ["比上年"]),
    "places.town": (["夏格庄镇"], ["夏格庄"]),
    "places.area_of_item": (["前湾街道", "夏格庄镇"], ["家乡", "花业示范区"]),
    "references.average": (["全省平均水平的", "平均的"], ["平均水平"]),
    "topics.generic_heading": (["2024年主要工作完成情况"], ["育苗工作"]),
    "topics.generic_clause": (["各项重点工作", "在这方面花了力气"], ["育苗工作"]),
    "topics.adjunct": (["针对存在的突出问题", "通过信息系统", "扣除价格因素影响"], ["通过验收"]),
    "topics.due": (["疫苗应种"], ["应种"]),
    "topics.per_head": (["每千常住人口", "每万名老年人口", "每千人"], ["每人"]),
    "remark": (["（不含苗木）", "（下同）"], ["（苗木）"]),
}
WITHIN = {
    "money.serves": (["重点支持育苗"], ["育苗"]),
    "parts.grade": (["三甲医院", "二级以上医院", "4A级以上景区", "四级手术"], ["一级", "手术四级"]),
    "parts.told_apart": (["依次为"], ["依次"]),
    "places.zone": (["花卉先行区"], ["城阳区"]),
    "places.each_of_these": (["各建成", "两市"], ["各类"]),
    "qualifiers.existing": (["原有", "已有"], ["拥有"]),
    "qualifiers.ranked": (["、总数均居第二"], ["，总数居第二"]),
    "references.compares": (["不低于", "距离"], ["隔离", "脱离"]),
    "references.achieved": (["已经全部完成", "如期实现"], ["全部"]),
    "references.reached_before": (["提前两年实现", "如期完成"], ["完成"]),
    "times.said_then": (["政府曾提出", "我们部署"], ["政府建成"]),
    "times.turns": (["转为", "转增"], ["转移"]),
    "topics.of_each": (["每所"], ["每人月", "每天"]),
    "topics.passed": (["突破百亿大关", "迈上千亿新台阶"], ["突破百亿元"]),
    "topics.strengthened": (["加大对花农资助力度"], ["加大力度"]),
    "falls": (["降", "压降"], ["上升"]),
}


def read(knowledge, name):
    return attrgetter(name)(knowledge.wording)


@pytest.mark.parametrize("name", WHOLE)
def test_a_pattern_of_whole_phrases_reads_these_and_no_others(name, knowledge):
    holds, holds_not = WHOLE[name]
    assert [text for text in holds + holds_not if read(knowledge, name).fullmatch(text)] == holds


@pytest.mark.parametrize("name", WITHIN)
def test_a_pattern_within_a_text_reads_these_and_no_others(name, knowledge):
    holds, holds_not = WITHIN[name]
    assert [text for text in holds + holds_not if read(knowledge, name).search(text)] == holds


def test_the_status_words_tell_tasks_and_gains(knowledge):
    words = knowledge.statuses.words
    assert words.done_behind.match("，目前均已全部完成。")["done"] == "已全部完成"
    assert not words.done_behind.match("，尚未完成。")
    assert words.gained.match("省级补助")


def test_only_the_first_subject_says_what_is_spent_on(knowledge):
    assert split_subjects("财政用于花艺和园艺支出", 2, knowledge.wording) == ["财政用于花艺支出", "财政用于园艺支出"]


@pytest.mark.parametrize(
    ("text", "cue", "comparator"),
    [
        ("至少建成1所医院。", "至少", ">="),
        ("客流量不足平时的四成。", "不足", "<"),
        ("研发投入不低于营业收入的3%。", "不低于", ">="),
    ],
)
def test_the_row_of_a_limit_that_other_words_part_from_its_figure_is_evidence(reading_of, text, cue, comparator):
    reading = reading_of(text)
    [row] = [row for row in reading.evidence if row.field == "comparator"]
    assert (row.source_table, row.source_row) == ("comparators", cue)
    assert [fact.comparator for fact in reading.facts] == [comparator]
