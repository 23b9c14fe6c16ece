-- Which schedules fail?
SELECT name AS schedule, consecutive_failures AS failures, last_error_at, last_error_message AS last_error FROM v_schedules
WHERE enabled AND consecutive_failures > 0 AND (:org IS NULL OR org_id = :org) ORDER BY consecutive_failures DESC;
