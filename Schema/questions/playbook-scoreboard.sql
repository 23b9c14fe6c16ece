-- Which playbooks work, and which version of them?
-- By the playbook version that was current when a session was created. No version: the session is older than the first mirrored version.
-- Default period: all sessions.
-- cost: acus_a_session
-- report: 7
WITH versions AS MATERIALIZED (SELECT playbook_id, org_id, version, valid_from, valid_to, title FROM playbook_versions),
ran AS MATERIALIZED (
  SELECT f.playbook_id, f.org_id, (SELECT v.version FROM versions AS v
      WHERE v.playbook_id = f.playbook_id AND v.valid_from <= f.created_at AND (v.valid_to IS NULL OR f.created_at < v.valid_to)) AS version,
    count(*) AS sessions, sum(f.merged_pull_requests > 0) AS with_merge, sum(f.status = 'error') AS errors, avg(f.acus) AS acus, max(f.created_at) AS last
  FROM session_facts AS f WHERE f.playbook_id IS NOT NULL AND (:org IS NULL OR f.org_id = :org)
    AND f.billing_day BETWEEN coalesce(:since, '0000') AND coalesce(:until, '9999')
  GROUP BY f.playbook_id, f.org_id, version)
SELECT coalesce(v.title, p.title) AS playbook, r.version, r.sessions, r.with_merge, r.errors, round(r.acus, 2) AS acus_a_session,
  date(r.last, 'unixepoch') AS last_used
FROM ran AS r LEFT JOIN versions AS v USING (playbook_id, version) LEFT JOIN playbooks AS p ON p.playbook_id = r.playbook_id
UNION ALL
SELECT v.title, v.version, 0, 0, 0, NULL, NULL FROM versions AS v
WHERE (:org IS NULL OR v.org_id IS NULL OR v.org_id = :org) AND (v.playbook_id, v.version) NOT IN (SELECT playbook_id, version FROM ran WHERE version IS NOT NULL)
ORDER BY sessions DESC, playbook, version;
