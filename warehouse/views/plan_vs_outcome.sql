-- Each target with the outcome that a report gives for the same indicator (code, or else key), measure, place and period, be it the next report, a later one or the same; outcome_report_period names the report that states it. Where the period of the target is not over, the latest figure from within it is given and outcome_is_interim is true. reached compares by comparator and direction (a fall of 3% or more is reached by one of 3.2%; 左右 by what rounds to it), NULL where nothing can be said. reporting: reported, not reported (a later report of the place is there and does not say) or pending (none is there yet).
-- 每个目标，配以同指标（代码，无则归一键）、同度量、同地区、同时段的实绩，无论出自下一份、更晚或同一份报告；outcome_report_period 为陈述实绩的报告。目标期未满的给出期内最近的数，outcome_is_interim 为真。reached 按比较关系与方向判定，无从判定则为空。reporting：reported 已报告；not reported 后续报告在库而未提；pending 尚无后续报告。
CREATE VIEW plan_vs_outcome AS
WITH matched AS (
    SELECT
        target.fact_id AS target_fact_id,
        outcome.fact_id AS outcome_fact_id,
        outcome.period_end < target.period_end AS outcome_is_interim,
        row_number() OVER (
            PARTITION BY target.fact_id
            ORDER BY outcome.period_end = target.period_end AND outcome.period_start = target.period_start DESC,
                outcome.period_end DESC, outcome.base_unit = target.base_unit DESC, outcome.report_end, outcome.fact_id
        ) AS nearness
    FROM (SELECT *, coalesce(unit_base, unit) AS base_unit FROM headline_series WHERE status = 'target') AS target
    JOIN (SELECT *, coalesce(unit_base, unit) AS base_unit FROM headline_series WHERE status = 'actual') AS outcome
        ON outcome.indicator_id = target.indicator_id
        AND outcome.place = target.place
        AND outcome.measure = target.measure
        AND outcome.period_end <= target.period_end
        AND outcome.period_start >= target.period_start
        AND (outcome.indicator_code IS NOT NULL OR outcome.base_unit = target.base_unit)
),
last_reports AS (
    SELECT issuer_place, max(period_end) AS last_end, max(period_start) AS last_start FROM documents GROUP BY issuer_place
),
paired AS (
    SELECT
        target.*,
        outcome.value AS outcome_value,
        outcome.value_max AS outcome_value_max,
        outcome.unit AS outcome_unit,
        outcome.signed_value AS outcome_signed,
        outcome.value_base AS outcome_base,
        outcome.unit_base AS outcome_unit_base,
        outcome.direction AS outcome_direction,
        outcome.period_start AS outcome_start,
        outcome.period_end AS outcome_end,
        outcome.report_period AS outcome_report_period,
        outcome.fact_id AS outcome_fact_id,
        outcome.document_id AS outcome_document_id,
        outcome.quote AS outcome_quote,
        matched.outcome_is_interim,
        last_reports.last_start,
        -- What is compared: in the base unit where both have one, signed where the two go different ways.
        CASE WHEN target.direction = 'down' THEN -1 ELSE 1 END AS way,
        CASE
            WHEN target.unit = outcome.unit THEN outcome.signed_value::DOUBLE
            WHEN target.unit_base = outcome.unit_base
                THEN (CASE WHEN outcome.direction = 'down' THEN -abs(outcome.value_base) ELSE outcome.value_base END)::DOUBLE
        END AS got,
        CASE WHEN target.unit = outcome.unit THEN target.value ELSE target.value_base END::DOUBLE AS aimed,
        CASE WHEN target.unit = outcome.unit THEN target.value_max END::DOUBLE AS aimed_max
    FROM headline_series AS target
    LEFT JOIN matched ON matched.target_fact_id = target.fact_id AND matched.nearness = 1
    LEFT JOIN headline_series AS outcome ON outcome.fact_id = matched.outcome_fact_id
    LEFT JOIN last_reports ON last_reports.issuer_place = target.place
    WHERE target.status = 'target'
)
SELECT
    place,
    place_code,
    indicator_code,
    indicator_name,
    measure,
    period_start AS target_period_start,
    period_end AS target_period_end,
    comparator,
    value AS target_value,
    value_max AS target_value_max,
    unit,
    direction,
    better,
    outcome_value,
    outcome_unit,
    outcome_start AS outcome_period_start,
    outcome_end AS outcome_period_end,
    outcome_report_period,
    coalesce(outcome_is_interim, false) AS outcome_is_interim,
    CASE WHEN aimed <> 0 THEN round(abs(got) / abs(aimed), 4) END AS attainment,
    CASE
        WHEN got IS NULL OR outcome_is_interim THEN NULL
        WHEN way * got < 0 AND way = -1 THEN false
        WHEN comparator IN ('<=', '<') AND way = 1 THEN got <= coalesce(aimed_max, aimed)
        WHEN comparator IN ('>=', '>') OR way = -1 THEN way * got >= aimed
        WHEN comparator = '~' AND coalesce(better, 'up') <> 'down' THEN
            CASE WHEN aimed = round(aimed) THEN round(got) >= aimed ELSE round(got, 1) >= aimed END
        WHEN better = 'down' THEN got <= coalesce(aimed_max, aimed)
        WHEN better = 'up' OR better IS NULL THEN got >= aimed
    END AS reached,
    CASE
        WHEN outcome_fact_id IS NOT NULL THEN 'reported'
        WHEN last_start > period_end THEN 'not reported'
        ELSE 'pending'
    END AS reporting,
    report_period AS target_report_period,
    fact_id AS target_fact_id,
    outcome_fact_id,
    quote AS target_quote,
    outcome_quote,
    document_id AS target_document_id,
    outcome_document_id
FROM paired;
