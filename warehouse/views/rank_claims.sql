-- What places claim to be first in, and how many places claim the very same: the subject without quotation marks and words of amount, and the scope (全国, 全省 …).
-- 各地自称的位次，及有几地作同样的声称：主体、范围（全国、全省等）、位次。
CREATE VIEW rank_claims AS
WITH claims AS (
    SELECT
        rankings.*,
        documents.issuer_place AS place,
        documents.place_code,
        documents.period_label AS report_period,
        regexp_replace(regexp_replace(subject, '[“”‘’《》（）()\s]', '', 'g'), '(总量|总数|数量|规模|均|也|继续|持续|稳)$', '') AS claim
    FROM rankings JOIN documents USING (document_id)
    WHERE near_duplicate_of IS NULL AND rank = 1
),
sharing AS (
    SELECT claim, scope, count(DISTINCT place) AS places_claiming FROM claims GROUP BY claim, scope
)
SELECT
    claims.claim,
    claims.scope,
    claims.rank,
    claims.place,
    claims.place_code,
    claims.report_period,
    sharing.places_claiming,
    claims.subject,
    claims.comparator,
    claims.quote,
    claims.ranking_id,
    claims.document_id
FROM claims
JOIN sharing ON sharing.claim = claims.claim AND sharing.scope = claims.scope
WHERE claims.claim <> '';
