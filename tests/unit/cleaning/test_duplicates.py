"""Near duplicates: republished, cut and shuffled reports are found, two reports of one office are not taken for one."""

from random import Random

from pipeline.duplicates import near_duplicates, signature

SUBJECTS = [
    "就业",
    "教育",
    "养老",
    "医疗",
    "住房",
    "交通",
    "水利",
    "环保",
    "旅游",
    "农业",
    "工业",
    "商贸",
    "科技",
    "文化",
    "体育",
    "消防",
]
VERBS = ["新建", "改造", "完成", "培训", "检查", "发放", "引进", "修复"]


def report(seed, sentences=120):
    random = Random(seed)
    return "".join(
        f"全年{random.choice(VERBS)}{random.choice(SUBJECTS)}项目{random.randrange(9999)}个，投入{random.randrange(9999)}万元。"
        for _ in range(sentences)
    )


def test_republished_cut_and_shuffled_copies_name_the_earlier_report():
    original = report(1)
    sentences = original.split("。")
    Random(5).shuffle(sentences)
    signatures = {
        "a": signature(original),
        "b": signature(report(2)),
        "republished": signature("转载：" + original),
        "cut": signature(original[: int(len(original) * 0.85)]),
        "shuffled": signature("。".join(sentences)),
    }
    assert near_duplicates(signatures) == {"republished": "a", "cut": "a", "shuffled": "a"}


def test_a_cut_copy_of_a_short_or_long_report_is_found():
    for sentences in range(20, 120, 10):
        original = report(1, sentences)
        signatures = {"a": signature(original), "cut": signature(original[: int(len(original) * 0.9)])}
        assert near_duplicates(signatures) == {"cut": "a"}, sentences


def test_white_space_and_punctuation_do_not_count_and_an_empty_text_is_like_none():
    assert signature("全年，完成。 任务") == signature("全年完成任务")
    assert near_duplicates({"a": signature(""), "b": signature("。")}) == {}
