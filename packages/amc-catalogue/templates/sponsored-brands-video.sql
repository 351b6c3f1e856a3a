SELECT
  campaign,
  ad_group,
  SUM(impressions) AS impressions,
  SUM(COALESCE(five_sec_views, 0)) AS five_second_views,
  SUM(COALESCE(video_first_quartile_views, 0)) AS first_quartiles,
  SUM(COALESCE(video_midpoint_views, 0)) AS midpoints,
  SUM(COALESCE(video_complete_views, 0)) AS completes,
  SUM(COALESCE(video_unmutes, 0)) AS unmutes,
  SUM(COALESCE(video_unmutes, 0)) / NULLIF(SUM(impressions), 0) AS unmute_rate
FROM sponsored_ads_traffic
WHERE ad_product_type = 'sponsored_brands'
  AND creative_type = 'video'
  AND campaign_id_string IN ({{sa_campaign_ids}})
GROUP BY campaign, ad_group
