-- Answers about cost. A session's ACUs count under the billing day it was created on. One row per billing day, so that any
-- period can be summed; a row's acus is NULL where the cost of none of its sessions is known.

-- What Devin bills for a day, and what the sessions created on it used. billed_acus is NULL where the day is not mirrored.
CREATE VIEW acus_by_day AS
SELECT org_id, billing_day, sum(billed) AS billed_acus, sum(acus) AS acus, sum(sessions) AS sessions, sum(known) AS sessions_with_known_cost
FROM (
  SELECT org_id, date(unix_seconds(date) - 28800, 'unixepoch') AS billing_day, acus AS billed, NULL AS acus,
    0 AS sessions, 0 AS known FROM daily_consumption WHERE _deleted_at IS NULL
  UNION ALL SELECT org_id, billing_day, NULL, acus, 1, acus IS NOT NULL FROM session_facts)
GROUP BY org_id, billing_day;

CREATE VIEW acus_by_user AS
SELECT f.org_id, f.billing_day, f.user_id, p.name, p.email, count(*) AS sessions, count(f.acus) AS sessions_with_known_cost,
  sum(f.acus) AS acus, sum(f.merged_pull_requests) AS merged_pull_requests
FROM session_facts AS f LEFT JOIN people AS p USING (user_id) WHERE f.service_user_id IS NULL GROUP BY f.org_id, f.billing_day, f.user_id;

CREATE VIEW acus_by_service_user AS
SELECT f.org_id, f.billing_day, f.service_user_id, p.name, count(*) AS sessions, count(f.acus) AS sessions_with_known_cost,
  sum(f.acus) AS acus, sum(f.merged_pull_requests) AS merged_pull_requests
FROM session_facts AS f LEFT JOIN people AS p ON p.user_id = f.service_user_id
WHERE f.service_user_id IS NOT NULL GROUP BY f.org_id, f.billing_day, f.service_user_id;

CREATE VIEW acus_by_origin AS
SELECT org_id, billing_day, origin, count(*) AS sessions, count(acus) AS sessions_with_known_cost, sum(acus) AS acus,
  sum(merged_pull_requests) AS merged_pull_requests
FROM session_facts GROUP BY org_id, billing_day, origin;

-- playbook_id NULL: sessions without one.
CREATE VIEW acus_by_playbook AS
SELECT f.org_id, f.billing_day, f.playbook_id, p.title, count(*) AS sessions, count(f.acus) AS sessions_with_known_cost,
  sum(f.acus) AS acus, sum(f.merged_pull_requests) AS merged_pull_requests
FROM session_facts AS f LEFT JOIN playbooks AS p USING (playbook_id) GROUP BY f.org_id, f.billing_day, f.playbook_id;

-- A session with two tags counts under both: rows of different tags do not add up. tag NULL: sessions without one.
CREATE VIEW acus_by_tag AS
SELECT f.org_id, f.billing_day, t.tag, count(*) AS sessions, count(f.acus) AS sessions_with_known_cost,
  sum(f.acus) AS acus, sum(f.merged_pull_requests) AS merged_pull_requests
FROM session_facts AS f LEFT JOIN (SELECT DISTINCT session_id, tag FROM session_tags) AS t USING (session_id)
GROUP BY f.org_id, f.billing_day, t.tag;

-- By the repositories of a session's pull requests; a session with pull requests in two counts under both.
-- repository NULL: sessions without a pull request.
CREATE VIEW acus_by_repository AS
WITH worked AS (
  SELECT p.session_id, o.host, o.repository, sum(lower(p.pr_state) = 'merged') AS merged
  FROM (SELECT DISTINCT session_id, org_id, pr_url, pr_state FROM session_pull_requests) AS p
    JOIN pull_request_outcomes AS o ON o.pr_url = p.pr_url AND o.org_id IS p.org_id
  GROUP BY p.session_id, o.host, o.repository)
SELECT f.org_id, f.billing_day, w.host, w.repository, count(*) AS sessions, count(f.acus) AS sessions_with_known_cost, sum(f.acus) AS acus,
  coalesce(sum(w.merged), 0) AS merged_pull_requests
