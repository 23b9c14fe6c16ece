"""Talks to `devin-sync mcp` as agents do, with the protocol's own client, while a sync fills the mirror and afterwards."""
import asyncio
import json
import os
import pathlib
import re
import sqlite3
import subprocess
import sys
import warnings

import jsonschema
from mcp import Client, MCPError, StdioServerParameters

warnings.simplefilter("ignore")
program, folder = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]).resolve()
mirror = folder / "devin.db"
TOOLS = ["search", "list_sessions", "get_session", "get_document", "ask", "query", "mirror_status"]


def client(mode, database=mirror):
    return Client(StdioServerParameters(command=program, args=["mcp", "--database", str(database)]), mode=mode)


def rows(sql):
    return sqlite3.connect(f"file:{mirror}?mode=ro", uri=True).execute(sql).fetchall()


def fact(condition, *words):
    if not condition:
        raise AssertionError(" ".join(str(word)[:1500] for word in words))


class Conversation:
    """One client; each answer is checked against what every answer promises."""

    def __init__(self, session, schemas):
        self.session, self.schemas, self.calls = session, schemas, 0

    async def tool(self, name, **arguments):
        result = await self.session.call_tool(name, arguments)
        self.calls += 1
        content = result.structured_content
        fact(not result.is_error and content, name, arguments, result.content)
        jsonschema.validate(content, self.schemas[name])
        text = result.content[0].text
        size = len(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()) + len(json.dumps(text, ensure_ascii=False).encode())
        fact(size <= arguments.get("max_bytes", 16384), name, arguments, "has", size, "bytes")
        fact(content["mirror"]["verdict"] in text and "data" in content["notice"] and content["notice"] in text, name, text)
        fact(content["truncated"] == ("next_cursor" in content), name, content)
        return content

    async def pages(self, name, member, most=400, **arguments):
        """Everything that cursors lead to."""
        items, cursor = [], {}
        for _ in range(most):
            content = await self.tool(name, **arguments, **cursor)
            items += content[member]
            if not content["truncated"]:
                return items
            cursor = {"cursor": content["next_cursor"]}
        raise AssertionError(f"{name} {arguments}: no end")

    async def mistake(self, name, *parts, **arguments):
        result = await self.session.call_tool(name, arguments)
        text = result.content[0].text
        fact(result.is_error and result.structured_content is None, name, arguments, "is no mistake:", text)
        for part in parts:
            fact(part in text, name, arguments, "does not say", part, "but", text)
        return text

    async def refused(self, code, request):
        try:
            await request
        except MCPError as error:
            fact(error.error.code == code, error.error)
            return error.error
        raise AssertionError(f"no error {code}")


async def lists(session, revision):
    tools = (await session.list_tools()).tools
    fact([tool.name for tool in tools] == TOOLS, tools)
    for tool in tools:
        for schema in (tool.input_schema, tool.output_schema):
            jsonschema.Draft202012Validator.check_schema(schema)
        fact(tool.annotations.read_only_hint is True and tool.input_schema["additionalProperties"] is False, tool)
        fact(tool.name == "mirror_status" or "data" in tool.description, tool.description)
    fact("acus-by-user" in next(tool for tool in tools if tool.name == "ask").description)
    templates = (await session.list_resource_templates()).resource_templates
    fact([template.uri_template for template in templates] == [f"devin://{kind}/{{id}}" for kind in ("sessions", "notes", "playbooks")])
    prompts = (await session.list_prompts()).prompts
    fact([prompt.name for prompt in prompts] == ["what-did-devin-try", "weekly-cost-review", "audit-note"])
    fact(session.server_info.name == "devin-sync" and session.protocol_version == revision, session.protocol_version)
    fact("search" in session.instructions)
    return Conversation(session, {tool.name: tool.output_schema for tool in tools})


