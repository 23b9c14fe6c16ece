"""Runs the SQL of the Grafana dashboard and of the Metabase questions on a copy of a mirror, as these tools would, and compares the figures with the
answers of devin-sync. Neither tool is needed: what they do to a query is done here.

Grafana replaces ${…} in the browser; the plugin replaces $__from and $__to (milliseconds), and its macro $__unixEpochGroupSeconds. Metabase leaves a
clause in [[…]] out if one of its {{variables}} has no value."""
import contextlib
import datetime
import itertools
import json
import os
import pathlib
import re
import sqlite3
import subprocess
import sys
import time

program, folder = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
examples = pathlib.Path("Examples")
mirror, copy, metrics = folder / "mirror/devin.db", folder / "copy/devin.db", folder / "devin.prom"
everything = {"since": "2000-01-01", "until": "2100-01-01"}
day = 86_400


def run(*words, status=0, **environment):
    clean = {name: value for name, value in os.environ.items() if not name.startswith("DEVIN_")}
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, env={**clean, **environment})
    assert status in (None, done.returncode), f"{' '.join(map(str, words))}: {done.returncode}, {done.stderr}"
    return done.stdout


def devin(*words, database=copy, **more):
    return run(program, *words, "--database", database, HOME=str(folder), XDG_CONFIG_HOME=str(folder), **more)


@contextlib.contextmanager
def sandbox():
    """A simulated enterprise, and the settings to read it."""
    words = [program, "sandbox", "--port", "0", "--organizations", "2", "--sessions", "40", "--messages", "4"]
    server = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        settings = {}
        while "DEVIN_API_KEY" not in settings:
            name, value = server.stdout.readline().removeprefix("export ").strip().split("=", 1)
            settings[name] = value
        yield settings
    finally:
        server.terminate()
        server.wait()


# A complete run, one with a wrong key, and the copy that the dashboards read.
mirror.parent.mkdir()
copy.parent.mkdir()
with sandbox() as settings:
    devin("sync", "--metrics-file", metrics, database=mirror, **settings)
    devin("sync", database=mirror, status=77, **{**settings, "DEVIN_API_KEY": "cog_wrong"})


def as_reader(path, sql):
    """Answers from a file in a folder where its reader may not write. The superuser becomes another user for this, since nothing is read-only to it."""
    who = {"user": 65_534, "group": 65_534, "extra_groups": []} if os.geteuid() == 0 else {}
    folder.chmod(0o755)
    path.parent.chmod(0o555)
    path.chmod(0o444)
    answer = subprocess.run(["sqlite3", f"file:{path}?mode=ro", sql], capture_output=True, text=True, **who)
    path.parent.chmod(0o700)
    path.chmod(0o600)
    return answer


# docs/dashboards.md says that a reader without write permission needs a copy.
refused = as_reader(mirror, "SELECT count(*) FROM sessions").stderr
assert "readonly" in refused, f"the mirror can be read without write permission: {refused}"
devin("backup", copy, database=mirror)
assert [file.name for file in copy.parent.iterdir()] == ["devin.db"], "the copy is more than one file"
assert as_reader(copy, "SELECT count(*) > 0 FROM sessions").stdout == "1\n", "the copy cannot be read without write permission"


# --- The files around the dashboard fit together. ---

source = (examples / "grafana/provisioning/datasources/devin-sync.yaml").read_text()
provider = (examples / "grafana/provisioning/dashboards/devin-sync.yaml").read_text()
setting = dict(re.findall(r'^\s+(?:- )?(\w+): "?([^"\n]+)"?$', source, re.MULTILINE))
place = re.search(r"path: (\S+)", provider)[1]
for tool in ("grafana", "metabase"):
    compose = (examples / tool / "docker-compose.yaml").read_text()
    assert f"{{MIRROR_COPY:?}}:{os.path.dirname(setting['path'])}:ro" in compose, f"{tool}: the copy is mounted elsewhere, or writable"
