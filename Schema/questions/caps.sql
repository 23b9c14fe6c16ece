-- Who or what is near a limit of ACUs, or over it?
-- Used in the current cycle, and at its end if days go on as the last 28 did. Reached, will be reached, near (80 % used) and below, in this order.
-- A limit of the cloud counts the product devin, one of the local agent desktop, JetBrains and CLI, one of a group all products. Users whose daily
-- consumption is not mirrored are counted by the cost of their sessions; used is empty where it is not mirrored.
-- limit: 50
-- cost: used, forecast
SELECT c.state, c.limit_of, CASE c.limit_of WHEN 'enterprise' THEN 'enterprise' WHEN 'group' THEN c.group_name
    WHEN 'organization' THEN coalesce((SELECT o.name FROM organizations AS o WHERE o.org_id = c.org_id), c.org_id)
    WHEN 'session' THEN (SELECT substr(coalesce(s.title, s.session_id), 1, 50) FROM session_facts AS s WHERE s.session_id = c.session_id)
    ELSE coalesce((SELECT p.name FROM people AS p WHERE p.user_id = c.user_id), c.user_id) END AS name,
  c.counted, round(c.used, 2) AS used, c.cap AS "limit", CAST(round(100.0 * c.used / nullif(c.cap, 0)) AS INTEGER) AS used_percent,
  round(c.forecast, 2) AS forecast, c.cycle_end, c.org_id, coalesce(c.session_id, c.user_id) AS id
FROM acu_caps AS c WHERE (:org IS NULL OR c.org_id = :org)
ORDER BY CASE c.state WHEN 'reached' THEN 0 WHEN 'will be reached' THEN 1 WHEN 'near' THEN 2 WHEN 'unknown' THEN 4 ELSE 3 END,
  max(coalesce(c.used, 0), coalesce(c.forecast, 0)) / max(c.cap, 0.001) DESC, name;
