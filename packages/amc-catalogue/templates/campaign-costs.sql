SELECT
  campaign_id_string,
  campaign,
  currency_iso_code,
  SUM(impressions) AS impressions,
  SUM(total_cost) / 100000 AS total_cost, -- millicents
  SUM(impression_cost) / 100000 AS impression_cost,
  SUM(COALESCE(supply_cost, 0)) / 100000000 AS supply_cost, -- microcents, as all fees
  SUM(COALESCE(platform_fee, 0)) / 100000000 AS platform_fee,
  SUM(COALESCE(audience_fee, 0)) / 100000000 AS audience_fee,
  SUM(COALESCE(managed_service_fee, 0) + COALESCE(third_party_fees, 0) + COALESCE(ocm_fee, 0)) / 100000000 AS other_fees,
  SUM(impression_cost) / 100000
    - SUM(
      COALESCE(supply_cost, 0) + COALESCE(platform_fee, 0) + COALESCE(audience_fee, 0)
      + COALESCE(managed_service_fee, 0) + COALESCE(third_party_fees, 0) + COALESCE(ocm_fee, 0)
    ) / 100000000 AS remainder
FROM dsp_impressions
WHERE campaign_id_string IN ({{dsp_campaign_ids}})
GROUP BY campaign_id_string, campaign, currency_iso_code
