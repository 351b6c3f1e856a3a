-- Two named windows, one building on the other, and one written out.
WITH events AS (
  SELECT user_id, campaign,
         ROW_NUMBER() OVER ordered AS event_number,
         COUNT(campaign) OVER person AS events,
         MIN(impression_dt_utc) OVER (PARTITION BY user_id, campaign) AS first_seen
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
  WINDOW person AS (PARTITION BY user_id), ordered AS (person ORDER BY impression_dt_utc)
)
SELECT campaign, COUNT(DISTINCT user_id) AS users, AVG(events) AS events_per_user, MAX(event_number) AS longest
FROM events
WHERE first_seen IS NOT NULL
GROUP BY campaign
