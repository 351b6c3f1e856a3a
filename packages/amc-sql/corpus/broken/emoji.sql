-- A picture where a name should be.
-- expect: lexical 3:8-9 character
SELECT 🚀 FROM dsp_clicks
