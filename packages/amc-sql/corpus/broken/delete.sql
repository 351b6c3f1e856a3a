-- Nothing can be deleted.
-- expect: unsupported 3:1-6 DELETE
DELETE FROM dsp_clicks WHERE campaign = 'x'