async def everything(session, revision):
    talk = await lists(session, revision)
    modern = revision == "2026-07-28"
    # Sessions, in every order, page by page.
    count = rows("SELECT count(*) FROM sessions WHERE _deleted_at IS NULL")[0][0]
    for order in ("created", "updated", "acus"):
        listed = await talk.pages("list_sessions", "sessions", sort=order, limit=7, max_bytes=4096)
        fact(len({entry["session_id"] for entry in listed}) == len(listed) == count, order, len(listed), count)
        values = [entry.get({"acus": "acus"}.get(order, f"{order}_at"), "") for entry in listed]
        fact(order == "acus" or values == sorted(values, reverse=True), values)
    merged = await talk.pages("list_sessions", "sessions", pull_requests="merged", limit=100)
    fact(merged and all(entry["merged_pull_requests"] for entry in merged), merged)
    some = await talk.pages("list_sessions", "sessions", pull_requests="any", limit=100)
    none = await talk.pages("list_sessions", "sessions", pull_requests="none", limit=100)
    fact(len(some) + len(none) == count and len(some) > len(merged) and not any(entry["pull_requests"] for entry in none), len(some), len(none))
    # One session, whole, in small pages.
    session_id, said = rows(
        "SELECT session_id, count(*) FROM session_messages WHERE _deleted_at IS NULL GROUP BY 1 HAVING count(*) < 30 ORDER BY 2 DESC LIMIT 1")[0]
    summary = await talk.tool("get_session", id=session_id[:12])
    fact(summary["session_id"] == session_id and summary["message_count"] == said, summary)
    messages = await talk.pages("get_session", "messages", id=f"devin-{session_id}", part="messages", max_bytes=2048)
    texts = {}
    for message in messages:
        texts[message["message_id"]] = texts.get(message["message_id"], "") + message["text"]
    wanted = dict(rows(f"SELECT event_id, message FROM session_messages WHERE session_id = '{session_id}' AND _deleted_at IS NULL"))
    fact(texts == wanted, "messages differ", len(texts), len(wanted))
    for part in ("timeline", "pull_requests"):
        await talk.tool("get_session", id=session_id, part=part)
    # Search: hits can be opened, and pages do not repeat.
    hits = await talk.pages("search", "hits", text="the", limit=50, where=["messages", "notes"], max_bytes=65536)
    fact(len({(hit.get("message_id"), hit.get("document_id")) for hit in hits}) == len(hits) > 10, len(hits))
    fact({"messages", "notes"} == {hit["place"] for hit in hits})
    for hit in hits[:4]:
        read = await session.read_resource(hit["resource"])
        fact(read.contents[0].mime_type == "text/markdown" and "data" in read.contents[0].text, read)
    # A note with its versions, a playbook by its title.
    note = rows("SELECT note_id, name FROM knowledge_notes WHERE _deleted_at IS NULL ORDER BY length(body) DESC LIMIT 1")[0]
    document = await talk.tool("get_document", kind="note", id=note[0])
    fact(document["name"] == note[1] and document["version"] == document["version_count"] >= 1 and note[0] in document["text"], document)
    parts = [part for part in await parts_of(talk, kind="note", id=note[0], max_bytes=2048)]
    fact("".join(parts) == document["text"], "the parts of a note differ")
    playbook = rows("SELECT playbook_id, title FROM playbooks WHERE _deleted_at IS NULL LIMIT 1")[0]
    fact((await talk.tool("get_document", kind="playbook", id=playbook[1]))["document_id"] == playbook[0])
    # Every question, and SQL.
    tools = {tool.name: tool for tool in (await session.list_tools()).tools}
    questions = tools["ask"].input_schema["properties"]["question"]["enum"]
    answered = 0
    for question in questions:
        answered += bool((await talk.tool("ask", question=question))["rows"])
    fact(answered > 10, "only", answered, "questions have an answer")
    numbers = await talk.pages(
        "query", "rows", sql="WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) SELECT i, 'x' || i FROM n")
    fact([row[0] for row in numbers] == list(range(1, 3001)), len(numbers))
    large = await talk.tool("query", sql="SELECT hex(zeroblob(5000000)) AS big, 1 AS small", max_bytes=4096)
    fact(large["rows"][0][1] == 1 and not large["truncated"] and "cut" in large["remarks"][0], large)
    status = await talk.tool("mirror_status", max_bytes=65536)
    fact(status["mirror"]["is_complete"] and status["last_run"]["status"] == 0 and len(status["resources"]) > 10, status["mirror"])
    # Resources, page by page.
    addresses, cursor = [], None
    while True:
        page = await session.list_resources(cursor=cursor)
        addresses += [resource.uri for resource in page.resources]
        cursor = page.next_cursor
        if not cursor:
            break
    documents = rows("SELECT (SELECT count(*) FROM knowledge_notes WHERE _deleted_at IS NULL) + (SELECT count(*) FROM playbooks WHERE _deleted_at IS NULL)")[0][0]
    fact(len(set(addresses)) == len(addresses) == count + documents, len(addresses), count, documents)
    for address in addresses[:3] + addresses[-3:]:
        fact((await session.read_resource(address)).contents[0].uri == address)
    # Prompts.
    prompt = await session.get_prompt("what-did-devin-try", {"topic": "a\nb"})
    fact('"a\\nb"' in prompt.messages[0].content.text, prompt)
    await session.get_prompt("weekly-cost-review")
    await session.get_prompt("audit-note", {"note": note[1]})
    # Mistakes are answers that say what to do.
    await talk.mistake("get_session", "no session `nothing`", "search", id="nothing")
    wrong = session_id[:-2] + ("00" if session_id[-2:] != "00" else "11")
    await talk.mistake("get_session", f"Did you mean {session_id}", id=wrong)
    await talk.mistake("get_session", "get_document", id=note[0])
    first = rows("SELECT substr(session_id, 1, 1) FROM sessions GROUP BY 1 HAVING count(*) > 1 LIMIT 1")[0][0]
    await talk.mistake("get_session", "begin with", id=first)
    await talk.mistake("search", "missing", **{})
    await talk.mistake("search", "did you mean `messages`", text="a", where=["mesages"])
    await talk.mistake("search", "Did you mean `text`", txt="a")
    await talk.mistake("search", "no user with the id", text="the", user="nobody")
    await talk.mistake("query", "would write", sql="DELETE FROM sessions")
    await talk.mistake("query", "sqlite_schema", sql="SELECT nothing")
    await talk.mistake("query", "too big", sql="SELECT zeroblob(100000000)")
    await talk.mistake("query", "timeout_seconds", sql="WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n", timeout_seconds=1)
    await talk.mistake("query", "could not be used", sql=f"ATTACH '{folder}/other.db' AS other")
    await talk.mistake("ask", "must be one of", question="nonsense")
    await talk.mistake("ask", "does not use `since`", question="waiting-now", since="7d")
    await talk.mistake("get_document", "versions 1 to", kind="note", id=note[0], version=999)
    await talk.mistake("list_sessions", "whole number from 1 to 100", limit=1000)
    await talk.mistake("search", "not a next_cursor", text="the", cursor="x")
    await talk.mistake("search", "2048 to 65536", text="the", max_bytes=100000)
    fact(not (folder / "other.db").exists())
    await talk.refused(-32602, session.call_tool("serch", {}))
    await talk.refused(-32602, session.get_prompt("audit-note"))
    await talk.refused(-32602, session.list_resources(cursor="nonsense"))
    await talk.refused(-32602 if modern else -32002, session.read_resource("devin://sessions/nothing"))
    # Fifty at once.
    many = await asyncio.gather(*[
        talk.tool(["search", "get_session", "ask", "query", "list_sessions"][index % 5], **[
            {"text": "the"}, {"id": session_id}, {"question": "acus-by-user"}, {"sql": f"SELECT {index}"}, {"limit": index + 1}][index % 5])
        for index in range(50)])
    fact([content["rows"] for content in many[3::5]] == [[[index]] for index in range(3, 50, 5)])
    return talk.calls


