"""Loads a mirror into PostgreSQL, DuckDB and files with real Singer targets, and compares what arrived with the mirror."""
import argparse
import contextlib
import datetime
import json
import math
import os
import pathlib
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request

import duckdb

arguments = argparse.ArgumentParser()
for name in ("program", "tools", "postgres", "folder"):
    arguments.add_argument(f"--{name}", required=True)
arguments.add_argument("--sessions", type=int, default=60)
arguments.add_argument("--messages", type=int, default=6)
arguments.add_argument("--rounds", type=int, default=5)
arguments.add_argument("--kills", type=int, default=10)
arguments.add_argument("--targets", default="postgres,duckdb,jsonl")
given = arguments.parse_args()
program, folder, tools = str(pathlib.Path(given.program).resolve()), pathlib.Path(given.folder), pathlib.Path(given.tools)
mirror = folder / "devin.db"
environment = {key: value for key, value in os.environ.items() if not key.startswith(("DEVIN_", "TARGET_", "PG"))} | {"HOME": str(folder)}


def fact(condition, *words):
    if not condition:
        raise AssertionError(" ".join(str(word)[:2000] for word in words))


def run(*words, **options):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, env=environment, cwd=folder, **options)
    fact(done.returncode == 0, *words, "ended with", done.returncode, done.stderr[-1500:])
    return done.stdout


# What is expected, worked out from the mirror without any of the feed's own SQL.

