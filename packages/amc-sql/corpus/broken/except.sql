-- EXCEPT is not known.
-- expect: unsupported 4:1-6 IS NULL
SELECT user_id FROM dsp_clicks_for_audiences
EXCEPT
SELECT user_id FROM conversions_for_audiences
