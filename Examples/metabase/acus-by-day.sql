-- How many ACUs are used per day?
-- billed: what Devin bills for the day, all products. used: cost so far of the sessions created on that day, without deleted sessions.
SELECT billing_day, round(sum(billed_acus), 2) AS billed, round(sum(acus), 2) AS used, sum(sessions) AS sessions,
  sum(sessions_with_known_cost) AS cost_known_of
FROM acus_by_day
WHERE 1 = 1
  [[AND billing_day >= {{since}}]]
  [[AND billing_day <= {{until}}]]
  [[AND org_id = {{org}}]]
GROUP BY billing_day ORDER BY billing_day DESC
