-- How old are our secrets, and who changed them last?
SELECT "key" AS secret, secret_type AS kind, age_days, coalesce(last_changed_by_name, last_changed_by) AS changed_by
FROM secret_ages WHERE (:org IS NULL OR org_id = :org) ORDER BY age_days DESC;
