-- Everything of a table.
-- expect: AMC001 3:8-8
SELECT * FROM dsp_clicks
