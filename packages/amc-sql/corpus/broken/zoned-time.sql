-- A time with a zone matches nothing.
-- expect: AMC021 3:78-99 Z
SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks WHERE click_dt_utc >= '2026-10-05T00:00:00Z' GROUP BY campaign
