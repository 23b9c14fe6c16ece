-- Which products use our ACUs, in which billing cycle?
-- Billed ACUs by cycle (by month if no cycle is mirrored) and product.
SELECT cycle_start, iif(cycle_is_known, 'cycle', 'month') AS span, product, count(DISTINCT billing_day) AS days, round(sum(acus), 2) AS acus, org_id
FROM acus_by_product
WHERE 1 = 1
  [[AND billing_day >= {{since}}]]
  [[AND billing_day <= {{until}}]]
  [[AND org_id = {{org}}]]
GROUP BY org_id, cycle_start, product ORDER BY cycle_start DESC, org_id, sum(acus) DESC
