-- What changed against the version published before, in reports that both versions hold: value, status, gone, new, with the words of both. The table revision_log behind it keeps the last versions.
-- 与前一发布版相比的变化（仅两版均有的报告）：value 数值、status 状态、gone 不再陈述、new 新增，附前后原文。所据的 revision_log 保留最近若干版。
CREATE VIEW revisions AS
SELECT
    revision_log.run_id,
    revision_log.recorded_at,
    revision_log.change,
    revision_log.place,
    documents.period_label AS report_period,
    coalesce(indicators.name_zh, revision_log.indicator_key) AS indicator_name,
    revision_log.indicator_code,
    revision_log.measure,
    revision_log.period_start,
    revision_log.period_end,
    revision_log.old_value,
    revision_log.new_value,
    revision_log.old_unit,
    revision_log.new_unit,
    revision_log.old_status,
    revision_log.new_status,
    revision_log.old_quote,
    revision_log.new_quote,
    revision_log.old_fact_id,
    revision_log.new_fact_id,
    revision_log.document_id,
    documents.title
FROM revision_log
LEFT JOIN documents ON documents.document_id = revision_log.document_id
LEFT JOIN indicators ON indicators.code = revision_log.indicator_code;
