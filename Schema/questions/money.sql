-- What do our ACUs cost, and which products use them?
-- Billed ACUs by cycle (by month if no cycle is mirrored) and product. Default period: all mirrored days. Devin reports no prices: if you set acu_rate
-- in the settings, a column shows the cost at that rate.
-- cost: acus
-- report: 3
SELECT cycle_start, iif(cycle_is_known, 'cycle', 'month') AS span, product, count(DISTINCT billing_day) AS days, round(sum(acus), 2) AS acus, org_id
FROM acus_by_product WHERE billing_day >= coalesce(:since, '0000') AND billing_day <= coalesce(:until, '9999') AND (:org IS NULL OR org_id = :org)
GROUP BY org_id, cycle_start, product ORDER BY cycle_start DESC, org_id, sum(acus) DESC;
