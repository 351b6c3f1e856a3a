-- INTERSECT is not known.
-- expect: unsupported 3:46-54 INNER JOIN
SELECT user_id FROM dsp_clicks_for_audiences INTERSECT SELECT user_id FROM conversions_for_audiences
