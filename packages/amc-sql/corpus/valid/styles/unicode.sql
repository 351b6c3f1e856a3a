-- Letters beyond ASCII in texts, names and comments: é, ß, 春, 🚀.
SELECT 'Café – Été 春 🚀' AS título, campaign AS naïve_name, SUM(impressions) AS impressions
FROM dsp_impressions
WHERE campaign <> 'Größe “XL”'
GROUP BY campaign
