"""Reads the contents of attachments from servers that lie, break off and lead astray, kills the run at random moments, fills the disk, and compares what
is kept with what was served."""
import argparse
import hashlib
import http.server
import json
import os
import pathlib
import random
import shutil
import signal
import sqlite3
import ssl
import subprocess
import threading
import time
import urllib.parse

arguments = argparse.ArgumentParser()
for name in ("program", "folder"):
    arguments.add_argument(f"--{name}", required=True)
arguments.add_argument("--files", type=int, default=5000)
arguments.add_argument("--same", type=int, default=1000)
arguments.add_argument("--kills", type=int, default=20)
arguments.add_argument("--seed", type=int, default=1)
given = arguments.parse_args()
program, folder = str(pathlib.Path(given.program).resolve()), pathlib.Path(given.folder).resolve()
folder.mkdir(parents=True, exist_ok=True)
chance = random.Random(given.seed)
KEY = "cog_" + "k3y" * 12
NOW = int(time.time())
FILE_LIMIT = 400_000


def fact(condition, *words):
    if not condition:
        raise AssertionError(" ".join(str(word)[:3000] for word in words))


# A certificate that nobody but this test trusts.

def openssl(*words):
    subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)


openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=Nobody")
(folder / "san").write_text("subjectAltName=DNS:localhost")
openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=localhost")
openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-out", "server.pem", "-days", "2",
        "-extfile", "san")
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(folder / "server.pem", folder / "server.key")


# What is served.

class Attachment:
    def __init__(self, number, kind="good", content=None, name=None, announced="application/octet-stream"):
        self.id = f"att-{number:05d}"
        self.session = f"{number // 50:032x}"
        self.kind = kind
        self.name = name or f"file {number}.bin"
        self.announced = announced
        self.content = content if content is not None else self.made(number)

    @staticmethod
    def made(number):
        source = random.Random(number)
        return source.randbytes(source.choice([0, 1, 100, 3_000, 20_000, 65_536, 65_537]) + number % 7)

    @property
    def hash(self):
        return hashlib.sha256(self.content).hexdigest()


NAMES = ["../../../../etc/passwd", "..", ".", "a/b\\c", "-rf *", "nul\u0000byte", "\u202egpj.exe", "%2e%2e%2f", "x" * 300, "con?query#fragment", "ünï 🙂.png"]
KINDS = ["http", "loop", "api loop", "long", "long chunked", "short", "lies", "svg", "huge", "huge chunked", "missing", "gone", "key", "relative", "none",
         "user", "encoded", "forbidden", "direct", "status"]
SAME = b"\x89PNG\r\n\x1a\n" + random.Random(0).randbytes(30_000)

attachments = {}
special = len(KINDS)
for number in range(given.files):
    if number < special:
        kind = KINDS[number]
        content = b"<html><script>alert(1)</script></html>" if kind == "lies" else b"<svg xmlns='http://www.w3.org/2000/svg'/>" if kind == "svg" else None
        if kind.startswith("huge"):
            content = random.Random(number).randbytes(FILE_LIMIT + 200_000)
        if kind in ("long", "short", "long chunked"):
            content = random.Random(number).randbytes(100_000)
        one = Attachment(number, kind, content, announced="image/png" if kind in ("lies", "svg") else "text/plain")
    elif number < special + len(NAMES):
        one = Attachment(number, name=NAMES[number - special])
    elif number < special + len(NAMES) + given.same:
        one = Attachment(number, content=SAME, announced="text/html")
    else:
        one = Attachment(number)
    attachments[one.id] = one
sessions = sorted({one.session for one in attachments.values()})
asked = {"api": 0, "contents": 0, "with_key": [], "attachments": {}, "plain": 0}
lock = threading.Lock()
mended = set()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *words):
        pass

    def answer(self, status, body=b"", headers=(), length=None):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        if length != "chunked":
            self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def json(self, value, status=200):
        self.answer(status, json.dumps(value).encode(), [("Content-Type", "application/json")])

    def do_GET(self):
        try:
            self.serve()
        except (ConnectionError, ssl.SSLError):
            self.close_connection = True


