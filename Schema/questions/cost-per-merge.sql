-- What does a merged pull request cost?
-- Over all sessions, and over those that brought a merge; both of sessions whose cost is known, whose share is told. By whole months, of a period those that it touches.
SELECT month, sessions, CAST(round(100 * known_share) AS INTEGER) || ' %' AS cost_known, merged_pull_requests AS merged,
  round(acus_per_merge, 2) AS acus_per_merge, round(acus_per_merge_of_merging_sessions, 2) AS of_merging_sessions, org_id
FROM cost_per_merge WHERE (:org IS NULL OR org_id = :org)
  AND month >= substr(coalesce(:since, '0000-00'), 1, 7) AND month <= substr(coalesce(:until, '9999-99'), 1, 7)
ORDER BY month DESC;