async def parts_of(talk, **arguments):
    parts, cursor = [], {}
    while True:
        content = await talk.tool("get_document", **arguments, **cursor)
        parts.append(content["text"])
        if not content["truncated"]:
            return parts
        cursor = {"cursor": content["next_cursor"]}


async def during_a_sync():
    """The file does not exist, then a run fills it, then it is complete: one connection sees all of it."""
    sandbox = subprocess.Popen(
        [program, "sandbox", "--port", "0", "--sessions", "150", "--latency", "10"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        environment = dict(os.environ)
        for _ in range(3):
            name, value = re.match(r"export (\w+)=(\S+)", sandbox.stdout.readline()).groups()
            environment[name] = value
        async with client("auto") as session:
            talk = await lists(session, "2026-07-28")
            await talk.mistake("search", "no mirror", "devin-sync sync", text="the")
            sync = await asyncio.create_subprocess_exec(program, "sync", "--database", str(mirror), env=environment, cwd=folder)
            seen, running = [], 0
            while sync.returncode is None:
                answer = await session.call_tool("query", {"sql": "SELECT count(*) FROM session_messages"})
                if not answer.is_error:
                    seen.append(answer.structured_content["rows"][0][0])
                    running += answer.structured_content["mirror"]["sync_is_running"]
                    fact(answer.structured_content["mirror"]["is_complete"] is False or seen[-1] > 0, answer)
                try:
                    await asyncio.wait_for(asyncio.shield(sync.wait()), 0.02)
                except asyncio.TimeoutError:
                    pass
            fact(sync.returncode == 0 and seen == sorted(seen) and running > 0, sync.returncode, seen, running)
            after = await talk.tool("query", sql="SELECT count(*) FROM session_messages")
            fact(after["mirror"]["is_complete"] and not after["mirror"]["sync_is_running"], after["mirror"])
            fact(after["rows"][0][0] == rows("SELECT count(*) FROM session_messages")[0][0] > 500, after["rows"])
            # The next sync brings news, on the same connection.
            subprocess.run(["curl", "-sS", "-X", "POST", environment["DEVIN_API_URL"] + "/_sandbox/news?steps=20"], check=True, capture_output=True)
            subprocess.run([program, "sync", "--database", str(mirror)], env=environment, cwd=folder, check=True)
            status = await talk.tool("mirror_status")
            fact(status["last_run"]["run"] == 2, status["last_run"])
            return len(set(seen))
    finally:
        sandbox.terminate()
        sandbox.wait()


async def main():
    moments = await during_a_sync()
    calls = 0
    for mode, revision in (("auto", "2026-07-28"), ("2026-07-28", "2026-07-28"), ("legacy", "2025-11-25")):
        async with client(mode) as session:
            if mode == "2026-07-28":
                # Nothing is agreed on before: each request says its revision.
                fact((await session.list_tools()).tools)
                fact((await session.call_tool("query", {"sql": "SELECT 1"})).structured_content["rows"] == [[1]])
                continue
            calls += await everything(session, revision)
            if mode == "legacy":
                await session.send_ping()
    (folder / "foreign.db").write_text("not a database")
    async with client("auto", folder / "foreign.db") as session:
        answer = await session.call_tool("mirror_status", {})
        fact(answer.is_error and "not a mirror" in answer.content[0].text, answer)
    print(f"agents: {calls} calls in two revisions, {moments} states of a mirror while a sync filled it, mcp-conform content")


asyncio.run(main())
