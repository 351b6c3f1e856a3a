-- title: Models by body style
-- answers: Which models and body styles do people drive?
SELECT
  garage_make,
  garage_model,
  garage_bodystyle,
  COUNT(DISTINCT user_id) AS people
FROM amazon_your_garage
GROUP BY garage_make, garage_model, garage_bodystyle
