-- Comments with apostrophes, semicolons and quotes wherever a gap is.
/* Author: O'Brien; "quoted" -- not a comment in a comment */
SELECT /* the name */ campaign /* the campaign's own */ , -- it's here
       SUM(impressions) -- total; and more
       AS i /**/
FROM -- one table
 dsp_impressions -- end
WHERE 1=1 -- always
  -- AND campaign = 'x'
  AND impressions > 0
GROUP BY 1 --done
