-- Each report of a year and each core indicator (indicators.is_core): stated with a figure, stated without one (a sentence names it, no figure was read), or not stated, so that silence and a figure that was not read are told apart. example is the figure's quote or the sentence.
-- 每份年度报告与每个核心指标（indicators.is_core）：with figure 有数值；without figure 提及而无数值；not stated 未提及。由此区分“未说”与“未读出”。example 为数值原文或所在句子。
CREATE VIEW stated_indicators AS
WITH reports AS (
    SELECT document_id, CASE WHEN place_code = '100000' THEN '全国' ELSE issuer_place END AS place, place_code, period_label AS report_period, title
    FROM documents WHERE near_duplicate_of IS NULL
),
core AS (
    SELECT code, name_zh FROM indicators WHERE is_core
),
-- A part that may be absent (-) is left out; of the others each alternative is a wording.
scopes AS (
    SELECT indicator_names.code, subject, measure, unnest(CASE WHEN contains('|' || scope || '|', '|-|') THEN [''] ELSE string_split(scope, '|') END) AS scope
    FROM indicator_names JOIN core ON core.code = indicator_names.code
    WHERE indicator_names.holds_for IN ('', 'share')
),
subjects AS (
    SELECT code, scope, measure, unnest(string_split(subject, '|')) AS subject FROM scopes
),
measures AS (
    SELECT code, scope, subject, unnest(CASE WHEN contains('|' || measure || '|', '|-|') THEN [''] ELSE string_split(measure, '|') END) AS measure
    FROM subjects
),
phrases AS (
    SELECT DISTINCT code, scope || subject || measure AS phrase FROM measures WHERE length(scope || subject || measure) >= 3
),
figures AS (
    SELECT
        document_id, indicator_code AS code,
        count(*) FILTER (status = 'target') AS targets,
        count(*) FILTER (status = 'actual') AS actuals,
        arg_min(quote, clean_start) AS quote
    FROM facts JOIN core ON core.code = facts.indicator_code
    GROUP BY document_id, indicator_code
),
-- In a step of its own: DuckDB writes an exported CROSS JOIN as a comma, which binds more loosely than a LEFT JOIN behind it.
asked AS (
    SELECT reports.*, core.code, core.name_zh FROM reports CROSS JOIN core
),
-- Whole texts first, sentences only where a phrase is in the text: most phrases are in no sentence of a report.
in_the_text AS (
    SELECT asked.document_id, asked.code, phrases.phrase
    FROM asked
    ANTI JOIN figures ON figures.document_id = asked.document_id AND figures.code = asked.code
    JOIN texts ON texts.document_id = asked.document_id
    JOIN phrases ON phrases.code = asked.code
    WHERE contains(texts.clean_text, phrases.phrase)
),
named AS (
    SELECT in_the_text.document_id, in_the_text.code, arg_min(sentences.text, sentences.clean_start) AS text
    FROM in_the_text JOIN sentences ON sentences.document_id = in_the_text.document_id
    -- 城镇居民… names no 居民….
    WHERE contains(sentences.text, in_the_text.phrase)
        AND regexp_matches(replace(sentences.text, in_the_text.phrase, '|'), '(^|[^镇村市])\|')
    GROUP BY in_the_text.document_id, in_the_text.code
)
SELECT
    asked.place,
    asked.place_code,
    asked.report_period,
    asked.code AS indicator_code,
    asked.name_zh AS indicator_name,
    CASE
        WHEN figures.code IS NOT NULL THEN 'with figure'
        WHEN named.code IS NOT NULL THEN 'without figure'
        ELSE 'not stated'
    END AS stated,
    coalesce(figures.targets, 0) AS targets,
    coalesce(figures.actuals, 0) AS actuals,
    coalesce(figures.quote, named.text) AS example,
    asked.title,
    asked.document_id
FROM asked
LEFT JOIN figures ON figures.document_id = asked.document_id AND figures.code = asked.code
LEFT JOIN named ON named.document_id = asked.document_id AND named.code = asked.code;
