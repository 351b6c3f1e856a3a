-- A query copied with the fences around it.
-- expect: lexical 4:1-6 copied
-- expect: lexical 6:1-3 copied
```sql
SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY campaign
```
