-- What changed in playbooks, notes, secrets and schedules?
-- The last seven days, or since --since. With --org, rows that the enterprise shares with all organizations are included.
SELECT datetime(c.changed_at, 'unixepoch') AS found_at, c.resource, c.change, coalesce(p.title, n.name, s."key", h.name, c.key) AS what
FROM sync_changes AS c
  LEFT JOIN playbooks AS p ON c.resource = 'playbooks' AND p.playbook_id = c.key
  LEFT JOIN knowledge_notes AS n ON c.resource = 'knowledge_notes' AND n.note_id = c.key
  LEFT JOIN secrets AS s ON c.resource = 'secrets' AND s.secret_id = c.key
  LEFT JOIN schedules AS h ON c.resource = 'schedules' AND h.scheduled_session_id = c.key
WHERE c.resource IN ('playbooks', 'knowledge_notes', 'secrets', 'schedules')
  AND date(c.changed_at, 'unixepoch') >= coalesce(:since, date(coalesce(:until, date((SELECT moment FROM mirror_moment), 'unixepoch')), '-6 days'))
  AND date(c.changed_at, 'unixepoch') <= coalesce(:until, '9999')
  AND (:org IS NULL OR CASE c.resource WHEN 'playbooks' THEN p.playbook_id IS NOT NULL AND coalesce(p.org_id, :org) = :org
    WHEN 'knowledge_notes' THEN n.note_id IS NOT NULL AND coalesce(n.org_id, :org) = :org
    WHEN 'secrets' THEN s.org_id = :org ELSE h.org_id = :org END)
ORDER BY c.change_id DESC;
