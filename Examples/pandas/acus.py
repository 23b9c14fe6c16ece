"""ACUs by user and week from a mirror, with pandas:  python acus.py devin.db

The views do the work that is easy to get wrong: billing days turn at 08:00 UTC, and a cost that is not known is missing, not 0.
"""
import sqlite3
import sys

import pandas

path = sys.argv[1] if len(sys.argv) > 1 else "devin.db"
# Read-only: a mirror belongs to devin-sync.
with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as mirror:
    days = pandas.read_sql_query(
        "SELECT billing_day, coalesce(name, user_id) AS user, sessions, sessions_with_known_cost, acus, merged_pull_requests"
        " FROM acus_by_user",
        mirror,
        parse_dates=["billing_day"],
    )

weeks = days.pivot_table(
    index=pandas.Grouper(key="billing_day", freq="W-MON", label="left", closed="left"), columns="user", values="acus",
    aggfunc=lambda acus: acus.sum(min_count=1),
)
print("ACUs by week (beginning on Monday) and user; empty: not known")
print(weeks.round(1).to_string(na_rep=""))

users = days.groupby("user")[["sessions", "sessions_with_known_cost", "acus", "merged_pull_requests"]].sum(min_count=1)
users["acus_per_merge"] = users["acus"] / users["merged_pull_requests"].where(users["merged_pull_requests"] > 0)
print()
print(users.sort_values("acus", ascending=False).round(1).to_string(na_rep=""))
