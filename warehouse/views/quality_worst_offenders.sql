-- The promises that are broken most often, with the last time and the number of rows then.
-- 最常未通过的质量承诺，及最近一次未通过的时间与行数。
CREATE VIEW quality_worst_offenders AS
SELECT
    stage,
    table_name,
    check_name,
    severity,
    count(*) AS judged,
    count(*) FILTER (NOT success) AS broken,
    round(count(*) FILTER (NOT success) / count(*), 4) AS broken_share,
    max(checked_at) FILTER (NOT success) AS last_broken_at,
    arg_max(failing_count, checked_at) FILTER (NOT success) AS rows_then,
    arg_max(success, checked_at) AS kept_now
FROM quality_results
GROUP BY stage, table_name, check_name, severity
HAVING broken > 0
ORDER BY severity, broken DESC, last_broken_at DESC, stage, check_name;
