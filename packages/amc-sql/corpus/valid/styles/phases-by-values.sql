-- Phases of an event as VALUES, joined by a range of days.
WITH phases (phase, s, e) AS (VALUES ('lead-up', '2026-10-01', '2026-10-10'), ('event', '2026-10-11', '2026-10-12'), ('lead-out', '2026-10-13', '2026-10-31'))
SELECT p.phase, COUNT(DISTINCT i.user_id) reach, SUM(i.impressions) imps
FROM dsp_impressions i JOIN phases p ON i.impression_date_utc >= CAST(p.s AS DATE) AND i.impression_date_utc <= CAST(p.e AS DATE)
GROUP BY p.phase
