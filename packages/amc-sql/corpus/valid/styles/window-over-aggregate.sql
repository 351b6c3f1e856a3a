-- Shares and ranks over aggregates in one SELECT.
SELECT campaign,
       SUM(impressions) AS impressions,
       SUM(impressions) * 100.0 / NULLIF(SUM(SUM(impressions)) OVER (), 0) AS share_of_all,
       RANK() OVER (ORDER BY SUM(impressions) DESC) AS impressions_rank,
       AVG(COUNT(DISTINCT user_id)) OVER () AS average_reach
FROM dsp_impressions
GROUP BY campaign