compose = (examples / "grafana/docker-compose.yaml").read_text()
assert f"./dashboards:{place}:ro" in compose and "./provisioning:/etc/grafana/provisioning:ro" in compose, "a folder is not mounted"
assert f"PREINSTALL_SYNC: {setting['type']}\n" in compose, "another plugin is installed"
address = setting["pathPrefix"] + str(copy) + "?" + setting["pathOptions"]
database = sqlite3.connect(address, uri=True, isolation_level=None)
try:
    database.execute("DELETE FROM sessions")
    sys.exit("the data source can change the file")
except sqlite3.OperationalError:
    pass

dashboard = json.loads((examples / "grafana/dashboards/devin-sync.json").read_text())
panels = {panel["title"]: panel for panel in dashboard["panels"]}
ids = [panel["id"] for panel in dashboard["panels"]]
assert len(set(ids)) == len(ids) == len(panels), "two panels have the same id or title"
taken = {}
for title, panel in panels.items():
    position = panel["gridPos"]
    assert position["x"] >= 0 and position["x"] + position["w"] <= 24, f"{title} is wider than the dashboard"
    for cell in itertools.product(range(position["x"], position["x"] + position["w"]), range(position["y"], position["y"] + position["h"])):
        assert taken.setdefault(cell, title) == title, f"{title} covers {taken[cell]}"
used = [panel["datasource"] for panel in panels.values()] + [target["datasource"] for panel in panels.values() for target in panel["targets"]]
variable, = dashboard["templating"]["list"]
for other in used + [variable["datasource"]]:
    assert other == {"type": setting["type"], "uid": setting["uid"]}, f"{other} is not the data source that is provisioned"


# --- Grafana ---

def execute(sql, parameters=()):
    # SQLite takes a name that it does not know for a text, if it is in double quotes.
    assert all(re.search(rf"\bAS {re.escape(name)}", sql) for name in re.findall(r'"[^"]*"', sql)), f"a name in double quotes: {sql}"
    try:
        cursor = database.execute(sql, parameters)
    except sqlite3.Error as error:
        raise AssertionError(f"{error}: {sql}") from None
    return [column[0] for column in cursor.description], cursor.fetchall()


def macro(match):
    name, arguments = match[1], [argument.strip() for argument in match[2].split(",")]
    assert name == "unixEpochGroupSeconds" and len(arguments) in (2, 3) and arguments[2:] in ([], ["NULL"]), f"an unknown macro: {match[0]}"
    return f"cast(({arguments[0]} / {int(arguments[1])}) as int) * {int(arguments[1])}"


def as_grafana(sql, start, end, organization):
    chosen = variable["allValue"] if organization is None else "'" + organization.replace("'", "''") + "'"
    sql = sql.replace("${" + variable["name"] + ":sqlstring}", chosen)
    sql = sql.replace("$__from", str(start * 1000)).replace("$__to", str(end * 1000))
    sql = re.sub(r"\$__([_a-zA-Z0-9]+)\(([^)]*)\)", macro, sql)
    assert "$" not in sql and "[[" not in sql, f"Grafana would replace something else: {sql}"
    return sql


def shown(title, start, end, organization):
    """The rows of a panel, after looking at what Grafana needs of them."""
    panel = panels[title]
    target, = panel["targets"]
    assert target["rawQueryText"] == target["queryText"], f"{title}: the editor shows another query than alerts run"
    columns, rows = execute(as_grafana(target["rawQueryText"], start, end, organization))
    for index, column in enumerate(columns):
        kinds = {type(row[index]) for row in rows} - {type(None)}
        # The plugin gives a column the type of its first value, and cuts the decimals of later ones.
        assert len(kinds) < 2, f"{title}: {column} has values of several types"
        if column in target["timeColumns"]:
            assert kinds <= {int}, f"{title}: {column} is no time in seconds"
            assert all(row[index] is None or 1_000_000_000 < row[index] < 4_000_000_000 for row in rows), f"{title}: {column} is not in seconds"
    assert set(target["timeColumns"]) <= set(columns), f"{title}: no column {target['timeColumns']}"
    if panel["type"] == "timeseries":
        assert target["queryType"] == "time series" and target["timeColumns"] == columns[:1] == ["time"], f"{title} has no time column"
        times = [row[0] for row in rows]
        assert times == sorted(set(times)) and all(start - day <= moment <= end for moment in times), f"{title}: times are unsorted, or outside the period"
    else:
        assert target["queryType"] == "table", f"{title}: {panel['type']} needs a table"
    if panel["type"] != "table" and rows:
        values = [column for column in columns[panel["type"] != "stat":]]
        numbers = {column for row in rows for column, value in zip(columns, row) if isinstance(value, (int, float))}
        assert values and set(values) <= numbers, f"{title} has no numbers in {values}"
    named = [override["matcher"]["options"] for override in panel["fieldConfig"]["overrides"]]
    named += re.findall(r"__data\.fields\.(\w+)", json.dumps(panel["fieldConfig"])) + [panel["options"].get("xField", columns[0])]
    assert set(named) <= set(columns), f"{title}: a setting names a column that the query lacks: {named}"
    return [dict(zip(columns, row)) for row in rows]


