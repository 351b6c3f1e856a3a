-- QUALIFY is not known.
-- expect: unsupported 4:1-7 subquery
SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY campaign
QUALIFY RANK() OVER (ORDER BY SUM(clicks) DESC) <= 10
