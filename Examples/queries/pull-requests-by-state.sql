-- What became of the pull requests. An empty state is one that Devin does not know.
SELECT pr_state, count(*) AS pull_requests FROM session_pull_requests GROUP BY pr_state ORDER BY pull_requests DESC;
