-- Two figures for the same classified indicator, measure, place, period and status that do not round to each other, with both quotes; within says whether one report or two state them, and the later report's is the second. Means, sums and parts of a whole are left out, and what is measured at other prices or against another base.
-- 同一规范指标、度量、地区、时段、状态而不能互相取整的两个数值，附两处原文；within 表示出自同一报告或两份报告，后出的报告列第二。均值、累计、分项不计；价格口径或比较基准不同的不计。
CREATE VIEW contradictions AS
WITH candidates AS (
    SELECT *, count(*) OVER same AS stated, min(base_value) OVER same AS lowest, max(base_value) OVER same AS highest, max(base_step) OVER same AS coarsest
    FROM comparable_facts
    WHERE indicator_code IS NOT NULL AND aggregation IS NULL AND part_of_fact_id IS NULL AND status <> 'baseline' AND measure <> 'gap'
    WINDOW same AS (PARTITION BY indicator_code, measure, place, period_start, period_end, status, base_unit)
),
doubtful AS (
    SELECT *, row_number() OVER (ORDER BY report_end, document_id, clean_start, fact_id) AS ordinal
    FROM candidates
    WHERE stated > 1 AND highest > lowest
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
    CASE WHEN first.document_id = second.document_id THEN 'one report' ELSE 'two reports' END AS within,
    first.value AS first_value,
    first.unit AS first_unit,
    second.value AS second_value,
    second.unit AS second_unit,
    first.report_period AS first_report_period,
    second.report_period AS second_report_period,
    first.quote AS first_quote,
    second.quote AS second_quote,
    first.fact_id AS first_fact_id,
    second.fact_id AS second_fact_id,
    first.document_id AS first_document_id,
    second.document_id AS second_document_id
FROM doubtful AS first
JOIN doubtful AS second
    ON second.indicator_code = first.indicator_code
    AND second.measure = first.measure
    AND second.place = first.place
    AND second.period_start = first.period_start
    AND second.period_end = first.period_end
    AND second.status = first.status
    AND second.base_unit = first.base_unit
    AND second.ordinal > first.ordinal
WHERE (first.price_basis IS NOT DISTINCT FROM second.price_basis)
    AND (first.basis IS NOT DISTINCT FROM second.basis OR first.basis IS NULL OR second.basis IS NULL)
    AND abs(first.base_value - second.base_value) > greatest(first.base_step, second.base_step) * 0.5000001
    AND NOT (first.comparator IN ('>', '>=') AND second.base_value >= first.base_value)
    AND NOT (second.comparator IN ('>', '>=') AND first.base_value >= second.base_value)
    AND NOT (first.comparator IN ('<', '<=') AND second.base_value <= first.base_value)
    AND NOT (second.comparator IN ('<', '<=') AND first.base_value <= second.base_value)
    AND NOT ((first.comparator = '~' OR second.comparator = '~') AND abs(first.base_value - second.base_value) <= greatest(first.base_step, second.base_step))
    AND first.value_max IS NULL AND second.value_max IS NULL;
