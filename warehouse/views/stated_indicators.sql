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
phrases AS (
    SELECT DISTINCT code, replace(scope, '-', '') || replace(subject, '-', '') || replace(measure, '-', '') AS phrase
    FROM (
        SELECT code, unnest(string_split(scope, '|')) AS scope, subject, measure FROM (
            SELECT code, scope, unnest(string_split(subject, '|')) AS subject, measure FROM (
                SELECT indicator_names.code, scope, subject, unnest(string_split(measure, '|')) AS measure
                FROM indicator_names JOIN core ON core.code = indicator_names.code
                WHERE indicator_names.only IN ('', 'share')
            )
        )
    )
    WHERE length(phrase) >= 3
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
named AS (
    SELECT sentences.document_id, phrases.code, arg_min(sentences.text, sentences.clean_start) AS text
    FROM sentences JOIN phrases ON contains(sentences.text, phrases.phrase)
    WHERE regexp_matches(replace(sentences.text, phrases.phrase, '|'), '(^|[^镇村市])\|')
    GROUP BY sentences.document_id, phrases.code
)
SELECT
    reports.place,
    reports.place_code,
    reports.report_period,
    core.code AS indicator_code,
    core.name_zh AS indicator_name,
    CASE
        WHEN figures.code IS NOT NULL THEN 'with figure'
        WHEN named.code IS NOT NULL THEN 'without figure'
        ELSE 'not stated'
    END AS stated,
    coalesce(figures.targets, 0) AS targets,
    coalesce(figures.actuals, 0) AS actuals,
    coalesce(figures.quote, named.text) AS example,
    reports.title,
    reports.document_id
FROM reports
CROSS JOIN core
LEFT JOIN figures ON figures.document_id = reports.document_id AND figures.code = core.code
LEFT JOIN named ON named.document_id = reports.document_id AND named.code = core.code;
