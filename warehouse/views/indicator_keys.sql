-- Keys of indicators without a code by the documents that use them, with the words as printed: the candidates for seeds/reference/indicators.csv and indicator_names.csv.
-- 尚无代码的指标键，按使用的报告数排列，附原文写法：供扩充 indicators.csv 与 indicator_names.csv 参考。
CREATE VIEW indicator_keys AS
SELECT
    indicator_key,
    coalesce(facts.unit_base, facts.unit) AS base_unit,
    measure,
    count(DISTINCT document_id) AS documents,
    count(DISTINCT documents.issuer_place) AS places,
    count(*) AS facts,
    string_agg(DISTINCT indicator, '、' ORDER BY indicator) AS as_printed,
    min(quote) AS example_quote,
    min(fact_id) AS example_fact_id
FROM facts JOIN documents USING (document_id)
WHERE indicator_code IS NULL AND near_duplicate_of IS NULL AND indicator_key <> ''
GROUP BY indicator_key, base_unit, measure
ORDER BY documents DESC, facts DESC, indicator_key, base_unit, measure;