class API(Handler):
    def serve(self):
        path, _, query = self.path.partition("?")
        parts = [urllib.parse.unquote(part) for part in path.split("/")[1:]]
        with lock:
            asked["api"] += 1
        if self.headers.get("Authorization") != f"Bearer {KEY}":
            return self.json({"detail": "no key"}, 401)
        if parts == ["v3", "self"]:
            return self.json({"principal_type": "service_user", "service_user_id": "su-1", "service_user_name": "check", "org_id": "org-1"})
        if parts[:3] == ["v3", "organizations", "org-1"]:
            rest = parts[3:]
            if rest == ["sessions"]:
                first = int(urllib.parse.parse_qs(query).get("after", ["0"])[0])
                page = sessions[first:first + 200]
                return self.json({
                    "items": [{"session_id": id, "org_id": "org-1", "status": "exit", "title": "t", "created_at": NOW - 9_000_000,
                               "updated_at": NOW - 8_000_000, "acus_consumed": 1, "tags": [], "pull_requests": [], "url": "https://app.devin.ai/x"}
                              for id in page],
                    "end_cursor": str(first + 200), "has_next_page": first + 200 < len(sessions), "total": len(sessions)})
            if len(rest) == 3 and rest[0] == "sessions" and rest[2] == "attachments":
                id = rest[1].removeprefix("devin-")
                return self.json([
                    {"attachment_id": one.id, "name": one.name, "url": "https://evil.invalid/never-asked", "source": "devin",
                     "content_type": one.announced} for one in attachments.values() if one.session == id])
            if len(rest) == 3 and rest[0] == "attachments":
                return self.redirect(attachments.get(rest[1]), rest[2])
        self.json({"detail": "not found"}, 404)

    def redirect(self, one, name):
        expected = one and one.name.replace("\u0000", "\ufffd")
        if not one or name != expected:
            return self.json({"detail": "no such attachment"}, 404)
        with lock:
            asked["attachments"][one.id] = asked["attachments"].get(one.id, 0) + 1
        place = f"https://localhost:{storage.port}/blob/{one.id}?signature=s3cret"
        kind = one.kind if one.id not in mended else "good"
        if kind == "missing":
            return self.json({"detail": "gone"}, 404)
        if kind == "forbidden":
            return self.json({"detail": "not for you"}, 403)
        if kind == "direct":
            return self.answer(200, one.content)
        if kind == "none":
            return self.answer(302)
        location = {
            "http": f"http://localhost:{plain.port}/blob/{one.id}", "api loop": self.path, "relative": f"/blob/{one.id}",
            "user": f"https://u:p@localhost:{storage.port}/blob/{one.id}", "key": f"https://localhost:{storage.port}/blob/{one.id}?key={KEY}",
        }.get(kind, place)
        self.answer(chance.choice([301, 302, 303, 307, 308]), b"see there", [("Location", location)])


