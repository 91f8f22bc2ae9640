"""Laws over the tables: a name or word that a table holds is read whole in a plain sentence."""

# Words that only hide a function word, and are no things to count.
NO_THINGS = {"至少", "得到了", "以前", "到达", "目的", "基础上", "可比"}


def test_a_noun_that_holds_a_function_word_is_not_cut(tables, facts_of):
    nouns = [row["word"] for row in tables["fact_words"] if row["role"] == "noun"]
    cut = {noun for noun in nouns if not any(noun in fact.indicator for fact in facts_of(f"全市推广{noun}12个。"))}
    assert len(nouns) > 1000
    assert cut == NO_THINGS
