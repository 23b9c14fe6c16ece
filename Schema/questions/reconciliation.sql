-- Do the sessions add up to what is billed?
SELECT cycle_start, iif(cycle_is_known, 'cycle', 'month') AS span, billed_days, round(billed_acus, 2) AS billed, round(session_acus, 2) AS used,
  round(difference, 2) AS difference, sessions_with_unknown_cost AS cost_unknown_of, org_id
FROM acu_reconciliation_by_cycle WHERE (:org IS NULL OR org_id = :org) ORDER BY cycle_start DESC;
