-- What do our ACUs cost, and which products use them?
-- Billed ACUs of each cycle (a month where no cycle is mirrored) and product, over the mirrored days of the period; all days unless --since or
-- --until says otherwise. Devin reports no prices: with acu_rate in the settings there is a column with the cost at that rate.
-- cost: acus
SELECT cycle_start, iif(cycle_is_known, 'cycle', 'month') AS span, product, count(DISTINCT billing_day) AS days, round(sum(acus), 2) AS acus, org_id
FROM acus_by_product WHERE billing_day >= coalesce(:since, '0000') AND billing_day <= coalesce(:until, '9999') AND (:org IS NULL OR org_id = :org)
GROUP BY org_id, cycle_start, product ORDER BY cycle_start DESC, org_id, sum(acus) DESC;
