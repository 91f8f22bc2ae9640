-- Two figures for the same classified indicator, measure, place, period and status that do not round to each other, with both quotes; within says whether one report or two state them, and the later report's is the second. A value that is stated many times stands once, with its first statement and how many statements and reports have it; of a group with more than twenty values the first twenty are compared (values_stated has their number). Means, sums and parts of a whole are left out, and what is measured at other prices or against another base.
-- 同一规范指标、度量、地区、时段、状态而不能互相取整的两个数值，附两处原文；within 表示出自同一报告或两份报告，后出的报告列第二。多次所述的同一数值只列一次，取最先一处，并注明表述次数与报告数；一组数值超过二十个的，只比较最先二十个（个数见 values_stated）。均值、累计、分项不计；价格口径或比较基准不同的不计。
CREATE VIEW contradictions AS
WITH candidates AS (
    SELECT *, count(*) OVER same AS stated, min(base_value) OVER same AS lowest, max(base_value) OVER same AS highest
    FROM comparable_facts
    WHERE indicator_code IS NOT NULL AND aggregation IS NULL AND part_of_fact_id IS NULL AND status <> 'baseline' AND measure <> 'gap' AND value_max IS NULL
    WINDOW same AS (PARTITION BY indicator_code, measure, place, period_start, period_end, status, base_unit)
),
doubtful AS (
    SELECT *, row_number() OVER (ORDER BY report_end, document_id, clean_start, fact_id, indicator_code) AS ordinal
    FROM candidates
    WHERE stated > 1 AND highest > lowest
),
-- A value is known by its first statement.
statements AS (
    SELECT *, min(ordinal) OVER (PARTITION BY indicator_code, measure, place, period_start, period_end, status, base_unit, base_value, base_step, comparator, basis, price_basis) AS value_id
    FROM doubtful
),
-- Each value once for each report that states it.
in_reports AS (
    SELECT *, count(*) OVER (PARTITION BY value_id) AS times
    FROM statements
    QUALIFY row_number() OVER (PARTITION BY value_id, document_id ORDER BY ordinal) = 1
),
numbered AS (
    SELECT
        *,
        count(*) OVER (PARTITION BY value_id) AS reports,
        row_number() OVER (PARTITION BY value_id ORDER BY ordinal) AS nth_report,
        dense_rank() OVER (PARTITION BY indicator_code, measure, place, period_start, period_end, status, base_unit ORDER BY value_id) AS nth_value
    FROM in_reports
),
compared AS (
    SELECT *, max(nth_value) OVER (PARTITION BY indicator_code, measure, place, period_start, period_end, status, base_unit) AS values_stated
    FROM numbered
    QUALIFY nth_value <= 20
),
-- The first two reports of a value are enough to find two reports for each pair of values, if there are two.
pairs AS (
    SELECT 'one report' AS within, first, second
    FROM compared AS first
    JOIN compared AS second USING (indicator_code, measure, place, period_start, period_end, status, base_unit, document_id)
    WHERE second.ordinal > first.ordinal AND second.value_id <> first.value_id
    UNION ALL
    SELECT 'two reports' AS within, first, second
    FROM compared AS first
    JOIN compared AS second USING (indicator_code, measure, place, period_start, period_end, status, base_unit)
    WHERE first.nth_report <= 2 AND second.nth_report <= 2 AND second.document_id <> first.document_id
        AND second.ordinal > first.ordinal AND second.value_id <> first.value_id
)
SELECT
    first.indicator_code,
    first.indicator_name,
    first.measure,
    first.place,
    first.place_code,
    first.period_start,
    first.period_end,
    first.status,
    within,
    first.value AS first_value,
    first.unit AS first_unit,
    second.value AS second_value,
    second.unit AS second_unit,
    first.report_period AS first_report_period,
    second.report_period AS second_report_period,
    first.quote AS first_quote,
    second.quote AS second_quote,
    first.times AS first_statements,
    second.times AS second_statements,
    first.reports AS first_reports,
    second.reports AS second_reports,
    first.values_stated,
    first.fact_id AS first_fact_id,
    second.fact_id AS second_fact_id,
    first.document_id AS first_document_id,
    second.document_id AS second_document_id
FROM pairs
WHERE (first.price_basis IS NOT DISTINCT FROM second.price_basis)
    AND (first.basis IS NOT DISTINCT FROM second.basis OR first.basis IS NULL OR second.basis IS NULL)
    AND abs(first.base_value - second.base_value) > greatest(first.base_step, second.base_step) * 0.5000001
    AND NOT (first.comparator IN ('>', '>=') AND second.base_value >= first.base_value)
    AND NOT (second.comparator IN ('>', '>=') AND first.base_value >= second.base_value)
    AND NOT (first.comparator IN ('<', '<=') AND second.base_value <= first.base_value)
    AND NOT (second.comparator IN ('<', '<=') AND first.base_value <= second.base_value)
    AND NOT ((first.comparator = '~' OR second.comparator = '~') AND abs(first.base_value - second.base_value) <= greatest(first.base_step, second.base_step))
QUALIFY row_number() OVER (PARTITION BY within, least(first.value_id, second.value_id), greatest(first.value_id, second.value_id) ORDER BY first.ordinal, second.ordinal) = 1;
