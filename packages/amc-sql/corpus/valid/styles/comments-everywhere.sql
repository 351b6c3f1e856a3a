-- Comments between all words; some hold quotes, semicolons and keywords.
/* Report; with "quotes", it's fine */ SELECT -- the key
  campaign /* name of the campaign */, -- don't group by line item;
  SUM(impressions) /* FROM nowhere */ AS impressions
FROM /* the table */ dsp_impressions -- WHERE 1 = 0
/* WHERE campaign = 'x' */
WHERE campaign IS NOT NULL -- AND device_type = 'TV'
  AND /* always */ 1 = 1
GROUP BY campaign -- ORDER BY 2
; -- the end
/* really */