def question(name, organization=None, since=None, until=None):
    """The answer of a shipped question. Its first answer is that of devin-sync query, and shows that the SQL gives the same here; later ones are only SQL,
    because each command takes a moment."""
    sql = pathlib.Path(f"Schema/questions/{name}.sql").read_text()
    cursor = database.execute(sql, {"org": organization, "since": since, "until": until, "user": None})
    rows = [dict(zip([column[0] for column in cursor.description], row)) for row in cursor.fetchall()]
    if name not in asked:
        asked.add(name)
        words = [word for flag, value in (("--since", since), ("--until", until), ("--org", organization)) if value for word in (flag, value)]
        same(f"devin-sync query {name}", rows, json.loads(devin("query", name, "--limit", 0, "--as", "json", *words)))
    return rows


def same(what, ours, theirs):
    order = lambda rows: sorted(json.dumps(row, sort_keys=True) for row in rows)
    assert order(ours) == order(theirs), f"{what}: {order(ours)[:3]} is not {order(theirs)[:3]}"


def picked(rows, *columns):
    return [{column: row[column] for column in columns} for row in rows]


def text(moment, form):
    return datetime.datetime.fromtimestamp(moment, datetime.timezone.utc).strftime(form)


columns, choices = execute(variable["query"])
assert columns == ["__value", "__text"] and len(choices) == 2 and all(map(all, choices)), f"the choices of organizations: {columns}, {choices}"
organizations = [None] + [value for value, _ in choices]
now = int(time.time())
start, end = now - 45 * day, now + 60
first, last = (text(moment - 28_800, "%Y-%m-%d") for moment in (start, end))
compared, asked = set(), set()


def compare(title):
    compared.add(title)
    return ((organization, shown(title, start, end, organization)) for organization in organizations)


for title in panels:
    for organization in organizations:
        assert shown(title, start, end, organization), f"{title} shows nothing"
        shown(title, 0, 1, organization)
for organization, rows in compare("ACUs per day"):
    days = [{"billing_day": text(row["time"] - 28_800, "%Y-%m-%d"), "billed": row["billed"], "used": row["used"]} for row in rows]
    same("ACUs per day", days, picked(question("acus-by-day", organization, first, last), "billing_day", "billed", "used"))
    assert all(row["time"] % day == 28_800 for row in rows), "a billing day does not start at 08:00 UTC"
for organization, rows in compare("Cost per merged pull request"):
    months = question("cost-per-merge", organization, first, last)
    if organization:
        same("cost per merge", rows, picked(months, "month", "acus_per_merge", "of_merging_sessions"))
    assert {row["month"] for row in rows} == {row["month"] for row in months}, "other months"
for organization, rows in compare("Top users"):
    theirs = question("acus-by-user", organization, first, last)[:10]
    same("top users", picked(rows, "user", "sessions", "cost_known_of", "acus", "merged"), theirs)
for organization, rows in compare("Sessions that wait for people"):
    same("waiting", [{**row, "since": text(row["since"], "%Y-%m-%d %H:%M:%S")} for row in rows], question("waiting-now", organization))
for organization, rows in compare("Sessions by status"):
    assert sum(row["sessions"] for row in rows) == sum(row["sessions"] for row in question("acus-by-origin", organization, first, last)), "by status"
