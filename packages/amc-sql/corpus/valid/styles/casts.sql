-- CAST to every type.
SELECT CAST(campaign_id AS CHAR) AS c1, CAST(campaign_id AS STRING) AS c2, CAST(campaign_id AS VARCHAR(30)) AS c3, CAST(campaign_id_string AS LONG) AS c4,
  CAST(campaign_id_string AS BIGINT) AS c5, CAST(COUNT(*) AS TINYINT) AS c6, CAST(COUNT(*) AS SMALLINT) AS c7, CAST(COUNT(*) AS INT) AS c8, CAST(SUM(total_cost) / 100000 AS DECIMAL(18, 2)) AS c9,
  CAST(COUNT(*) AS FLOAT) AS c10, CAST(COUNT(*) AS DOUBLE) AS c11, CAST(MIN(impression_dt_utc) AS DATE) AS c12, CAST('2026-10-01 12:00:00' AS TIMESTAMP) AS c13, CAST(1 AS BOOLEAN) AS c14, CAST('1.5' AS DECIMAL(10, 1)) + 1 AS c15
FROM dsp_impressions
GROUP BY campaign_id, campaign_id_string
