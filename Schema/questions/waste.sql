-- Where was effort lost?
-- Sessions without a merge that cost at least twice the average of their organization, sessions that ran out of credits or hit a limit, and long waits for
-- people. The worst of each reason come first. Without deleted sessions. A session with two reasons has two rows.
-- period: 30 days
-- limit: 50
-- total: hours
-- cost: acus
WITH usual AS MATERIALIZED (SELECT org_id, avg(acus) AS acus FROM session_facts GROUP BY org_id),
recent AS MATERIALIZED (
  SELECT session_id, org_id, billing_day, is_over, status_detail, acus, merged_pull_requests, coalesce((
      SELECT sum(max(0, waited_to - waited_from)) FROM derived_waits AS w WHERE w.session_id = f.session_id), 0)
    + iif(status = 'running', coalesce((SELECT seconds FROM open_waits AS o WHERE o.session_id = f.session_id), 0), 0) AS seconds
  FROM session_facts AS f WHERE billing_day BETWEEN :since AND :until AND (:org IS NULL OR org_id = :org)),
found AS (
  SELECT r.session_id, 'expensive, nothing merged' AS reason, r.billing_day, r.acus, NULL AS hours FROM recent AS r JOIN usual AS u USING (org_id)
  WHERE r.is_over AND r.acus >= 2 * u.acus AND r.merged_pull_requests = 0
  UNION ALL
  SELECT session_id, iif(status_detail LIKE '%limit_exceeded', 'ended by a usage limit', 'out of credits'), billing_day, acus, NULL FROM recent
  WHERE status_detail LIKE '%limit_exceeded'
    OR status_detail IN ('out_of_credits', 'out_of_quota', 'no_quota_allocation', 'payment_declined', 'contract_expired')
  UNION ALL
  SELECT session_id, 'waited a day or longer for people', billing_day, acus, round(seconds / 3600.0, 2) FROM recent WHERE seconds >= 86400),
ranked AS MATERIALIZED (SELECT *, row_number() OVER (PARTITION BY reason ORDER BY acus DESC, hours DESC) AS place FROM found)
SELECT r.reason, substr(coalesce(s.title, s.session_id), 1, 50) AS session, r.billing_day, round(r.acus, 2) AS acus, r.hours, s.url
FROM ranked AS r CROSS JOIN sessions AS s USING (session_id) ORDER BY r.place, r.reason;
