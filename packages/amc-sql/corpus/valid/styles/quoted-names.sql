-- Quoted names: reserved words, spaces, digits in front.
SELECT "campaign" AS "Campaign Name", impression_date_utc AS "date", SUM("impressions") AS "value", COUNT(DISTINCT user_id) AS "7_day_reach"
FROM "dsp_impressions" AS "i"
GROUP BY "campaign", "i"."impression_date_utc"
