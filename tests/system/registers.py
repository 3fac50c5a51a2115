"""Looks at the program as a whole: every route declares a right that exists and an event that exists, every
kind of event has a number and a Vietnamese label of its own, and the OpenAPI description names every API route.

    python3 tests/system/registers.py build/chilang VAR
"""
import json
import re
import subprocess
import sys

# POST routes that write no event: look-ups and checks whose body must not stand in an address, and the choice of the
# position in which one acts (every step names the position).
# This list may only shrink.
QUIET_POSTS = {"/tai-khoan/chuc-danh", "/tra-cuu", "/tra-cuu/giay/{slip}", "/tra-cuu/bang-chung", "/kiem-tra", "/api/v1/dossiers/track"}


def ask(program, command, var):
    out = subprocess.run([program, command, "--var", var], capture_output=True, text=True, check=True).stdout
    return json.loads(out[out.index("{"):])


def main(program, var):
    problems = []
    registers = ask(program, "routes", var)
    rights = {right["name"] for right in registers["rights"]} | {"public", "signed_in"}
    kinds = {kind["name"] for kind in registers["kinds"]} | {"none"}
    for route in registers["routes"]:
        where = f'{route["method"]} {route["pattern"]}'
        if route["right"] not in rights:
            problems.append(f'{where}: no such right "{route["right"]}"')
        if route["event"] not in kinds:
            problems.append(f'{where}: no such event "{route["event"]}"')
        if route["method"] != "GET" and route["event"] == "none" and route["pattern"] not in QUIET_POSTS:
            problems.append(f"{where}: changes something but names no event")
    numbers = [kind["number"] for kind in registers["kinds"]]
    if len(numbers) != len(set(numbers)):
        problems.append("two kinds of event share a number")
    problems += [f'kind {kind["name"]} has no label' for kind in registers["kinds"] if not kind["label"].strip()]
    description = ask(program, "openapi", var)
    if not description["openapi"].startswith("3.1"):
        problems.append("not OpenAPI 3.1")
    described = {(method.upper(), path) for path, methods in description["paths"].items() for method in methods}
    routes = {(route["method"], route["pattern"]) for route in registers["routes"] if route["pattern"].startswith("/api/v1")}
    problems += [f"{method} {path} is not described" for method, path in sorted(routes - described)]
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            if not operation.get("summary"):
                problems.append(f"{method} {path} has no summary")
            for name in re.findall(r"{(\w+)}", path):
                if not any(p["name"] == name and p["in"] == "path" for p in operation.get("parameters", [])):
                    problems.append(f"{method} {path}: parameter {name} is not described")
    for reference in re.findall(r'"#/components/schemas/(\w+)"', json.dumps(description)):
        if reference not in description["components"]["schemas"]:
            problems.append(f"the schema {reference} is mentioned and missing")
    for problem in problems:
        print(problem)
    print(f'{len(registers["routes"])} routes, {len(numbers)} kinds of event, {len(described)} operations, {len(problems)} problems')
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
