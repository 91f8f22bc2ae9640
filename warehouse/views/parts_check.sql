-- Whether the parts of a whole sum to it, one row a whole; a whole that is itself a part stands one level deeper. verdict: consistent (the parts sum to the whole), partial (they sum to less: a report may name only some parts), exceeds (they sum to more).
-- 分项之和与总数是否相符，一行一个总数；总数本身又是分项的，层级加一。verdict：consistent 相符；partial 小于总数（可能只列部分）；exceeds 大于总数。
CREATE VIEW parts_check AS
WITH RECURSIVE depths AS (
    SELECT fact_id, fact_id AS root_fact_id, 0 AS depth FROM facts WHERE part_of_fact_id IS NULL
    UNION ALL
    SELECT facts.fact_id, depths.root_fact_id, depths.depth + 1
    FROM facts JOIN depths ON facts.part_of_fact_id = depths.fact_id
    WHERE depths.depth < 20
),
sums AS (
    SELECT
        part.part_of_fact_id AS fact_id,
        part.unit,
        count(*) AS parts,
        sum(part.value) AS sum_of_parts,
        max(part.value) AS largest_part,
        string_agg(part.indicator || ' ' || rtrim(rtrim(part.value::VARCHAR, '0'), '.'), '、' ORDER BY part.clean_start) AS breakdown
    FROM facts AS part
    WHERE part.part_of_fact_id IS NOT NULL AND part.kind = 'level'
    GROUP BY part.part_of_fact_id, part.unit
)
SELECT
    whole.document_id,
    whole.fact_id,
    depths.root_fact_id,
    depths.depth,
    whole.indicator,
    whole.value AS whole,
    whole.unit,
    sums.parts,
    sums.sum_of_parts,
    sums.breakdown,
    CASE
        WHEN sums.sum_of_parts = whole.value THEN 'consistent'
        WHEN sums.sum_of_parts < whole.value THEN 'partial'
        ELSE 'exceeds'
    END AS verdict,
    sums.largest_part > coalesce(whole.value_max, whole.value) AS part_exceeds_whole,
    whole.quote
FROM facts AS whole
JOIN sums ON sums.fact_id = whole.fact_id AND sums.unit = whole.unit
JOIN depths ON depths.fact_id = whole.fact_id
WHERE whole.kind = 'level';
