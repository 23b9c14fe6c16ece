-- Where was effort lost?
-- Expensive sessions without a merge (twice the average of their organization), sessions that ran out of credits or were ended by a limit, long waits for people.
-- The worst of each reason first. Living sessions; one with two reasons has two rows.
-- period: 30 days
-- limit: 50
-- total: hours
-- cost: acus
SELECT reason, substr(coalesce(title, session_id), 1, 50) AS session, billing_day, round(acus, 2) AS acus, hours, url
FROM session_waste WHERE billing_day BETWEEN :since AND :until AND (:org IS NULL OR org_id = :org)
ORDER BY row_number() OVER (PARTITION BY reason ORDER BY acus DESC, hours DESC), reason;
