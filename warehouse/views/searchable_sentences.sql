-- Every sentence with its place, report period, issuer and section path, to search the text itself: WHERE contains(text, '低空经济'). Reposts are left out.
-- 全部句子，附地区、报告期、发布单位、章节路径，用于检索原文：WHERE contains(text, '低空经济')。转载不计。
CREATE VIEW searchable_sentences AS
SELECT
    coalesce(CASE WHEN documents.place_code = '100000' THEN '全国' END, documents.issuer_place) AS place,
    documents.place_code,
    documents.period_label AS report_period,
    documents.period_start,
    documents.period_end,
    documents.issuer,
    documents.title,
    sections.path AS section_path,
    sentences.text,
    sentences.sentence_id,
    sentences.section_id,
    sentences.document_id,
    sentences.clean_start,
    sentences.clean_end,
    documents.source,
    documents.path
FROM sentences
JOIN documents USING (document_id)
LEFT JOIN sections ON sections.section_id = sentences.section_id
WHERE documents.near_duplicate_of IS NULL;
