-- Which canonical indicators are known for which place and report period, and how often.
-- 各地区、各报告期有哪些规范指标的数据，各多少条。
CREATE VIEW indicator_coverage AS
SELECT
    indicator_code,
    indicator_name,
    family,
    place,
    report_period,
    count(*) AS facts,
    count(*) FILTER (status = 'actual') AS actuals,
    count(*) FILTER (status = 'target') AS targets,
    count(DISTINCT document_id) AS documents
FROM comparable_facts
WHERE indicator_code IS NOT NULL
GROUP BY ALL
ORDER BY indicator_code, place, report_period;
