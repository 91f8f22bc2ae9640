-- How many promises each stage kept and broke in each run.
-- 每次运行各阶段的质量承诺：通过多少、未通过多少。
CREATE VIEW quality_trend AS
SELECT
    run_id,
    stage,
    min(checked_at) AS checked_at,
    count(*) AS checks,
    count(*) FILTER (success) AS kept,
    count(*) FILTER (NOT success AND severity = 'error') AS broken_errors,
    count(*) FILTER (NOT success AND severity = 'warning') AS broken_warnings,
    sum(failing_count)::BIGINT AS failing_rows
FROM quality_results
GROUP BY run_id, stage
ORDER BY checked_at, stage;
