-- Who uses the ACUs. 'bot_apk' stands for service users.
SELECT user_id, count(*) AS sessions, round(sum(acus_consumed), 1) AS acus
FROM sessions WHERE _deleted_at IS NULL GROUP BY user_id ORDER BY acus DESC;
