-- Which tags use our ACUs?
-- Sessions on the billing day of their creation, without deleted sessions. A session with two tags counts for both, and so do its pull requests.
-- period: 30 days
-- cost: acus
WITH lists AS MATERIALIZED (
  -- Lists of tags are few, so sessions are summed by their list before it is taken apart.
  -- The index of days has no tags, so the table is read in its own order: hence the plus.
  SELECT d.tags, count(*) AS sessions, count(d.acus) AS known, sum(d.acus) AS acus, sum(d.first_merged_pull_requests) AS merged
  FROM derived_sessions AS d WHERE +d.billing_day BETWEEN :since AND :until AND (:org IS NULL OR d.org_id = :org) GROUP BY d.tags)
SELECT coalesce(t.value, '(none)') AS tag, sum(l.sessions) AS sessions, sum(l.known) AS cost_known_of, round(sum(l.acus), 2) AS acus,
  sum(l.merged) AS merged
FROM lists AS l LEFT JOIN json_each(l.tags) AS t
  -- A tag that a session has twice counts once.
  ON t.type = 'text' AND NOT EXISTS (SELECT 1 FROM json_each(l.tags) AS o WHERE o.key < t.key AND o.value = t.value AND o.type = 'text')
GROUP BY t.value ORDER BY sum(l.acus) DESC;
