-- A canonical indicator across places and periods, one row a fact with an indicator code. Where the text states no time of its own, the report's period holds. Reposts of the same report (near duplicates) are left out.
-- 规范指标在各地区、各时期的数值，一行一条事实。文中未写明时间的，用报告期。转载的同一报告（近似重复）不计。
CREATE VIEW indicator_series AS
SELECT
    facts.indicator_code,
    indicators.name_zh AS indicator_name,
    indicators.family,
    indicators.better,
    coalesce(facts.place, documents.issuer_place) AS place,
    coalesce(facts.place_code, CASE WHEN facts.place IS NULL OR facts.place = documents.issuer_place THEN documents.place_code END) AS place_code,
    documents.period_label AS report_period,
    facts.period AS stated_period,
    coalesce(facts.period_start, documents.period_start) AS period_start,
    coalesce(facts.period_end, documents.period_end) AS period_end,
    facts.value,
    facts.value_max,
    facts.unit,
    facts.comparator,
    facts.kind,
    facts.status,
    facts.indicator AS indicator_as_printed,
    facts.quote,
    facts.fact_id,
    facts.document_id,
    documents.source,
    documents.path,
    documents.issuer,
    documents.title
FROM facts
JOIN documents USING (document_id)
JOIN indicators ON indicators.code = facts.indicator_code
WHERE documents.near_duplicate_of IS NULL;