FROM session_facts AS f LEFT JOIN worked AS w USING (session_id) GROUP BY f.org_id, f.billing_day, w.host, w.repository;

-- What a merged pull request costs, by the month in which its sessions were created. Both costs divide by merged pull requests of sessions
-- whose cost is known, each counted once: the first takes the ACUs of all of these sessions, the second only of those with a merge.
CREATE VIEW cost_per_merge AS
WITH months AS (
  SELECT org_id, substr(billing_day, 1, 7) AS month, count(*) AS sessions, count(acus) AS sessions_with_known_cost, sum(acus) AS acus,
    sum(merged_pull_requests > 0) AS sessions_with_merge, sum(iif(merged_pull_requests > 0, acus, NULL)) AS acus_of_sessions_with_merge
  FROM session_facts GROUP BY org_id, month),
merges AS (
  SELECT f.org_id, substr(f.billing_day, 1, 7) AS month, count(DISTINCT p.pr_url) AS merged,
    count(DISTINCT iif(f.acus IS NOT NULL, p.pr_url, NULL)) AS merged_with_known_cost
  FROM session_facts AS f JOIN session_pull_requests AS p USING (session_id) WHERE lower(p.pr_state) = 'merged' GROUP BY f.org_id, month)
SELECT m.org_id, m.month, m.sessions, m.sessions_with_known_cost, round(1.0 * m.sessions_with_known_cost / m.sessions, 4) AS known_share,
  m.sessions_with_merge, m.acus, m.acus_of_sessions_with_merge, coalesce(p.merged, 0) AS merged_pull_requests,
  round(m.acus / nullif(p.merged_with_known_cost, 0), 4) AS acus_per_merge,
  round(m.acus_of_sessions_with_merge / nullif(p.merged_with_known_cost, 0), 4) AS acus_per_merge_of_merging_sessions
FROM months AS m LEFT JOIN merges AS p ON p.month = m.month AND p.org_id IS m.org_id;

-- ACUs of sessions held against what Devin bills, day by day. A session that works over several days counts under its own days where
-- session_daily_consumption is mirrored, else under the day of its creation; so single days differ and longer spans should not.
CREATE VIEW acu_reconciliation AS
WITH used AS (
  SELECT org_id, date(unix_seconds(date) - 28800, 'unixepoch') AS billing_day, session_id, acus
  FROM session_daily_consumption WHERE _deleted_at IS NULL
  UNION ALL
  SELECT org_id, billing_day, session_id, acus FROM session_facts
  WHERE session_id NOT IN (SELECT session_id FROM session_daily_consumption WHERE _deleted_at IS NULL)),
days AS (
  SELECT org_id, date(unix_seconds(date) - 28800, 'unixepoch') AS billing_day,
    coalesce(CAST(_raw ->> '$.acus_by_product.devin' AS REAL), acus) AS billed, NULL AS used, NULL AS session_id, 0 AS unknown
  FROM daily_consumption WHERE _deleted_at IS NULL
  UNION ALL SELECT org_id, billing_day, NULL, acus, session_id, acus IS NULL FROM used)
SELECT org_id, billing_day, sum(billed) AS billed_acus, sum(used) AS session_acus, round(sum(billed) - coalesce(sum(used), 0), 4) AS difference,
  count(DISTINCT session_id) AS sessions, sum(unknown) AS sessions_with_unknown_cost
FROM days GROUP BY org_id, billing_day;

-- The billing cycle that each organization is in at the mirror's moment, Unix seconds. Where no cycle is mirrored (an organization's key may not
-- read them) it is taken to be the month, and is_known is 0.
CREATE VIEW current_cycles AS
WITH now AS (SELECT moment FROM mirror_moment),
known AS (
  SELECT "after" AS starts_at, "before" AS ends_at FROM billing_cycles, now
  WHERE _deleted_at IS NULL AND "after" <= moment AND moment < "before" ORDER BY "after" DESC LIMIT 1)
