-- NATURAL JOIN is not known.
-- expect: unsupported 3:53-64 USING
SELECT campaign, COUNT(*) AS n FROM dsp_impressions NATURAL JOIN segment_metadata GROUP BY campaign
