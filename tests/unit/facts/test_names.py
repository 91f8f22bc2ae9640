"""Laws over the tables: a name or word that a table holds is read whole in a plain sentence."""

# Told as a change, a clause or a limit rather than as a noun phrase.
NO_NOUN_PHRASES = {
    "每万名居民拥有全科医生数",
    "公立医院医疗费用增幅",
    "医药费用增幅",
    "医疗费用增长率",
    "公立医院医药费用增幅",
    "预计增加托位",
    "能够提供中医药服务",
    "达到国家“优质服务基层行”基本标准",
    "社区卫生服务中心、镇街卫生院建成中医馆",
    "基层机构提供中医药服务比例",
}
# Words that only hide a function word, and are no things to count.
NO_THINGS = {"至少", "得到了", "以前", "到达", "目的", "三轮车"}


def test_a_name_of_an_indicator_gets_its_code(tables, facts_of):
    unread = {
        name
        for row in tables["indicators"]
        for name in [row["name_zh"], *filter(None, row["aliases"].split("|"))]
        if [fact.indicator_code for fact in facts_of(f"全市{name}达到12{_printed(row['unit'])}。")] != [row["code"]]
    }
    assert unread == NO_NOUN_PHRASES


def test_a_noun_that_holds_a_function_word_is_not_cut(tables, facts_of):
    nouns = [row["word"] for row in tables["fact_words"] if row["role"] == "noun"]
    cut = {noun for noun in nouns if not any(noun in fact.indicator for fact in facts_of(f"全市推广{noun}12个。"))}
    assert len(nouns) > 1000
    assert cut == NO_THINGS


def _printed(unit):
    return unit.removeprefix("1") if unit.startswith("1/") else unit
