-- How long does Devin wait for people, and for whom?
-- From Devin's word to theirs: an upper bound, since Devin may have gone on working.
SELECT coalesce(w.name, w.user_id, '(service users)') AS user, w.sessions, w.waits, w.waiting_now, w.hours, w.hours_a_wait, w.longest_hours
FROM waits_by_user AS w WHERE (:org IS NULL OR w.org_id = :org) ORDER BY w.hours DESC LIMIT 25;
