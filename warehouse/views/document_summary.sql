-- One row a report: what it says of itself and how much was read from it.
-- 每份报告一行：元数据，以及从中读出多少章节、事实、位次、任务、提及。
CREATE VIEW document_summary AS
SELECT
    documents.document_id,
    source,
    path,
    title,
    issuer,
    issuer_place,
    doc_type,
    period_label,
    published_on,
    clean_chars,
    round(noise_share, 4) AS noise_share,
    near_duplicate_of,
    coalesce(sections, 0) AS sections,
    coalesce(sentences, 0) AS sentences,
    coalesce(facts, 0) AS facts,
    coalesce(actuals, 0) AS actuals,
    coalesce(targets, 0) AS targets,
    coalesce(coded_facts, 0) AS coded_facts,
    coalesce(rankings, 0) AS rankings,
    coalesce(commitments, 0) AS commitments,
    coalesce(mentions, 0) AS mentions
FROM documents
LEFT JOIN (SELECT document_id, count(*) AS sections FROM sections GROUP BY document_id) USING (document_id)
LEFT JOIN (SELECT document_id, count(*) AS sentences FROM sentences GROUP BY document_id) USING (document_id)
LEFT JOIN (
    SELECT
        document_id,
        count(*) AS facts,
        count(*) FILTER (status = 'actual') AS actuals,
        count(*) FILTER (status = 'target') AS targets,
        count(indicator_code) AS coded_facts
    FROM facts GROUP BY document_id
) USING (document_id)
LEFT JOIN (SELECT document_id, count(*) AS rankings FROM rankings GROUP BY document_id) USING (document_id)
LEFT JOIN (SELECT document_id, count(*) AS commitments FROM commitments GROUP BY document_id) USING (document_id)
LEFT JOIN (SELECT document_id, count(*) AS mentions FROM mentions GROUP BY document_id) USING (document_id)
ORDER BY source, path;