class Storage(Handler):
    def serve(self):
        one = attachments.get(self.path.split("?")[0].split("/")[-1])
        with lock:
            asked["contents"] += 1
            if any(KEY in value for value in self.headers.values()) or KEY in self.path:
                asked["with_key"].append(self.path)
        if not one:
            return self.answer(404)
        type = [("Content-Type", one.announced)]
        body = one.content
        kind = one.kind if one.id not in mended else "good"
        if kind == "loop":
            return self.answer(302, b"", [("Location", f"https://localhost:{storage.port}{self.path}")])
        if kind == "long":
            return self.answer(200, body, type, length=len(body) - 40_000)
        if kind == "short":
            self.close_connection = True
            return self.answer(200, body, type, length=len(body) + 10)
        if kind == "gone":
            return self.answer(404)
        if kind == "status":
            return self.answer(418, b"teapot")
        if kind == "encoded":
            return self.answer(200, body, type + [("Content-Encoding", "gzip")])
        if kind == "long chunked":
            self.answer(200, b"", type + [("Transfer-Encoding", "chunked")], length="chunked")
            self.wfile.write(b"5\r\nhello\r\n0\r\n\r\n" + b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nagain")
            return
        if kind == "huge chunked":
            self.answer(200, b"", type + [("Transfer-Encoding", "chunked")], length="chunked")
            for start in range(0, len(body), 10_000):
                self.wfile.write(b"%x\r\n%s\r\n" % (len(body[start:start + 10_000]), body[start:start + 10_000]))
            self.wfile.write(b"0\r\n\r\n")
            return
        self.answer(200, body, type)


class Plain(Storage):
    def serve(self):
        with lock:
            asked["plain"] += 1
        super().serve()


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def __init__(self, handler, tls):
        super().__init__(("127.0.0.1", 0), handler)
        self.tls = tls
        self.port = self.server_address[1]
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def process_request_thread(self, request, address):
        if self.tls:
            try:
                request.settimeout(30)
                request = context.wrap_socket(request, server_side=True)
            except (OSError, ssl.SSLError):
                return request.close()
        super().process_request_thread(request, address)

    def handle_error(self, request, address):
        pass


api, storage, plain = Server(API, True), Server(Storage, True), Server(Plain, False)


# The command.

def environment(database):
    return {key: value for key, value in os.environ.items() if not key.startswith("DEVIN_")} | {
        "HOME": str(folder), "DEVIN_API_KEY": KEY, "DEVIN_API_URL": f"https://localhost:{api.port}", "DEVIN_SYNC_CA_FILE": str(folder / "ca.pem"),
        "DEVIN_SYNC_DATABASE": str(database), "DEVIN_SYNC_FILE_LIMIT": str(FILE_LIMIT), "NO_COLOR": "1"}


def run(database, *words, **extra):
    done = subprocess.run([program, *map(str, words)], capture_output=True, text=True, env=environment(database) | extra, cwd=folder)
    fact(KEY not in done.stdout + done.stderr, "the key was said by", *words)
    fact("s3cret" not in done.stdout + done.stderr, "a signature was said by", *words)
    return done


def rows(database, sql):
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=20)
    connection.row_factory = sqlite3.Row
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def kept(database):
    """Every row that says so has its file, with the right content, and nothing is readable to others. Returns how many rows there are."""
    count = 0
    if not database.exists():
        return 0
    files = pathlib.Path(f"{database}.files")
    try:
        found = rows(database, "SELECT * FROM files WHERE state = 'kept'")
    except sqlite3.OperationalError:
        return 0
    sums = {}
    for row in found:
        one = attachments[row["attachment_id"]]
        fact(one.hash == row["sha256"] and len(one.content) == row["byte_count"], dict(row), "is not", one.kind, one.hash)
        path = files / row["sha256"][:2] / row["sha256"]
        fact(path.is_file() and not path.is_symlink(), "a row without its file:", dict(row))
        if row["sha256"] not in sums:
            sums[row["sha256"]] = hashlib.sha256(path.read_bytes()).hexdigest()
            fact(path.stat().st_mode & 0o7777 == 0o600, path, oct(path.stat().st_mode))
        fact(sums[row["sha256"]] == row["sha256"], path, "holds something else")
        count += 1
    return count


def parts(database):
    return list(pathlib.Path(f"{database}.files").glob(".part-*"))


# 1. Thousands of files and kills.