for organization, rows in compare("Audit events per day"):
    _, ((count,),) = execute(
        "SELECT count(*) FROM audit_logs WHERE created_at >= ? AND created_at < ? AND (?3 IS NULL OR org_id = ?3)", (start, end, organization))
    assert sum(row["events"] for row in rows) == count > 0, f"{count} entries of the audit log"
for organization, rows in compare("Runs that did not succeed"):
    assert [row["status"] for row in rows] == [77], rows
moment_of_status = json.loads(devin("status", "--json"))["complete_as_of"]
for organization, (row,) in compare("Age of the data"):
    sql = as_grafana(panels["Age of the data"]["targets"][0]["queryText"], start, end, organization)
    _, ((moment,),) = execute(f"SELECT unixepoch() - age FROM ({sql})")
    assert moment == moment_of_status, "status says another time"


# With a quarantined item, status and the panel both say that the mirror is incomplete.
def says():
    return json.loads(devin("status", "--json", status=None))["is_complete"], [rows[0]["lists"] for _, rows in compare("Incomplete lists")]


assert says() == (True, [0, 0, 0]), says()
with contextlib.closing(sqlite3.connect(copy)) as writer, writer:
    writer.execute("INSERT INTO sync_quarantine (org_id, resource, item, reason, run_id, first_failed_at, last_failed_at, retry_at)"
                   " VALUES (?, 'secrets', '{}', 'no id', 1, 1, 1, 0)", (organizations[1],))
assert says() == (False, [1, 1, 1]), says()
assert compared == set(panels), f"nothing compared: {set(panels) - compared}"


# --- Metabase ---

def as_metabase(sql, values):
    def clause(match):
        return match[1] if set(re.findall(r"{{(\w+)}}", match[1])) <= set(values) else ""

    sql = re.sub(r"\[\[(.*?)\]\]", clause, sql, flags=re.DOTALL)
    assert "[[" not in sql and "]]" not in sql, f"brackets do not match: {sql}"
    return re.sub(r"{{(\w+)}}", r":\1", sql)


questions = sorted((examples / "metabase").glob("*.sql"))
for file in questions:
    sql = file.read_text()
    outside = re.sub(r"\[\[.*?\]\]", "", sql, flags=re.DOTALL)
    assert "{{" not in outside and ";" not in sql, f"{file}: a variable that is not optional, or a semicolon"
    names = sorted(set(re.findall(r"{{(\w+)}}", sql)))
    assert set(names) <= {"org", "since", "until"} and names, f"{file}: other variables: {names}"
    chosen = {"org": organizations[1], "since": first, "until": last}
    for count in range(len(names) + 1):
        for some in itertools.combinations(names, count):
            values = {name: chosen[name] for name in some}
            columns, rows = execute(as_metabase(sql, values), values)
            assert rows, f"{file} with {values} has no rows"
            # Without a period, Metabase shows all days and a question of devin-sync the last 30.
            full = {name: values.get(name, everything.get(name)) for name in names}
            theirs = question(file.stem, full.get("org"), full.get("since"), full.get("until"))
            same(f"{file} with {values}", [dict(zip(columns, row)) for row in rows], theirs)


# --- What docs/dashboards.md names exists. ---

manual = pathlib.Path("docs/dashboards.md").read_text()
exported = metrics.read_text()
for name in sorted(set(re.findall(r"\bdevin_sync_\w+", manual))):
    assert f"# TYPE {name} gauge" in exported, f"docs/dashboards.md names the metric {name}, which is not exported"
known = {row[0] for row in database.execute("SELECT name FROM sqlite_master")}
recommended = set(re.findall(r"^\| `(\w+)`", manual, re.MULTILINE))
assert recommended and recommended <= known, f"docs/dashboards.md names {recommended - known}"
types = {name: kind for _, name, kind, *_ in execute("PRAGMA table_xinfo(sessions)")[1]}
assert all(types.values()) and types["acus_consumed"] == "REAL", f"a column of sessions has no type: {types}"
print(f"dashboards: {len(panels)} panels and {len(questions)} Metabase questions answer as devin-sync does, in each of {len(choices)} organizations and in all")
