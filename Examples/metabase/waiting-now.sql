-- Which sessions wait for somebody right now?
SELECT f.title, coalesce(p.name, f.user_id, f.service_user_id) AS for_whom, f.status_detail AS waits_as,
  datetime(coalesce((SELECT w.waited_from FROM open_waits AS w WHERE w.session_id = f.session_id), f.updated_at), 'unixepoch') AS since, f.url
FROM session_facts AS f LEFT JOIN people AS p ON p.user_id = coalesce(f.user_id, f.service_user_id)
WHERE f.status = 'running' AND f.status_detail IN ('waiting_for_user', 'waiting_for_approval')
  [[AND f.org_id = {{org}}]]
ORDER BY since
