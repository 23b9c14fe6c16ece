-- Which sessions wait for somebody right now?
-- since is the time of Devin's last message, if nobody has answered it. If the mirror does not know it, since is the last change of the session.
-- With --user, only sessions of this user or service user (id, name or email address).
-- limit: 50
SELECT f.title, coalesce(p.name, f.user_id, f.service_user_id) AS for_whom, f.status_detail AS waits_as,
  datetime(coalesce((SELECT w.waited_from FROM open_waits AS w WHERE w.session_id = f.session_id), f.updated_at), 'unixepoch') AS since, f.url
FROM session_facts AS f LEFT JOIN people AS p ON p.user_id = coalesce(f.user_id, f.service_user_id)
WHERE f.status = 'running' AND f.status_detail IN ('waiting_for_user', 'waiting_for_approval') AND (:org IS NULL OR f.org_id = :org)
  AND (:user IS NULL OR coalesce(f.user_id, f.service_user_id) = :user OR lower(p.name) = lower(:user) OR lower(p.email) = lower(:user))
ORDER BY since;
