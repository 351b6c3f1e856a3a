-- A function of another dialect.
-- expect: AMC010 3:18-31 COUNT(DISTINCT
SELECT campaign, COUNT_DISTINCT(user_id) AS users FROM dsp_clicks GROUP BY campaign
