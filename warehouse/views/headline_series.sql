-- One row a place, indicator, measure, period and status: the figure to quote. Of several that say it, a report on its own place comes before one on another's, a plain figure before a sum (累计) or a part, a figure in the indicator's usual unit before others, an exact one before a bound and the one printed with more digits (not of targets: what is strived for beyond is no better), the earlier report, the first in the text; yearly means (年均) and gaps to other places never stand for a year. restatements: how many further figures say the same; agrees: whether all of them round to it. What a later report still only expects of a year that is over (预计) is a row of its own, is_estimate. Indicators without a code stand under their key.
-- 一地、一指标、一度量、一时段、一状态一行：可直接引用的数值。多处陈述时依次取：本地报告、非累计非分项、常用单位、确数与位数多者（目标除外）、早出的报告、文中在前者；年均与差距不作某年的数。restatements 为其余陈述的条数，agrees 表示是否都能取整到它。对已结束时段的预计数另列一行（is_estimate）。无代码的指标以归一键列出。
CREATE VIEW headline_series AS
WITH ordered AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY indicator_id, measure, place, period_start, period_end, status, is_estimate
            ORDER BY
                NOT is_own_place,
                is_ahead,
                aggregation IS NOT NULL,
                part_of_fact_id IS NOT NULL,
                measure = 'growth' AND unit <> '%',
                coalesce(price_basis, '') = '名义',
                status <> 'target' AND comparator <> '=',
                CASE WHEN status <> 'target' THEN base_step / nullif(abs(base_value), 0) END,
                report_end,
                document_id,
                clean_start,
                fact_id
        ) AS choice
    FROM comparable_facts
    WHERE aggregation IS DISTINCT FROM '年均' AND measure <> 'gap' AND status <> 'baseline' AND indicator_id <> ''
),
restated AS (
    SELECT
        headline.fact_id,
        headline.indicator_id,
        count(*) AS restatements,
        bool_and(
            abs(other.base_value - headline.base_value) <= greatest(other.base_step, headline.base_step) * 0.5000001
            OR (other.comparator IN ('>', '>=') AND headline.base_value >= other.base_value)
            OR (other.comparator IN ('<', '<=') AND headline.base_value <= other.base_value)
        ) AS agrees
    FROM ordered AS headline
    JOIN ordered AS other
        ON other.indicator_id = headline.indicator_id
        AND other.measure = headline.measure
        AND other.place = headline.place
        AND other.period_start = headline.period_start
        AND other.period_end = headline.period_end
        AND other.status = headline.status
        AND other.is_estimate = headline.is_estimate
        AND other.base_unit = headline.base_unit
    WHERE headline.choice = 1 AND other.choice > 1 AND other.aggregation IS NULL AND other.part_of_fact_id IS NULL
    GROUP BY headline.fact_id, headline.indicator_id
)
SELECT
    ordered.indicator_code,
    ordered.indicator_name,
    ordered.measure,
    ordered.place,
    ordered.place_code,
    ordered.period_start,
    ordered.period_end,
    ordered.status,
    ordered.value,
    ordered.signed_value,
    ordered.value_max,
    ordered.unit,
    ordered.value_base,
    ordered.unit_base,
    ordered.comparator,
    coalesce(restated.restatements, 0) AS restatements,
    coalesce(restated.agrees, true) AS agrees,
    ordered.fact_id,
    ordered.document_id,
    ordered.quote,
    ordered.family,
    ordered.better,
    ordered.direction,
    ordered.basis,
    ordered.price_basis,
    ordered.aggregation,
    ordered.is_estimate,
    ordered.indicator_id,
    ordered.report_period,
    ordered.report_end
FROM ordered
LEFT JOIN restated ON restated.fact_id = ordered.fact_id AND restated.indicator_id = ordered.indicator_id
WHERE ordered.choice = 1;
