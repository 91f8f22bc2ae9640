-- Each target of a canonical indicator with the later outcome of the same indicator, place and unit that lies nearest to the end of the target's period. attainment is outcome / target; reached reads the target's comparator and which way is better; both are NULL while there is no outcome. outcome_is_interim says that the outcome's period ends before the target's.
-- 规范指标的每个目标，配以同指标、同地区、同单位、最接近目标期末的后续实绩。attainment 为实绩与目标之比；reached 依据比较关系与向好方向判定；尚无实绩时为空。outcome_is_interim 表示实绩时段早于目标期末（阶段性）。
CREATE VIEW plan_vs_outcome AS
WITH outcomes AS (
    SELECT
        target.fact_id AS target_fact_id,
        outcome.fact_id AS outcome_fact_id,
        row_number() OVER (
            PARTITION BY target.fact_id
            ORDER BY abs(outcome.period_end - target.period_end), outcome.period_end DESC, outcome.fact_id
        ) AS nearness
    FROM indicator_series AS target
    JOIN indicator_series AS outcome
        ON outcome.indicator_code = target.indicator_code
        AND outcome.place = target.place
        AND outcome.unit = target.unit
        AND outcome.kind = target.kind
        AND outcome.period_end >= target.period_start
        AND outcome.document_id <> target.document_id
    WHERE target.status = 'target' AND outcome.status = 'actual'
)
SELECT
    target.indicator_code,
    target.indicator_name,
    target.place,
    target.place_code,
    target.report_period AS target_period,
    target.period_start AS target_period_start,
    target.period_end AS target_period_end,
    target.comparator,
    target.value AS target_value,
    target.value_max AS target_value_max,
    target.unit,
    target.kind,
    target.direction,
    outcome.report_period AS outcome_period,
    outcome.period_end AS outcome_period_end,
    outcome.value AS outcome_value,
    CASE WHEN target.value <> 0 THEN round((outcome.value / target.value)::DOUBLE, 4) END AS attainment,
    CASE
        WHEN outcome.value IS NULL THEN NULL
        WHEN target.comparator IN ('<=', '<') THEN outcome.value <= coalesce(target.value_max, target.value)
        WHEN target.comparator IN ('>=', '>') THEN outcome.value >= target.value
        WHEN target.direction = 'down' THEN outcome.value <= coalesce(target.value_max, target.value)
        ELSE outcome.value >= target.value
    END AS reached,
    outcome.period_end < target.period_end AS outcome_is_interim,
    target.quote AS target_quote,
    outcome.quote AS outcome_quote,
    target.fact_id AS target_fact_id,
    outcome.fact_id AS outcome_fact_id,
    target.document_id AS target_document_id,
    outcome.document_id AS outcome_document_id
FROM indicator_series AS target
LEFT JOIN outcomes ON outcomes.target_fact_id = target.fact_id AND outcomes.nearness = 1
LEFT JOIN indicator_series AS outcome ON outcome.fact_id = outcomes.outcome_fact_id
WHERE target.status = 'target';
