-- Which playbooks work, and which version of them?
-- By the version that was in force when a session was created; no version: before this mirror knew the playbook.
SELECT title AS playbook, version, sessions, sessions_with_merge AS with_merge, errors, round(acus_a_session, 2) AS acus_a_session,
  date(last_used_at, 'unixepoch') AS last_used
FROM playbook_scoreboard WHERE (:org IS NULL OR org_id IS NULL OR org_id = :org) ORDER BY sessions DESC, title, version;
