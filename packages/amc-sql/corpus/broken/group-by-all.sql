-- GROUP BY ALL as in DuckDB and Snowflake.
-- expect: unsupported 3:65-67 numbers
SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY ALL
