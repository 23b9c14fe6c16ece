-- What does a merged pull request cost?
-- A pull request counts once, in the month of the first living session that lists it. Over all sessions of the month, and over those that list a
-- merge; both of sessions with a known cost, whose share is rounded down. Whole months, of a period those that it touches.
-- cost: acus_per_merge, of_merging_sessions
SELECT month, sessions, iif(sessions_with_known_cost > 0 AND 100 * sessions_with_known_cost < sessions, 'under 1', 100 * sessions_with_known_cost / sessions) || ' %' AS cost_known, merged_pull_requests AS merged,
  round(acus_per_merge, 2) AS acus_per_merge, round(acus_per_merge_of_merging_sessions, 2) AS of_merging_sessions, org_id
FROM cost_per_merge WHERE (:org IS NULL OR org_id = :org)
  AND month >= substr(coalesce(:since, '0000-00'), 1, 7) AND month <= substr(coalesce(:until, '9999-99'), 1, 7)
ORDER BY month DESC;
