-- Names with digits and underscores, long aliases.
WITH t1 AS (SELECT campaign AS c_1, SUM(impressions) AS imp_2026_q4 FROM dsp_impressions GROUP BY 1),
t2_b AS (SELECT c_1, imp_2026_q4 AS a_rather_long_alias_that_a_report_needs_for_its_column_header_in_2026 FROM t1 t)
SELECT x2.c_1, x2.a_rather_long_alias_that_a_report_needs_for_its_column_header_in_2026 AS n1 FROM t2_b x2
