#!/usr/bin/env python3
"""Checks recorded answers against the API's description.

usage: check-answers.py OPENAPI.yaml... FOLDER

Every FOLDER/NAME.json is {"path": "/v3/... as the description writes it", "body": ...}; "status" is 200 and "method" is
GET unless it says otherwise. Of several descriptions, the first has the say over what both describe. Prints one line for each violation and exits with 1 when there is any, with 2 when nothing can be checked.
Needs jsonschema 4.26.0 and PyYAML.
"""

import functools
import json
import pathlib
import sys

import jsonschema
import yaml


def merged(first, second):
    """Two descriptions in one."""
    if not (isinstance(first, dict) and isinstance(second, dict)):
        return first
    return {**second, **first, **{name: merged(first[name], second[name]) for name in first.keys() & second.keys()}}


def schema_of(document, method, path, status):
    """The schema of an answer; None where the description has none."""
    responses = document["paths"].get(path, {}).get(method.lower(), {}).get("responses", {})
    response = responses.get(str(status)) or (responses.get("default") if status >= 400 else None)
    if response and "$ref" in response:
        response = document["components"]["responses"][response["$ref"].rsplit("/", 1)[1]]
    content = (response or {}).get("content", {})
    return next((kind["schema"] for kind in content.values() if "schema" in kind), None)


def main(arguments):
    if len(arguments) < 2:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    documents = [yaml.safe_load(pathlib.Path(name).read_text(encoding="utf-8")) for name in arguments[:-1]]
    document = functools.reduce(merged, documents)
    files = sorted(pathlib.Path(arguments[-1]).glob("*.json"))
    if not files:
        print(f"no answers in {arguments[-1]}", file=sys.stderr)
        return 2
    violations = 0
    for file in files:
        answer = json.loads(file.read_text(encoding="utf-8"))
        schema = schema_of(document, answer.get("method", "GET"), answer["path"], answer.get("status", 200))
        if schema is None:
            print(f"{file.name}: {answer['path']} is not described")
            violations += 1
            continue
        # References lead into the components, so these stand beside the schema.
        validator = jsonschema.Draft202012Validator(
            {**schema, "components": document["components"]} if "$ref" not in schema
            else {"allOf": [schema], "components": document["components"]})
        for error in sorted(validator.iter_errors(answer["body"]), key=lambda error: error.json_path):
            print(f"{file.name}: {answer['path']}: {error.json_path}: {error.message[:300]}")
            violations += 1
    print(f"{len(files)} answers, {violations} violations", file=sys.stderr)
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
