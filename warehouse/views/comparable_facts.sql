-- Every fact as it compares with others: the place's full name, the days it holds for (the report's where the text states none), a name that other reports share (the canonical name or else the key), the signed value, and base_value, the value in its base unit, with base_step, the last place that is printed, in which two values have to agree. A figure for two indicators together (城乡居民人均可支配收入) counts for each of them too (indicator_relations: joint_of). is_estimate: an expectation (预计) of a time that was over when the report was made; is_ahead: an achievement that ends after its report, which is doubtful. Reposts of the same report (near duplicates) are left out. The other comparing views read this one.
-- 可比事实：一行一条事实，附地区全称、所属时段（文中未写明的用报告期）、可与他报对应的名称（规范名称，无则归一键）、带符号的值、基准单位的值 base_value 及其末位单位 base_step（两数一致以此为准）。合述两指标的一数（如城乡居民人均可支配收入）也分别计入各指标。is_estimate 为报告时已结束时段的预计数；is_ahead 为晚于报告日期的“实绩”，存疑。转载的同一报告不计。其他比较视图均据此。
CREATE VIEW comparable_facts AS
WITH each_indicator AS (
    SELECT * FROM facts
    UNION ALL
    SELECT facts.* REPLACE (joint.other_code AS indicator_code)
    FROM facts JOIN indicator_relations AS joint ON joint.code = facts.indicator_code AND joint.relation = 'joint_of'
)
SELECT
    facts.fact_id,
    facts.document_id,
    facts.indicator_code,
    coalesce(facts.indicator_code, facts.indicator_key) AS indicator_id,
    coalesce(indicators.name_zh, facts.indicator_key) AS indicator_name,
    facts.indicator AS indicator_as_printed,
    facts.indicator_key,
    indicators.family,
    indicators.better,
    facts.measure,
    facts.direction,
    facts.basis,
    facts.aggregation,
    facts.price_basis,
    CASE
        WHEN facts.place_code = '100000' THEN '全国'
        WHEN places.name IS NOT NULL AND starts_with(places.name, facts.place) THEN places.name
        ELSE coalesce(facts.place, documents.issuer_place)
    END AS place,
    coalesce(facts.place_code, CASE WHEN facts.place IS NULL THEN documents.place_code END) AS place_code,
    facts.place_code IS NOT DISTINCT FROM documents.place_code AND (facts.place_code IS NOT NULL OR facts.place IS NOT DISTINCT FROM documents.issuer_place) AS is_own_place,
    coalesce(facts.period_start, documents.period_start) AS period_start,
    coalesce(facts.period_end, documents.period_end) AS period_end,
    facts.status,
    facts.value,
    CASE WHEN facts.direction = 'down' THEN -abs(facts.value) ELSE facts.value END AS signed_value,
    facts.value_max,
    facts.unit,
    facts.value_base,
    facts.unit_base,
    facts.comparator,
    coalesce(facts.unit_base, facts.unit) AS base_unit,
    CASE WHEN facts.direction = 'down' THEN -1 ELSE 1 END * CASE
        WHEN facts.direction = 'down' THEN abs(coalesce(facts.value_base, facts.value)::DOUBLE)
        ELSE coalesce(facts.value_base, facts.value)::DOUBLE
    END AS base_value,
    CASE WHEN facts.value = 0 THEN 0.5 ELSE
        coalesce(abs((facts.value_base / facts.value)::DOUBLE), 1) * CASE
            WHEN facts.value = trunc(facts.value)
                THEN 10.0 ** (length(trunc(facts.value)::BIGINT::VARCHAR) - length(rtrim(trunc(facts.value)::BIGINT::VARCHAR, '0')))
            ELSE 10.0 ** -(length(rtrim(facts.value::VARCHAR, '0')) - position('.' IN facts.value::VARCHAR))
        END
    END AS base_step,
    facts.status = 'target' AND coalesce(facts.period_end, documents.period_end) < documents.period_start AS is_estimate,
    facts.status = 'actual' AND coalesce(facts.period_end, documents.period_end) > coalesce(documents.published_on, documents.period_end) AS is_ahead,
    facts.period AS stated_period,
    facts.part_of_fact_id,
    facts.quote,
    facts.clean_start,
    documents.period_label AS report_period,
    documents.period_start AS report_start,
    documents.period_end AS report_end,
    documents.source,
    documents.path,
    documents.issuer,
    documents.title
FROM each_indicator AS facts
JOIN documents USING (document_id)
LEFT JOIN indicators ON indicators.code = facts.indicator_code
LEFT JOIN places ON places.adcode = facts.place_code
WHERE documents.near_duplicate_of IS NULL;
