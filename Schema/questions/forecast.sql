-- How many ACUs will we have used at the end of the cycle?
-- All products, as billed. The forecast assumes that usage continues as in the last 28 days. If days are independent of each other, at least nine of
-- ten cycles end between low and high. There is no interval until 14 days are mirrored.
-- cost: so_far, forecast, low, high
-- report: 2
SELECT cycle_start, cycle_end, iif(cycle_is_known, 'cycle', 'month') AS span, acus_so_far AS so_far, round(acus_a_day, 2) AS a_day, days_left,
  round(forecast, 1) AS forecast, round(low, 1) AS low, round(high, 1) AS high, cycle_acu_limit AS "limit", org_id
FROM acu_forecast WHERE (:org IS NULL OR org_id = :org);
