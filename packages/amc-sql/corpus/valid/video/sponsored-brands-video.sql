-- Which video creative holds attention.
-- use case: 82
SELECT campaign, ad_group, SUM(five_sec_views) AS five_sec_views, SUM(video_first_quartile_views) AS video_first_quartile_views,
       SUM(video_midpoint_views) AS video_midpoint_views, SUM(video_complete_views) AS video_complete_views, SUM(video_unmutes) AS video_unmutes,
       SUM(impressions) AS impressions, SUM(viewable_impressions) AS viewable_impressions
FROM sponsored_ads_traffic
WHERE ad_product_type = 'sponsored_brands' AND creative_type = 'video'
GROUP BY campaign, ad_group
