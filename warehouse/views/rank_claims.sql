-- What places claim to be first (or second …) in, and how many places claim the very same: subject in its own words without scope of time, scope (全国, 全省 …) and rank.
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
)
SELECT
    claim,
    scope,
    rank,
    place,
    place_code,
    report_period,
    (SELECT count(DISTINCT other.place) FROM claims AS other WHERE other.claim = claims.claim AND other.scope = claims.scope AND other.rank = claims.rank) AS places_claiming,
    subject,
    comparator,
    quote,
    ranking_id,
    document_id
FROM claims
WHERE claim <> '';
