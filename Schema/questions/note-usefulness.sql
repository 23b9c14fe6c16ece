-- Which knowledge notes help, which mislead, and which are not used?
-- According to the insights of sessions.
SELECT name AS note, folder_path AS folder, good_usages AS good, bad_usages AS bad, sessions, date(last_used_at, 'unixepoch') AS last_used
FROM note_usefulness WHERE (:org IS NULL OR org_id IS NULL OR org_id = :org) ORDER BY bad_usages DESC, good_usages DESC, name;
