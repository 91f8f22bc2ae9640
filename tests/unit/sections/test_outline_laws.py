"""What holds for the outline of any text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from assets.stages.reference_tables import read_tables
from pipeline.offsets import identity
from pipeline.sections import OutlineKnowledge, outline

KNOWLEDGE = OutlineKnowledge.from_tables(read_tables())
PIECES = st.sampled_from(
    [
        "一、",
        "（一）",
        "1.",
        "一是",
        "二是",
        "①",
        "第一章",
        "附件1",
        "\n",
        "\n\n",
        "。",
        "；",
        "“",
        "”",
        "（",
        "）",
        " ",
        "　",
        "改革",
        "◆",
        "2024年",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES | st.text(max_size=4), max_size=40).map("".join))
def test_sections_and_sentences_cover_the_text_in_order(text):
    sections, sentences = outline("d", text, identity(), KNOWLEDGE)
    assert sections
    by_id = {section.section_id: section for section in sections}
    assert len(by_id) == len(sections)
    assert len({sentence.sentence_id for sentence in sentences}) == len(sentences)
    covered = [(s.clean_start, s.own_end) for s in sections]
    assert covered == sorted(covered)
    assert "".join("".join(text[a:b].split()) for a, b in covered) == "".join(text.split())
    assert "".join("".join(s.text.split()) for s in sentences) == "".join(text.split())
    for section in sections:
        assert text[section.clean_start : section.own_end] == section.text
        if section.parent_section_id:
            parent = by_id[section.parent_section_id]
            assert parent.clean_start < section.clean_start <= section.clean_end <= parent.clean_end
            assert parent.ordinal < section.ordinal
    for sentence in sentences:
        section = by_id[sentence.section_id]
        assert text[sentence.clean_start : sentence.clean_end] == sentence.text
        assert section.clean_start <= sentence.clean_start < sentence.clean_end <= section.own_end


def test_numbering_is_checked_against_the_siblings():
    text = "一、甲\n（一）子。\n（三）丑。\n（三）寅。\n三、乙\n（四）卯。\n1.辰。\n一、丙\n内容。"
    sections = outline("d", text, identity(), KNOWLEDGE).sections
    assert [(s.marker, s.numbering_note) for s in sections] == [
        ("一、", None),
        ("（一）", None),
        ("（三）", "gap"),
        ("（三）", "repeat"),
        ("三、", "gap"),
        ("（四）", "continued"),
        ("1.", None),
        ("一、", "restart"),
    ]


def test_sentences_end_where_a_reader_pauses():
    text = "他说：“要快。要好。”会后部署。完成“一网通办。”等3项；覆盖率达85%（见附件。）！\n下一行没有句号"
    sentences = outline("d", text, identity(), KNOWLEDGE).sentences
    assert [sentence.text for sentence in sentences] == [
        "他说：“要快。要好。”",
        "会后部署。",
        "完成“一网通办。”等3项；",
        "覆盖率达85%（见附件。）",
        "！",
        "下一行没有句号",
    ]
