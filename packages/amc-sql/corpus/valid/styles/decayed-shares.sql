-- Credit that halves every seven days, shared out by a window.
WITH c AS (SELECT user_id, conversion_id, event_dt_utc AS conv_dt FROM conversions WHERE event_subtype = 'order' AND user_id IS NOT NULL),
t AS (SELECT user_id, campaign, event_dt_utc AS dt FROM sponsored_ads_traffic WHERE clicks = 1 AND user_id IS NOT NULL)
, w AS (SELECT conversion_id, campaign, POWER(0.5, SECONDS_BETWEEN(dt, conv_dt)/(7*86400.0)) AS wt FROM c JOIN t ON c.user_id = t.user_id WHERE dt <= conv_dt)
, s AS (SELECT conversion_id, campaign, wt / NULLIF(SUM(wt) OVER (PARTITION BY conversion_id), 0) AS share FROM w)
SELECT campaign, SUM(share) AS decayed_conversions FROM s GROUP BY 1
