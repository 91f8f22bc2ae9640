-- Indicators that have no canonical code yet, the most frequent first: what to add to seeds/reference/indicators.csv next.
-- 尚无规范代码的指标，按出现次数排列：供扩充 seeds/reference/indicators.csv 参考。
CREATE VIEW frequent_uncoded_indicators AS
SELECT
    indicator,
    unit,
    count(*) AS facts,
    count(DISTINCT document_id) AS documents,
    count(DISTINCT source) AS sources,
    min(quote) AS example_quote,
    min(fact_id) AS example_fact_id
FROM facts JOIN documents USING (document_id)
WHERE indicator_code IS NULL AND near_duplicate_of IS NULL
GROUP BY indicator, unit
ORDER BY documents DESC, facts DESC, indicator, unit;
