-- Who or what is near an ACU limit, or over it?
-- Usage in the current cycle, and a forecast for its end from the last 28 days. Order: reached, will be reached, near (80 % used), below.
SELECT c.state, c.limit_of, CASE c.limit_of WHEN 'enterprise' THEN 'enterprise' WHEN 'group' THEN c.group_name
    WHEN 'organization' THEN coalesce((SELECT o.name FROM organizations AS o WHERE o.org_id = c.org_id), c.org_id)
    WHEN 'session' THEN (SELECT substr(coalesce(s.title, s.session_id), 1, 50) FROM session_facts AS s WHERE s.session_id = c.session_id)
    ELSE coalesce((SELECT p.name FROM people AS p WHERE p.user_id = c.user_id), c.user_id) END AS name,
  c.counted, round(c.used, 2) AS used, c.cap AS "limit", CAST(round(100.0 * c.used / nullif(c.cap, 0)) AS INTEGER) AS used_percent,
  round(c.forecast, 2) AS forecast, c.cycle_end, c.org_id, coalesce(c.session_id, c.user_id) AS id
FROM acu_caps AS c
WHERE 1 = 1
  [[AND c.org_id = {{org}}]]
ORDER BY CASE c.state WHEN 'reached' THEN 0 WHEN 'will be reached' THEN 1 WHEN 'near' THEN 2 WHEN 'unknown' THEN 4 ELSE 3 END,
  max(coalesce(c.used, 0), coalesce(c.forecast, 0)) / max(c.cap, 0.001) DESC, name
