-- Facts about a place below the issuer's own, with the figure that the same report gives for the whole territory and the district's share of it.
-- 报告中关于下级地区的事实，附同一报告对全域的数值及该地区所占份额。
CREATE VIEW district_breakdown AS
WITH whole AS (
    SELECT document_id, indicator, unit, kind, status, any_value(value) AS whole_value, any_value(facts.fact_id) AS whole_fact_id
    FROM facts JOIN documents USING (document_id)
    WHERE facts.place = documents.issuer_place
    GROUP BY document_id, indicator, unit, kind, status
    HAVING count(*) = 1
)
SELECT
    facts.indicator,
    facts.indicator_code,
    documents.issuer_place AS territory,
    facts.place AS district,
    facts.place_code AS district_code,
    documents.period_label AS report_period,
    facts.value,
    facts.unit,
    facts.comparator,
    facts.kind,
    facts.status,
    whole.whole_value,
    CASE WHEN facts.kind = 'level' AND facts.unit <> '%' AND whole.whole_value > 0
        THEN round((facts.value / whole.whole_value)::DOUBLE, 4) END AS share_of_whole,
    facts.quote,
    facts.fact_id,
    whole.whole_fact_id,
    facts.document_id
FROM facts
JOIN documents USING (document_id)
JOIN places ON places.adcode = facts.place_code
LEFT JOIN whole USING (document_id, indicator, unit, kind, status)
WHERE facts.place <> documents.issuer_place
    AND starts_with(facts.place_code, CASE
        WHEN documents.place_code LIKE '%0000' THEN left(documents.place_code, 2)
        WHEN documents.place_code LIKE '%00' THEN left(documents.place_code, 4)
        ELSE documents.place_code END);