SELECT o.org_id, coalesce((SELECT starts_at FROM known), unixepoch(moment - 28800, 'unixepoch', 'start of month') + 28800) AS starts_at,
  coalesce((SELECT ends_at FROM known), unixepoch(moment - 28800, 'unixepoch', 'start of month', '+1 month') + 28800) AS ends_at,
  EXISTS (SELECT 1 FROM known) AS is_known
FROM (SELECT DISTINCT org_id FROM daily_consumption WHERE _deleted_at IS NULL) AS o, now;

-- The same by billing cycle; cycles that were not mirrored are months.
CREATE VIEW acu_reconciliation_by_cycle AS
SELECT r.org_id, coalesce(date(c."after" - 28800, 'unixepoch'), substr(r.billing_day, 1, 7) || '-01') AS cycle_start, c."after" IS NOT NULL AS cycle_is_known,
  count(r.billed_acus) AS billed_days, sum(r.billed_acus) AS billed_acus, sum(r.session_acus) AS session_acus,
  round(sum(r.billed_acus) - coalesce(sum(r.session_acus), 0), 4) AS difference, sum(r.sessions_with_unknown_cost) AS sessions_with_unknown_cost
FROM acu_reconciliation AS r LEFT JOIN billing_cycles AS c
  ON c._deleted_at IS NULL AND unixepoch(r.billing_day) + 28800 >= c."after" AND unixepoch(r.billing_day) + 28800 < c."before"
GROUP BY r.org_id, cycle_start;

-- ACUs at the end of the current cycle if days continue like the last 28 complete ones (fewer where fewer are mirrored; a day that is
-- not listed used nothing). low and high: 95 of 100 cycles end between them if days are independent of each other;
-- NULL with fewer than two days. cycle_acu_limit: of the organization; NULL: none is known.
CREATE VIEW acu_forecast AS
WITH spent AS (
  SELECT org_id, unix_seconds(date) AS at, acus FROM daily_consumption WHERE _deleted_at IS NULL),
frame AS (
  SELECT c.*, (moment - 28800) / 86400 * 86400 + 28800 AS today FROM current_cycles AS c, mirror_moment),
spans AS (
  SELECT f.*, max(today - 28 * 86400, (SELECT min(at) FROM spent WHERE spent.org_id = f.org_id)) AS measured_from,
    (ends_at - today + 86399) / 86400 AS days_left FROM frame AS f),
sums AS (
  SELECT s.*, (s.today - s.measured_from) / 86400 AS n, coalesce((
      SELECT sum(acus) FROM spent WHERE spent.org_id = s.org_id AND at >= s.measured_from AND at < s.today), 0) AS total, coalesce((
      SELECT sum(acus * acus) FROM spent WHERE spent.org_id = s.org_id AND at >= s.measured_from AND at < s.today), 0) AS squares, coalesce((
      SELECT sum(acus) FROM spent WHERE spent.org_id = s.org_id AND at >= s.starts_at AND at < s.today), 0) AS before_today, coalesce((
      SELECT sum(acus) FROM spent WHERE spent.org_id = s.org_id AND at >= s.today AND at < s.ends_at), 0) AS of_today
  FROM spans AS s),
rates AS (
  SELECT *, 1.0 * total / nullif(n, 0) AS a_day,
    iif(n > 1, 1.96 * sqrt(max(0, (squares - 1.0 * total * total / n) / (n - 1))) * sqrt(days_left + 1.0 * days_left * days_left / n), NULL) AS band
  FROM sums)
SELECT org_id, date(starts_at - 28800, 'unixepoch') AS cycle_start, date(ends_at - 28800, 'unixepoch') AS cycle_end, is_known AS cycle_is_known,
  round(before_today + of_today, 4) AS acus_so_far, n AS days_measured, round(a_day, 4) AS acus_a_day, days_left,
  round(max(before_today + a_day * days_left, before_today + of_today), 4) AS forecast,
  round(max(before_today + a_day * days_left - band, before_today + of_today), 4) AS low,
  round(max(before_today + a_day * days_left + band, before_today + of_today), 4) AS high,
  (SELECT cycle_acu_limit FROM acu_limits AS l WHERE l.org_id = rates.org_id AND l.scope = 'org' AND l._deleted_at IS NULL) AS cycle_acu_limit
FROM rates;
