-- Where was effort lost?
-- Sessions without a merge that cost at least twice the average of their organization, sessions that ran out of credits or hit a limit, and long waits for
-- people. The worst of each reason come first. Without deleted sessions. A session with two reasons has two rows.
-- period: 30 days
-- limit: 50
-- total: hours
-- cost: acus
-- report: 9
WITH usual AS MATERIALIZED (SELECT org_id, avg(acus) AS acus FROM session_facts GROUP BY org_id),
open AS MATERIALIZED (SELECT session_id, seconds FROM open_waits),
-- Waits that are over are summed in the order of their table, which needs no sorting.
waited AS MATERIALIZED (
  SELECT session_id, sum(max(0, waited_to - waited_from)) AS seconds FROM derived_waits GROUP BY session_id
  HAVING seconds >= 86400 AND session_id NOT IN (SELECT session_id FROM open)
  UNION ALL
  SELECT session_id, seconds + coalesce((
    SELECT sum(max(0, waited_to - waited_from)) FROM derived_waits AS w WHERE w.session_id = o.session_id), 0) FROM open AS o),
found AS (
  SELECT f.session_id, 'expensive, nothing merged' AS reason, f.billing_day, f.acus, NULL AS hours FROM session_facts AS f JOIN usual AS u USING (org_id)
  WHERE f.billing_day BETWEEN :since AND :until AND (:org IS NULL OR f.org_id = :org) AND f.is_over AND f.acus >= 2 * u.acus
    AND f.merged_pull_requests = 0
  UNION ALL
  SELECT session_id, iif(status_detail LIKE '%limit_exceeded', 'ended by a usage limit', 'out of credits'), billing_day, acus, NULL
  FROM session_facts
  WHERE billing_day BETWEEN :since AND :until AND (:org IS NULL OR org_id = :org) AND (status_detail LIKE '%limit_exceeded'
    OR status_detail IN ('out_of_credits', 'out_of_quota', 'no_quota_allocation', 'payment_declined', 'contract_expired'))
  UNION ALL
  SELECT f.session_id, 'waited a day or longer for people', f.billing_day, f.acus, round(w.seconds / 3600.0, 2)
  FROM waited AS w CROSS JOIN session_facts AS f USING (session_id)
  WHERE w.seconds >= 86400 AND f.billing_day BETWEEN :since AND :until AND (:org IS NULL OR f.org_id = :org)),
ranked AS MATERIALIZED (SELECT *, row_number() OVER (PARTITION BY reason ORDER BY acus DESC, hours DESC) AS place FROM found)
SELECT r.reason, substr(coalesce(s.title, s.session_id), 1, 50) AS session, r.billing_day, round(r.acus, 2) AS acus, r.hours, s.url
FROM ranked AS r CROSS JOIN sessions AS s USING (session_id) ORDER BY r.place, r.reason;
