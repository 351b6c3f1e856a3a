-- FILTER on aggregates, which Amazon documents nowhere.
-- warns: unsupported
SELECT campaign, SUM(impressions) FILTER (WHERE device_type = 'TV') AS tv, COUNT(DISTINCT user_id) FILTER (WHERE device_type = 'PC') AS pc_users
FROM dsp_impressions
GROUP BY campaign