def read(sql):
    connection = sqlite3.connect(f"file:{mirror}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    return connection.execute(sql).fetchall()


def moment(value):
    """RFC 3339, as the second member of a time has it."""
    if not isinstance(value, int) or not 0 <= value <= 253402300799999:
        return None
    seconds = value // 1000 if value > 100000000000 else value
    return (datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


SCHEMA = {table["name"]: table for table in json.loads(subprocess.check_output([program, "schema", "--json"]))}


def expected(table):
    """Each row of the mirror's table as a target should have it."""
    def value(column, found):
        comment = column.get("comment") or ""
        if comment.startswith("JSON ") or column["name"] == "_raw":
            return None if found is None else json.loads(found)
        return found

    columns = [
        column for column in SCHEMA[table]["columns"]
        if not column["name"].startswith("_") or column["name"] in ("_first_synced_at", "_changed_at", "_deleted_at")]
    names = ", ".join(f'"{column["name"]}"' for column in columns)
    rows = []
    for row in read(f'SELECT {names} FROM "{table}"'):
        record = {column["name"]: value(column, row[column["name"]]) for column in columns}
        for column in columns:
            if column["name"] == "_deleted_at" or column["type"] == "INTEGER" and "Unix seconds" in (column.get("comment") or ""):
                record[f'{column["name"]}_utc'] = moment(record[column["name"]])
        record["_sdc_deleted_at"] = moment(record["_deleted_at"])
        rows.append(record)
    return rows


def keyed(rows, key):
    found = {}
    for row in rows:
        found.setdefault(json.dumps([row[name] for name in key]), []).append(row)
    return found


def same(one, other):
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return one == other
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    return one == other


def compare(target):
    """Every table of the mirror that has rows equals the target's."""
    tables = [row[0] for row in read("SELECT DISTINCT resource FROM sync_changes")]
    fact(len(tables) > 10, tables)
    target.load(tables)
    count = 0
    for table in tables:
        key = target.keys[table]
        want, have = keyed(expected(table), key), keyed(target.rows(table), key)
        fact(all(len(rows) == 1 for rows in have.values()), target.name, table, "has a key twice")
        fact(want.keys() == have.keys(), target.name, table, "lacks", sorted(want.keys() - have.keys())[:3], "and has", sorted(have.keys() - want.keys())[:3])
        for name, (row,) in want.items():
            found = have[name][0]
            for column, value in row.items():
                value = target.normal(value)
                fact(same(value, found.get(column)), target.name, f"{table}.{column} of {name} is", repr(found.get(column)), "and should be", repr(value))
        count += len(want)
    return count


# Targets

class Target:
    def __init__(self, name, command):
        self.name, self.command, self.state, self.keys = name, command, folder / f"{name}.state", {}

    def normal(self, value):
        return value

    def load(self, tables):
        pass

    def feed(self, *more, kill=None):
        """One feed into the target. `kill`: after so many bytes, whom.

        As a shell would do it: feed --state FILE | target >> FILE
        """
        feed = subprocess.Popen(
            [program, "feed", "--database", str(mirror), "--state", str(self.state), *more], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
        with open(self.state, "ab") as state, open(folder / "target.log", "ab") as log:
            target = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=state, stderr=log, env=environment, cwd=folder)
            sent, records, rest = 0, 0, b""
            try:
                while block := feed.stdout.read1(1 << 16):
                    if kill and sent + len(block) > kill[0]:
                        block = block[:kill[0] - sent]
                    sent += len(block)
                    lines = (rest + block).split(b"\n")
                    rest = lines.pop()
                    for line in lines:
                        records += line.startswith(b'{"type":"RECORD"')
                        if line.startswith(b'{"type":"SCHEMA"'):
                            message = json.loads(line)
                            self.keys[message["stream"]] = message["key_properties"]
                    target.stdin.write(block)
                    if kill and sent >= kill[0]:
                        (feed if kill[1] == "feed" else target).send_signal(signal.SIGKILL)
                        break
                target.stdin.close()
            except BrokenPipeError:
                pass
            feed.stdout.close()
            errors = feed.stderr.read().decode()
            statuses = feed.wait(), target.wait()
        if not kill:
            fact(statuses == (0, 0), self.name, statuses, errors, (folder / "target.log").read_text()[-2000:])
            fact("as of" in errors, errors)
        return records, sent


class Postgres(Target):
    def __init__(self):
        config = folder / "postgres.json"
        config.write_text(json.dumps({
            "sqlalchemy_url": f"postgresql+psycopg://devin@/devin?host={folder}/postgres", "default_target_schema": "devin",
            "add_record_metadata": True}))
        super().__init__("postgres", [tools / "postgres/bin/target-postgres", "--config", config])

    def load(self, tables):
        """Times come as text without a zone."""
        self.tables = {table: [] for table in tables}
        answer = psql("; ".join(f"SELECT '{table} ' || to_jsonb(t)::text FROM devin.\"{table}\" AS t" for table in tables))
        for line in filter(None, answer.split("\n")):
            table, text = line.split(" ", 1)
            row = json.loads(text)
            for name in row:
                if (name.endswith("_utc") or name == "_sdc_deleted_at") and row[name]:
                    row[name] = row[name].split("+")[0] + "Z"
            self.tables[table].append(row)

    def rows(self, table):
        return self.tables[table]


class DuckDB(Target):
    def __init__(self):
        self.file = folder / "warehouse.duckdb"
        config = folder / "duckdb.json"
        config.write_text(json.dumps({"path": str(self.file), "default_target_schema": "devin", "add_metadata_columns": True}))
        super().__init__("duckdb", [tools / "duckdb/bin/target-duckdb", "--config", config])

    def normal(self, value):
        # The target writes CSV, in which it makes no difference between an empty text and none.
        return None if value == "" else value

    def rows(self, table):
        with duckdb.connect(str(self.file), read_only=True) as connection:
            answer = connection.execute(f'SELECT * FROM devin."{table}"')
            kinds = {column[0]: str(column[1]) for column in answer.description}
            found = []
            for values in answer.fetchall():
                row = {}
                for (name, kind), value in zip(kinds.items(), values):
                    if isinstance(value, datetime.datetime):
                        value = value.strftime("%Y-%m-%dT%H:%M:%SZ")
                    elif name == "_sdc_deleted_at" and value:
                        value = value.replace(" ", "T").split("+")[0].rstrip("Z") + "Z"
                    elif kind == "JSON" or isinstance(value, str) and self.is_json(table, name):
                        value = None if value is None else json.loads(value)
                    row[name] = value
                found.append(row)
            return found

    @staticmethod
    def is_json(table, name):
        return any(column["name"] == name and (column.get("comment") or "").startswith("JSON ") for column in SCHEMA[table]["columns"])


class Files(Target):
    """Appends: the last record of a key counts."""

    def __init__(self):
        config = folder / "jsonl.json"
        config.write_text(json.dumps({"destination_path": str(folder / "lines"), "do_timestamp_file": False}))
        super().__init__("jsonl", [tools / "jsonl/bin/target-jsonl", "--config", config])

    def rows(self, table):
        file = folder / "lines" / f"{table}.jsonl"
        last = {}
        for line in file.open() if file.exists() else []:
            row = json.loads(line)
            last[json.dumps([row[name] for name in self.keys[table]])] = row
        return list(last.values())


# PostgreSQL: a cluster in a folder of its own, run by an unprivileged user, reached by a socket in it.

def unprivileged(*words):
    """Such a program ends with this one, however that ends."""
    words = [str(word) for word in words]
    if not shutil.which("setpriv"):
        return words
    other = ["--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.getuid() == 0 else []
    return ["setpriv", *other, "--pdeathsig=INT", *words]


@contextlib.contextmanager
def cluster():
    place = folder / "postgres"
    place.mkdir()
    if os.getuid() == 0:
        folder.chmod(0o755)
        shutil.chown(place, "nobody")
    programs = pathlib.Path(given.postgres)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": place}
    subprocess.run(unprivileged(programs / "initdb", "-D", place / "data", "-U", "devin", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"), check=True, **quiet)
    server = subprocess.Popen(
        unprivileged(programs / "postgres", "-D", place / "data", "-k", place, "-c", "listen_addresses=", "-c", "fsync=off"), **quiet)
    try:
        while subprocess.run([programs / "pg_isready", "-q", "-h", place]).returncode:
            fact(server.poll() is None, "PostgreSQL does not start")
            time.sleep(0.1)
        run(programs / "createdb", "-h", place, "-U", "devin", "devin")
        yield
    finally:
        server.send_signal(signal.SIGINT)
        server.wait()


def psql(sql, database="devin"):
    return run(pathlib.Path(given.postgres) / "psql", "-h", folder / "postgres", "-U", "devin", "-d", database, "-qAt", "-c", sql)


# The organization

@contextlib.contextmanager
def sandbox():
    server = subprocess.Popen(
        [program, "sandbox", "--port", "0", "--sessions", str(given.sessions), "--messages", str(given.messages)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment)
    try:
        for _ in range(3):
            name, value = re.match(r"export (\w+)=(\S+)", server.stdout.readline()).groups()
            environment[name] = value
        yield
    finally:
        server.terminate()
        server.wait()


def control(path, body=None):
    data = json.dumps(body).encode() if body is not None else b""
    try:
        urllib.request.urlopen(urllib.request.Request(f"{environment['DEVIN_API_URL']}/_sandbox/{path}", data=data, method="POST")).read()
    except urllib.error.HTTPError as error:
        raise AssertionError(f"{path} {body}: {error.read()}") from None


def edit(operation, resource, id=None, **more):
    control("edit", {"op": operation, "resource": resource, "id": id} | more)


def sync(*more):
    run(program, "sync", "--database", mirror, *more)


def living(table, key):
    return [row[0] for row in read(f"SELECT {key} FROM {table} WHERE _deleted_at IS NULL ORDER BY 1")]


def news(number):
    """Sessions and messages come and change, one note is changed, one playbook is deleted and, a round later, restored."""
    control(f"news?steps={20 + 10 * number}")
    # So that only what is there is edited.
    sync()
    playbooks, notes = living("playbooks", "playbook_id"), living("knowledge_notes", "note_id")
    deleted = [row[0] for row in read("SELECT playbook_id FROM playbooks WHERE _deleted_at IS NOT NULL")]
    edit("update", "knowledge_notes", notes[number % len(notes)], set={"body": f'Round {number}: "quoted", back\\slash, \t tab,\n line, é 😀'})
    edit("delete", "playbooks", playbooks[0])
    for playbook in deleted:
        edit("restore", "playbooks", playbook)
    edit("delete", "sessions", living("sessions", "session_id")[number])
    sync("--full", "--allow-mass-deletion")


# What a server may send, as members of a session, and the title that arrives.
HOSTILE = [
    (r'"title":"a\u0000b","tags":["\u0000","\ud800",1e999]', "a\ufffdb"),
    (r'"title":"\ud83d","structured_output":{"a\"b":{"":[1e999,-1e400,"\udc00"]}},"acus_consumed":1e999', "\ufffd"),
    (r'"title":"\ud83d\ude00 \u2028 \u0001\t\"\\ ,;\r\n","created_at":"soon","tags":"none","is_archived":"yes"', "\U0001f600 \u2028 \x01\t\"\\ ,;\r\n"),
    (r'"title":5,"created_at":9223372036854775808,"updated_at":-1,"pull_requests":{"a":[]},"acus_consumed":1e308', "5"),
    (r'"title":"\\N","created_at":9223372036854775807,"updated_at":253402300799999,"tags":[' + "9" * 5000 + "]", "\\N"),
]


def hostile(targets):
    """Values that databases refuse: the targets store what can be stored, and nothing ends them."""
    sessions = living("sessions", "session_id")[:len(HOSTILE)]
    with sqlite3.connect(mirror) as connection:
        for session, (members, _) in zip(sessions, HOSTILE):
            connection.execute("UPDATE sessions SET _raw = ? WHERE session_id = ?", (f'{{"session_id":"{session}",{members}}}', session))
            connection.execute(
                "INSERT INTO sync_changes (run_id, changed_at, resource, key, change) VALUES ((SELECT max(run_id) FROM sync_runs), 1, 'sessions', ?, 'changed')",
                (session,))
    for target in targets:
        records, _ = target.feed("sessions")
        fact(records >= len(HOSTILE), target.name, records)
        target.load(["sessions"])
        arrived = keyed(target.rows("sessions"), ["session_id"])
        for session, (members, title) in zip(sessions, HOSTILE):
            found = arrived[json.dumps([session])][0]["title"]
            fact(found == title, target.name, members, "arrives as", repr(found))


def examples():
    """The scripts of Examples/warehouse, run twice: the second time nothing is loaded again."""
    place = folder / "warehouse"
    shutil.copytree("Examples/warehouse", place)
    (place / "bin").mkdir()
    (place / "bin/devin-sync").symlink_to(program)
    with_mirror = environment | {"PATH": f"{place}/bin:{os.environ['PATH']}", "DEVIN_SYNC_DATABASE": str(mirror)}
    run(pathlib.Path(given.postgres) / "createdb", "-h", folder / "postgres", "-U", "devin", "example")
    config = json.loads((place / "postgres.json").read_text())
    (place / "postgres.json").write_text(json.dumps(
        config | {"sqlalchemy_url": f"postgresql+psycopg://devin@/example?host={folder}/postgres"}))
    for name in ("postgres", "duckdb"):
        (place / f"target-{name}").symlink_to(tools / name)
        for printed in (r"[1-9][\d,]* rows of", r"0 rows printed"):
            done = subprocess.run([place / f"load-{name}"], capture_output=True, text=True, env=with_mirror)
            fact(done.returncode == 0 and re.search(printed, done.stderr), name, done.returncode, done.stderr[-1500:])
            fact(len((place / f"{name}.state").read_text().splitlines()) == 1, name, "keeps more than one state")
    want = read("SELECT count(*) FROM session_messages")[0][0]
    fact(int(psql("SELECT count(*) FROM devin.session_messages", "example")) == want, want)
    with duckdb.connect(str(place / "warehouse.duckdb"), read_only=True) as connection:
        fact(connection.execute("SELECT count(*) FROM devin.session_messages").fetchone()[0] == want, want)
    # The panel of docs/dashboards.md, with the macros as Grafana's data source for PostgreSQL expands them.
    panel = re.search(r"```sql\n(SELECT \$__timeGroupAlias.*?)```", pathlib.Path("docs/dashboards.md").read_text(), re.DOTALL)[1]
    panel = panel.replace("$__timeGroupAlias(created_at_utc, '1d')", 'floor(extract(epoch from created_at_utc)/86400)*86400 AS "time"')
    panel = panel.replace("$__timeFilter(created_at_utc)", "created_at_utc BETWEEN '2000-01-01T00:00:00Z' AND '2100-01-01T00:00:00Z'")
    days = [line.split("|") for line in psql(panel, "example").splitlines()]
    want = read("SELECT sum(acus_consumed) FROM sessions WHERE _deleted_at IS NULL AND created_at IS NOT NULL")[0][0]
    fact(len(days) > 10 and all(int(day) % 86_400 == 0 for day, _ in days), days)
    fact(abs(sum(float(used) for _, used in days) - want) < 0.001, days, want)


def rate(records, start):
    return f"{records:,} rows in {time.time() - start:.1f} s"


def duckdb_reads_the_mirror():
    """As docs/warehouse.md shows it: the mirror's own file in DuckDB, and Parquet by day."""
    import importlib.util

    package = pathlib.Path(importlib.util.find_spec("duckdb_extension_sqlite_scanner").origin).parent
    extension = next(package.rglob("*.duckdb_extension"))
    script = pathlib.Path("Examples/warehouse/mirror.sql").read_text()
    # Here the extension is in a package, and the mirror in another folder.
    for words, instead in (("INSTALL sqlite;", ""), ("LOAD sqlite;", f"LOAD '{extension}';"), ("'devin.db'", f"'{mirror}'"), ("TO 'messages'", f"TO '{folder}/messages'")):
        fact(words in script, words)
        script = script.replace(words, instead)
    with duckdb.connect() as connection:
        connection.execute(script)
        for table, key in (("sessions", "session_id"), ("session_messages", "event_id")):
            have = connection.execute(f"SELECT count(*), count(DISTINCT {key}) FROM {table}").fetchone()
            want = tuple(read(f"SELECT count(*), count(DISTINCT {key}) FROM {table} WHERE _deleted_at IS NULL")[0])
            fact(have == want and want[0] > 0, table, have, want)
        columns = {row[0] for row in connection.execute("DESCRIBE sessions").fetchall()}
        fact({"status", "acus_consumed", "title", "tags"} <= columns, columns)
        acus = connection.execute("SELECT sum(acus_consumed) FROM sessions").fetchone()[0]
        fact(math.isclose(acus, read("SELECT sum(acus_consumed) FROM sessions WHERE _deleted_at IS NULL")[0][0]), acus)
        days = {path.name for path in (folder / "messages").iterdir()}
        fact(len(days) > 1 and all(re.fullmatch(r"day=\d{4}-\d\d-\d\d", day) for day in days), days)
        parquet = connection.execute(
            f"SELECT day, count(*) FROM read_parquet('{folder}/messages/*/*.parquet', hive_partitioning = true) GROUP BY 1 ORDER BY 1").fetchall()
        want = read("SELECT substr(created_at, 1, 10), count(*) FROM v_session_messages GROUP BY 1 ORDER BY 1")
        fact([(str(day), count) for day, count in parquet] == [tuple(row) for row in want], parquet)
        return len(days)


def main():
    # What it has started ends with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with sandbox(), cluster():
        sync()
        targets = [target for target in (Postgres(), DuckDB(), Files()) if target.name in given.targets.split(",")]
        for target in targets:
            start = time.time()
            records, sent = target.feed()
            print(f"{target.name}: first feed, {rate(records, start)}, {sent / 1e6:.1f} MB", flush=True)
            fact(compare(target) == records, records)
        postgres = targets[0]
        for number in range(given.rounds):
            news(number)
            words = []
            for target in targets:
                start = time.time()
                records, _ = target.feed()
                fact(records > 0, target.name, "got nothing in round", number)
                compare(target)
                words.append(f"{target.name} {rate(records, start)}")
            print(f"round {number + 1}: {', '.join(words)}; equal", flush=True)
        fact(psql('SELECT count(*) FROM devin.sessions WHERE _sdc_deleted_at IS NOT NULL') != "0\n")
        # Killed at ten moments, feed and target in turn, each time repeated with the last state that the target had printed.
        size = 400_000
        for number in range(given.kills):
            edit("touch_share", "sessions", percent=60)
            control("news?steps=20")
            sync()
            postgres.feed(kill=(size * number // given.kills + 5_000, "feed" if number % 2 else "target"))
            _, size = postgres.feed()
            compare(postgres)
        print(f"{given.kills} times killed on the way and repeated: equal", flush=True)
        # A complete feed marks what the warehouse has and the mirror has not, and leaves the rest as it is.
        psql("INSERT INTO devin.playbooks (playbook_id, title) VALUES ('nobody-knows', 'left over')")
        postgres.state.unlink()
        postgres.feed()
        fact(psql("SELECT count(*) FROM devin.playbooks WHERE playbook_id = 'nobody-knows' AND _sdc_deleted_at IS NULL") == "0\n")
        psql("DELETE FROM devin.playbooks WHERE playbook_id = 'nobody-knows'")
        compare(postgres)
        days = duckdb_reads_the_mirror()
        examples()
        hostile(targets)
        print(f"DuckDB reads the mirror's file; Parquet of {days} days; Examples/warehouse loads both", flush=True)


main()
