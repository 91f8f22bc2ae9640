-- Each target with the outcome that a report gives for the same indicator (code, or else key), place and period, be it the next report, a later one or the same; outcome_report_period names the report that states it. outcome_basis says what it is: actual; estimate (the later report still only expects it, 预计); baseline (the later report names it as what the new figure is compared with); level (only the level is reported of a target for growth); interim (the target's period is not over, the latest figure from within it). reached compares by comparator and direction (a fall of 3% is reached by one of 3.2%; 左右 by what rounds to it), NULL where nothing can be said. reporting: reported, not reported (a later report of the place is there and does not say) or pending (none is there yet).
-- 每个目标，配以同指标（代码，无则归一键）、同地区、同时段的实绩，无论出自下一份、更晚或同一份报告；outcome_report_period 为陈述它的报告。outcome_basis：actual 实绩；estimate 后续报告仍称预计；baseline 后续报告作为比较基数提及；level 目标为增速而只报告了总量；interim 目标期未满，取期内最近的数。reached 按比较关系与方向判定，无从判定则为空。reporting：reported 已报告；not reported 后续报告在库而未提；pending 尚无后续报告。
CREATE VIEW plan_vs_outcome AS
WITH said AS (
    SELECT
        fact_id, indicator_id, indicator_code, measure, place, period_start, period_end, report_period, report_end, document_id,
        value, value_max, unit, value_base, unit_base, direction, signed_value, quote,
        CASE WHEN is_estimate THEN 'estimate' ELSE 'actual' END AS basis
    FROM headline_series
    WHERE status = 'actual' OR is_estimate
    UNION ALL
    SELECT
        fact_id, indicator_id, indicator_code, measure, place, period_start, period_end, report_period, report_end, document_id,
        value, value_max, unit, value_base, unit_base, direction, signed_value, quote, 'baseline'
    FROM comparable_facts
    WHERE status = 'baseline' AND is_own_place AND stated_period IS NOT NULL AND measure = 'level' AND period_end < report_start
),
targets AS (
    SELECT * FROM headline_series WHERE status = 'target' AND NOT is_estimate
),
matched AS (
    SELECT
        target.fact_id AS target_fact_id,
        outcome.*,
        CASE
            WHEN outcome.period_end < target.period_end OR outcome.period_start > target.period_start THEN 'interim'
            WHEN outcome.measure <> target.measure THEN 'level'
            ELSE outcome.basis
        END AS outcome_basis,
        row_number() OVER (
            PARTITION BY target.fact_id, target.indicator_id
            ORDER BY
                outcome.period_end = target.period_end AND outcome.period_start = target.period_start DESC,
                outcome.measure = target.measure DESC,
                outcome.basis,
                outcome.period_end DESC,
                outcome.report_end,
                outcome.fact_id
        ) AS nearness
    FROM targets AS target
    JOIN said AS outcome
        ON outcome.indicator_id = target.indicator_id
        AND outcome.place = target.place
        AND outcome.period_end <= target.period_end
        AND outcome.period_start >= target.period_start
        AND (outcome.indicator_code IS NOT NULL OR coalesce(outcome.unit_base, outcome.unit) = coalesce(target.unit_base, target.unit))
    WHERE (outcome.measure = target.measure AND outcome.basis = 'actual')
        OR (
            outcome.period_end = target.period_end AND outcome.period_start = target.period_start
            AND (outcome.measure = target.measure OR (target.measure = 'growth' AND outcome.measure = 'level'))
        )
),
last_reports AS (
    SELECT
        CASE WHEN place_code = '100000' THEN '全国' ELSE issuer_place END AS issuer_place,
        max(period_start) AS last_start
    FROM documents GROUP BY ALL
),
paired AS (
    SELECT
        target.*,
        outcome.value AS outcome_value,
        outcome.value_max AS outcome_value_max,
        outcome.unit AS outcome_unit,
        outcome.period_start AS outcome_start,
        outcome.period_end AS outcome_end,
        outcome.report_period AS outcome_report_period,
        outcome.fact_id AS outcome_fact_id,
        outcome.document_id AS outcome_document_id,
        outcome.quote AS outcome_quote,
        outcome.outcome_basis,
        last_reports.last_start,
        CASE WHEN target.direction = 'down' THEN -1 ELSE 1 END AS way,
        -- What is compared: as printed where the units agree, else in the base unit; signed, since a fall may meet a rise.
        CASE
            WHEN target.measure <> outcome.measure THEN NULL
            WHEN target.unit = outcome.unit THEN outcome.signed_value::DOUBLE
            WHEN target.unit_base = outcome.unit_base
                THEN (CASE WHEN outcome.direction = 'down' THEN -abs(outcome.value_base) ELSE outcome.value_base END)::DOUBLE
        END AS got,
        CASE WHEN target.unit = outcome.unit THEN target.value ELSE target.value_base END::DOUBLE AS aimed,
        CASE WHEN target.unit = outcome.unit THEN target.value_max END::DOUBLE AS aimed_max
    FROM targets AS target
    LEFT JOIN matched AS outcome ON outcome.target_fact_id = target.fact_id AND outcome.indicator_id = target.indicator_id AND outcome.nearness = 1
    LEFT JOIN last_reports ON last_reports.issuer_place = target.place
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
    outcome_value_max,
    outcome_unit,
    outcome_start AS outcome_period_start,
    outcome_end AS outcome_period_end,
    outcome_report_period,
    outcome_basis,
    coalesce(outcome_basis = 'interim', false) AS outcome_is_interim,
    CASE WHEN aimed <> 0 THEN round(abs(got) / abs(aimed), 4) END AS attainment,
    CASE
        WHEN got IS NULL OR outcome_basis IN ('interim', 'level') THEN NULL
        WHEN comparator IN ('<=', '<') AND way = 1 THEN got <= coalesce(aimed_max, aimed)
        WHEN comparator IN ('>=', '>') OR way = -1 THEN way * got >= aimed
        WHEN comparator = '~' AND coalesce(better, 'up') = 'up' THEN round(got, CASE WHEN aimed = round(aimed) THEN 0 ELSE 1 END) >= aimed
        WHEN better = 'down' THEN got <= coalesce(aimed_max, aimed)
        WHEN better = 'neutral' THEN NULL
        ELSE got >= aimed
    END AS reached,
    CASE
        WHEN outcome_fact_id IS NOT NULL AND outcome_basis <> 'interim' THEN 'reported'
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
