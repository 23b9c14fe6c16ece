"""Runs the examples for datasette, pandas and github-to-sqlite on a mirror, with the real tools."""
import json
import pathlib
import sqlite3
import subprocess
import sys

folder, tools = map(pathlib.Path, sys.argv[1:])
examples = pathlib.Path("Examples")
mirror = folder / "devin.db"
metadata = json.loads((examples / "datasette/metadata.json").read_text())["databases"]["devin"]


def run(*words):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, words))}: {done.stderr or done.stdout}")
    return done.stdout


# datasette: one process for all, by the address it would serve.
import asyncio

from datasette.app import Datasette


async def browse():
    site = Datasette([], immutables=[str(mirror)], metadata=json.loads((examples / "datasette/metadata.json").read_text()))
    await site.invoke_startup()
    page = (await site.client.get("/devin/sessions?_facet=status")).text
    assert "agent compute units to date" in page and "0 may mean not yet known" in page, "no descriptions of columns"
    assert "facet-results" in page, "no facets"
    columns = sqlite3.connect(f"file:{mirror}?mode=ro", uri=True).execute(
        "SELECT m.name, c.name FROM pragma_table_list AS m JOIN pragma_table_xinfo(m.name) AS c"
        " WHERE m.schema = 'main' AND m.type IN ('table', 'view') AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE 'search%'"
    ).fetchall()
    missing = [f"{table}.{column}" for table, column in columns if not metadata["tables"].get(table, {}).get("columns", {}).get(column)]
    assert len(columns) > 1000 and not missing, f"without a description: {missing[:5]}"
    full = 0
    for name in metadata["queries"]:
        # The fields are there and empty, as a browser sends them.
        answer = await site.client.get(f"/devin/{name}.json?_shape=objects&since=2026-09-01&until=&org=")
        assert answer.status_code == 200, f"{name}: {answer.text}"
        full += bool(answer.json()["rows"])
    assert full > 15, f"only {full} questions have an answer"
    return len(columns), len(metadata["queries"])


columns, queries = asyncio.run(browse())

# pandas
table = run(tools / "python", examples / "pandas/acus.py", mirror)
assert "acus_per_merge" in table and len(table.splitlines()) > 10, table

# github-to-sqlite: what GitHub would have answered, of the mirror's own pull requests.
rows = sqlite3.connect(f"file:{mirror}?mode=ro", uri=True).execute(
    "SELECT pr_url, outcome FROM pull_request_outcomes WHERE host = 'github.com'").fetchall()
assert len(rows) > 3, rows
who = {"id": 1, "login": "octocat", "node_id": "", "type": "User", "site_admin": False, "html_url": "", "url": ""}
pulls = []
for number, (url, outcome) in enumerate(rows, 1):
    merged = number % 2 == 0
    pulls.append({
        "id": number, "node_id": "", "number": int(url.rsplit("/", 1)[1]), "state": "closed" if merged else "open", "title": "", "user": who,
        "body": "", "created_at": "2026-10-01T00:00:00Z", "merged_at": "2026-10-01T12:00:00Z" if merged else None,
        "closed_at": "2026-10-01T12:00:00Z" if merged else None, "labels": [], "milestone": None, "assignee": None, "assignees": [],
        "active_lock_reason": None, "_links": {"html": {"href": url}}, "merged_by": None,
    })
(folder / "pulls.json").write_text(json.dumps(pulls))
repository = {
    "id": 1, "node_id": "", "name": "api", "full_name": "acme/api", "private": False, "owner": who, "html_url": "", "description": "",
    "fork": False, "license": None, "organization": None, "created_at": "", "updated_at": "", "topics": [],
}
github = folder / "github.db"
# Its own reader of files; the repository would come from the network, so it is handed over.
import sqlite_utils
from github_to_sqlite import utils

utils.save_repo(sqlite_utils.Database(github), dict(repository))
utils.save_pull_requests(sqlite_utils.Database(github), json.loads((folder / "pulls.json").read_text()), repository)
for recipe in sorted((examples / "github").glob("*.sql")):
    answer = run("sqlite3", "-readonly", "-csv", mirror, f"ATTACH 'file:{github}?mode=ro' AS github", f".read {recipe}")
    assert answer.strip(), f"{recipe} has no answer"
    if recipe.name == "time-to-merge.sql":
        assert sum(int(line.split(",")[1]) for line in answer.splitlines()) == len(rows), answer
        assert ",12.0," in answer, answer
print(f"neighbours: {columns} columns described and {queries} questions asked in datasette, pandas and two recipes run")
