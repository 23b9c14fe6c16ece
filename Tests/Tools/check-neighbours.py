"""Runs the examples for datasette, sqlite-utils, pandas and github-to-sqlite on a mirror, with the real tools."""
import html
import json
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys

folder, tools, program = map(pathlib.Path, sys.argv[1:])
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

import sqlite_utils
from datasette.app import Datasette


async def browse():
    site = Datasette(
        [], immutables=[str(mirror)], metadata=json.loads((examples / "datasette/metadata.json").read_text()),
        plugins_dir=str(examples / "datasette/plugins"))
    await site.invoke_startup()
    session, user = sqlite3.connect(f"file:{mirror}?mode=ro", uri=True).execute(
        "SELECT s.session_id, p.name FROM sessions AS s JOIN people AS p USING (user_id)"
        " WHERE s.session_id IN (SELECT session_id FROM session_messages) LIMIT 1").fetchone()
    messages = (await site.client.get(f"/devin/session_messages?session_id={session}")).text
    assert f'<a href="/devin/sessions/{session}">{session}</a>' in messages, "a message does not link to its session"
    page = await site.client.get(f"/devin/sessions/{session}")
    assert page.status_code == 200, "the link leads nowhere"
    person = html.unescape(re.search(r'href="(/devin/people[^"]*)"', page.text)[1])
    assert user in html.unescape((await site.client.get(person)).text), f"a session does not link to its user: {person} without {user}"
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

# Search: datasette and sqlite-utils find the same rows as devin-sync, if rows that are marked as deleted are left out, and messages of
# sessions that are.
searched = folder / "searched.db"
shutil.copy(mirror, searched)
KEYS = {
    "messages": ("session_messages", "event_id"), "sessions": ("sessions", "session_id"), "notes": ("knowledge_notes", "note_id"),
    "playbooks": ("playbooks", "playbook_id"),
}
TERMS = [
    "tests", "failing", "CI", "the", "customer", "index", "tenant_id", "retry", "snapshots", "login", "dashboard", "flaky", "clean checkout",
    "prüfung", "anfragen", "extraccion", "données", "日本語", "deploy", "nothing-has-this-word",
]
with sqlite3.connect(searched) as database:
    for table, key in KEYS.values():
        marked = f"SELECT {key} FROM {table} WHERE _deleted_at IS NULL ORDER BY {key} LIMIT 2"
        database.execute(f"UPDATE {table} SET _deleted_at = 1795000000 WHERE {key} IN ({marked})")
    gone = {row[0] for row in database.execute("SELECT session_id FROM sessions WHERE _deleted_at IS NOT NULL")}
database.close()


def living(rows, table, key):
    return {
        row[key] for row in rows if row["_deleted_at"] is None and not (table == "session_messages" and row["session_id"] in gone)
    }


async def found_by_datasette():
    site = Datasette([], immutables=[str(searched)], settings={"max_returned_rows": 100_000})
    await site.invoke_startup()
    found = {}
    for term in TERMS:
        for place, (table, key) in KEYS.items():
            rows = (await site.client.get(
                f"/searched/{table}.json", params={"_search": term, "_shape": "array", "_size": "max"})).json()
            found[term, place] = living(rows, table, key)
    return found


found = asyncio.run(found_by_datasette())
total = 0
for term in TERMS:
    answer = run(program, "search", term, "--database", searched, "--limit", 10_000, "--json")
    hits = [json.loads(line) for line in answer.splitlines()]
    for place, (table, key) in KEYS.items():
        ours = {hit["id"] for hit in hits if hit["place"] == place}
        assert found[term, place] == ours, f"datasette finds {term!r} in {len(found[term, place])} {place}, and not in {len(ours)}"
        theirs = living(sqlite_utils.Database(searched)[table].search(term, quote=True), table, key)
        assert theirs == ours, f"sqlite-utils finds {term!r} in {len(theirs)} {place}, and not in {len(ours)}"
        total += len(ours)
assert total > 1000, total

# analyze-tables reads no views: a copy of one, as Examples/datasette/README.md shows.
copied = folder / "copy.db"
rows = run(tools / "sqlite-utils", "query", mirror, "SELECT * FROM v_sessions")
subprocess.run([tools / "sqlite-utils", "insert", copied, "sessions", "-"], input=rows, text=True, check=True)
analysis = run(tools / "sqlite-utils", "analyze-tables", copied, "sessions", "-c", "origin", "-c", "title")
assert "sessions.origin" in analysis and "sessions.title" in analysis, analysis

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
from github_to_sqlite import utils

utils.save_repo(sqlite_utils.Database(github), dict(repository))
utils.save_pull_requests(sqlite_utils.Database(github), json.loads((folder / "pulls.json").read_text()), repository)
for recipe in sorted((examples / "github").glob("*.sql")):
    answer = run("sqlite3", "-readonly", "-csv", mirror, f"ATTACH 'file:{github}?mode=ro' AS github", f".read {recipe}")
    assert answer.strip(), f"{recipe} has no answer"
    if recipe.name == "time-to-merge.sql":
        assert sum(int(line.split(",")[1]) for line in answer.splitlines()) == len(rows), answer
        assert ",12.0," in answer, answer
print(f"neighbours: {columns} columns described and {queries} questions asked in datasette, {total} hits as in devin-sync's search, pandas and two recipes run")
