-- Which tags use our ACUs?
-- Sessions on the billing day of their creation, without deleted sessions. A session with two tags counts for both, and so do its pull requests.
-- period: 30 days
-- cost: acus
WITH lists AS MATERIALIZED (
  -- Lists of tags are few, so sessions are summed by their list before it is taken apart.
  SELECT d.tags, count(*) AS sessions, count(f.acus) AS known, sum(f.acus) AS acus, sum(f.first_merged_pull_requests) AS merged
  FROM session_facts AS f JOIN derived_sessions AS d USING (session_id)
  WHERE f.billing_day BETWEEN :since AND :until AND (:org IS NULL OR f.org_id = :org) GROUP BY d.tags)
SELECT coalesce(t.value, '(none)') AS tag, sum(l.sessions) AS sessions, sum(l.known) AS cost_known_of, round(sum(l.acus), 2) AS acus,
  sum(l.merged) AS merged
FROM lists AS l LEFT JOIN json_each(l.tags) AS t
  -- A tag that a session has twice counts once.
  ON t.type = 'text' AND NOT EXISTS (SELECT 1 FROM json_each(l.tags) AS o WHERE o.key < t.key AND o.value = t.value AND o.type = 'text')
GROUP BY t.value ORDER BY sum(l.acus) DESC;
