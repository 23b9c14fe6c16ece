-- What changed in playbooks, notes, secrets and schedules within seven days.
SELECT datetime(changed_at, 'unixepoch') AS at, resource, change, key FROM sync_changes
WHERE resource IN ('playbooks', 'knowledge_notes', 'secrets', 'schedules') AND changed_at > unixepoch() - 7 * 86400
ORDER BY change_id DESC LIMIT 50;
