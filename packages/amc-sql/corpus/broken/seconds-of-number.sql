-- A number where a time must stand.
-- expect: invalid 3:28-38 SECONDS_BETWEEN
SELECT AVG(SECONDS_BETWEEN(campaign_id, click_dt_utc)) AS seconds FROM dsp_clicks
