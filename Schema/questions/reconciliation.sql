-- Do the sessions add up to what is billed?
-- Compares what Devin bills with the cost of sessions (without deleted sessions). The cost of a session counts on its own days if they are mirrored,
-- otherwise on the day of its creation. The difference is billed_devin (the product that sessions use) minus used, on days with mirrored billed
-- consumption. A period includes every cycle that it overlaps.
-- cost: billed, used
-- report: 11
SELECT cycle_start, iif(cycle_is_known, 'cycle', 'month') AS span, billed_days, round(billed_acus, 2) AS billed,
  round(billed_devin_acus, 2) AS billed_devin, round(session_acus, 2) AS used,
  round(difference, 2) AS difference, sessions_with_unknown_cost AS cost_unknown_of,
  compared_from, compared_to, org_id
FROM acu_reconciliation_by_cycle WHERE (:org IS NULL OR org_id = :org) AND cycle_start <= coalesce(:until, '9999')
  AND coalesce(:since, '0000') < coalesce((
    SELECT date(c."before" - 28800, 'unixepoch') FROM billing_cycles AS c
    WHERE c._deleted_at IS NULL AND cycle_is_known AND date(c."after" - 28800, 'unixepoch') = cycle_start), date(cycle_start, '+1 month'))
ORDER BY cycle_start DESC;
