-- User ids cast, joined to text and hashed inside WITH parts; only counts come out.
WITH people AS (
  SELECT CAST(user_id AS STRING) AS person, MD5(user_id) AS hashed, CONCAT(user_id, '|', campaign) AS pair, HASH64(user_id) AS number_of_user
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
)
SELECT COUNT(DISTINCT person) AS people, COUNT(DISTINCT hashed) AS hashes, COUNT(DISTINCT pair) AS pairs, COUNT(DISTINCT number_of_user) AS numbers
FROM people