def kills():
    database = folder / "devin.db"
    killed = left = 0
    done = None
    for _ in range(given.kills):
        process = subprocess.Popen([program, "sync", "sessions", "files", "--progress", "none"], env=environment(database), cwd=folder,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(chance.uniform(0.3, 6))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            killed += 1
        process.wait()
        left = max(left, len(parts(database)))
        kept(database)
    before = asked["contents"]
    done = run(database, "sync", "sessions", "files", "--progress", "lines")
    states = {row["state"]: row["n"] for row in rows(database, "SELECT state, count(*) AS n FROM files GROUP BY state")}
    expected = given.files - (special - 2)
    fact(kept(database) == expected, "kept", kept(database), "of", expected, states, done.stderr)
    fact(not parts(database), parts(database))
    fact(done.returncode == 65, done.returncode, done.stderr)
    print(f"{given.files} files, {killed} kills: {expected} kept, {states}; contents asked for {asked['contents']} times, {asked['contents'] - before} in the last run; "
          f"up to {left} parts were left by a kill, none is now; status {done.returncode}")
    return database, done


def said(database, done):
    reasons = {attachments[row["attachment_id"]].kind: (row["state"], row["reason"], row["byte_count"], row["type"], row["announced_type"])
               for row in rows(database, "SELECT * FROM files") if attachments[row["attachment_id"]].kind != "good"}
    for kind, state, word in [
            ("http", "refused", "only HTTPS is followed"), ("loop", "refused", "second redirect"), ("api loop", "refused", "no absolute HTTPS address"),
            ("long", "refused", "more came than the 60000 bytes"), ("long chunked", "refused", "more came than"), ("short", "wanted", "ended after"),
            ("lies", "kept", None), ("svg", "kept", None), ("huge", "too_large", "file_limit"), ("huge chunked", "too_large", "file_limit"),
            ("missing", "missing", "404"), ("gone", "missing", "404"), ("key", "refused", "redirect that is not followed"), ("relative", "refused", "no absolute HTTPS"),
            ("none", "refused", "names no place"), ("user", "refused", "names a user"), ("encoded", "refused", "encoded"),
            ("forbidden", "refused", "403"), ("direct", "refused", "instead of a redirect"), ("status", "refused", "418")]:
        found = reasons[kind]
        fact(found[0] == state and (word is None or word in found[1]), kind, "expected", state, word, "found", found)
        print(f"  {kind}: {found[0]}{', ' + found[1] if found[1] else ''}")
    fact(reasons["lies"][3] is None and reasons["lies"][4] == "image/png", reasons["lies"])
    same = rows(database, f"SELECT count(*) AS n, count(DISTINCT sha256) AS d, min(type) AS t FROM files WHERE sha256 = '{hashlib.sha256(SAME).hexdigest()}'")[0]
    fact((same["n"], same["d"], same["t"]) == (given.same, 1, "image/png"), tuple(same))
    copies = [path for path in pathlib.Path(f"{database}.files").glob("*/*") if path.stat().st_size == len(SAME) and path.read_bytes() == SAME]
    fact(len(copies) == 1, copies)
    print(f"the same content {given.same} times: {len(copies)} file; its type by its bytes {same['t']}, announced as text/html")
    fact(not asked["with_key"], "the key went to the storage:", asked["with_key"])
    fact(asked["plain"] == 0, "plain HTTP was asked")
    fact(b"s3cret" not in database.read_bytes() and KEY.encode() not in database.read_bytes(), "a secret is in the mirror")
    outside = {path.name for path in folder.iterdir()} - {"devin.db", "devin.db.lock", "devin.db.files", "devin.db-wal", "devin.db-shm"}
    fact(all(name in outside for name in ["ca.pem"]) and "passwd" not in outside, outside)
    print("said:", *done.stderr.strip().splitlines(), sep="\n  ")


# 2. A second run asks for nothing that is kept; what was refused is not asked for again within a day; a limit that grows brings more.

def quiet(database):
    before = dict(asked["attachments"])
    done = run(database, "sync", "sessions", "files")
    again = [id for id in asked["attachments"] if asked["attachments"][id] != before.get(id)]
    fact([attachments[id].kind for id in again] == ["short"], again)
    done = run(database, "sync", "sessions", "files", DEVIN_SYNC_FILE_LIMIT="1MB")
    states = [row["state"] for row in rows(database, "SELECT state FROM files WHERE byte_count > 400000")]
    fact(states == ["kept", "kept"], states, done.stderr)
    mended.update(one.id for one in attachments.values() if one.kind == "short")
    run(database, "sync", "sessions", "files", DEVIN_SYNC_FILE_LIMIT="1MB")
    fact(rows(database, "SELECT count(*) AS n FROM files WHERE state = 'wanted'")[0]["n"] == 0, "still wanted")
    print("a second run asks for what broke off alone; with a larger file_limit both large files are kept")


# 3. Verify, repair, maintain, backup.

def care(database):
    fact(run(database, "verify", "--offline").returncode in (0, 65), "verify")
    files = pathlib.Path(f"{database}.files")
    chosen = rows(database, "SELECT DISTINCT sha256 FROM files WHERE byte_count > 100 ORDER BY 1 LIMIT 2")
    paths = [files / row[0][:2] / row[0] for row in chosen]
    paths[0].unlink()
    altered = bytearray(paths[1].read_bytes())
    altered[5] ^= 1
    paths[1].write_bytes(altered)
    done = run(database, "verify", "--offline")
    fact(done.returncode == 74 and "is missing" in done.stdout and "has other contents" in done.stdout, done.returncode, done.stdout, done.stderr)
    print("verify --offline:", *done.stdout.strip().splitlines(), sep="\n  ")
    copied = run(database, "backup", folder / "partial.db", "--with-files")
    fact(copied.returncode == 74 and "could not be copied" in copied.stderr, copied.stdout, copied.stderr)
    done = run(database, "verify", "--repair", "files")
    fact("sync files" in done.stdout, done.stdout, done.stderr)
    run(database, "sync", "files", DEVIN_SYNC_FILE_LIMIT="1MB")
    done = run(database, "verify", "--offline")
    fact("all contents match their SHA-256" in done.stdout, done.stdout, done.stderr)
    print("after verify --repair and sync:", done.stdout.strip().splitlines()[1])
    (files / ".part-left").write_bytes(b"x" * 10)
    (files / "ab").mkdir(exist_ok=True)
    (files / "ab" / ("ab" + "0" * 62)).write_bytes(b"nobody's")
    (files / "notes.txt").write_text("a user's own")
    done = run(database, "maintain", "--dry-run")
    fact("would remove 1 content and 1 part" in done.stdout and (files / ".part-left").exists(), done.stdout, done.stderr)
    done = run(database, "maintain")
    fact("removed 1 content and 1 part" in done.stdout and not (files / ".part-left").exists(), done.stdout, done.stderr)
    fact((files / "notes.txt").exists(), "a foreign file was removed")
    kept(database)
    copy = folder / "copy.db"
    done = run(database, "backup", copy)
    fact("not in the copy" in done.stdout and not pathlib.Path(f"{copy}.files").exists(), done.stdout)
    done = run(database, "backup", copy, "--force", "--with-files")
    fact(kept(copy) == kept(database) and done.returncode == 0, done.stdout, done.stderr)
    print("backup --with-files:", *done.stdout.strip().splitlines(), sep="\n  ")
    print("status:", [line for line in run(database, "status").stdout.splitlines() if line.startswith("files")][0])


# 4. A link in the place of the folder, or in it, is not followed.

def links():
    database, elsewhere = folder / "linked.db", folder / "elsewhere"
    elsewhere.mkdir()
    os.symlink(elsewhere, f"{database}.files")
    done = run(database, "sync", "sessions", "files")
    fact(done.returncode == 74 and "symbolic link" in done.stderr and not list(elsewhere.iterdir()), done.returncode, done.stderr)
    os.unlink(f"{database}.files")
    os.mkdir(f"{database}.files", 0o700)
    for number in range(256):
        os.symlink(elsewhere, f"{database}.files/{number:02x}")
    done = run(database, "sync", "files")
    fact(done.returncode == 74 and not list(elsewhere.iterdir()), done.returncode, done.stderr)
    print("links:", done.stderr.strip().splitlines()[-1])


# 5. files_limit, and a full disk.

def limits():
    database = folder / "limited.db"
    done = run(database, "sync", "sessions", "files", "--progress", "lines", DEVIN_SYNC_FILES_LIMIT="500kB")
    on_disk = sum(path.stat().st_size for path in pathlib.Path(f"{database}.files").glob("*/*"))
    over = rows(database, "SELECT count(*) AS n FROM files WHERE state = 'over_total'")[0]["n"]
    fact(on_disk <= 500_000 and over > 0 and "beyond files_limit" in done.stderr, on_disk, over, done.stderr)
    print(f"files_limit 500kB: {on_disk} bytes on the disk, {over} over_total")


def full():
    place = folder / "full"
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={5_000_000 + 1_500 * given.files}", "none", str(place)], capture_output=True).returncode != 0:
        print("skipped: the full disk was not tried, since nothing can be mounted here")
        return
    try:
        database = place / "devin.db"
        done = run(database, "sync", "sessions", "files")
        fact(done.returncode == 74 and "no space left" in done.stderr, done.returncode, done.stderr)
        fact(not parts(database), "parts are left:", parts(database))
        before = kept(database)
        fact(0 < before < given.files, "the disk was not full at the right time:", before)
        subprocess.run(["mount", "-o", "remount,size=400m", str(place)], check=True)
        again = run(database, "sync", "sessions", "files", DEVIN_SYNC_FILE_LIMIT="1MB")
        fact(again.returncode == 65 and kept(database) > before, again.returncode, again.stderr)
        print(f"full disk: {before} kept, status {done.returncode}; with room {kept(database)} kept", *done.stderr.strip().splitlines(), sep="\n  ")
    finally:
        subprocess.run(["umount", str(place)])


started = time.time()
database, last = kills()
said(database, last)
quiet(database)
care(database)
links()
limits()
full()
print(f"the contents of attachments are right, in {time.time() - started:.0f} s")
