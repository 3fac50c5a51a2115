"""Hostile input for every route, and every route for every role.

    python3 tests/system/bad_input.py build/chilang VAR [--seed N] [--rounds N]

Rights: each route is asked by nobody and by one account of each role; the right that it declares decides. Input: forms,
JSON, multipart, queries and parts of the path that are malformed, over-long, of the wrong type or unknown. Never a
5xx, always a sentence in Vietnamese, and whatever is answered with 400 or more has changed nothing.
"""
import argparse
import pathlib
import random
import sys

from hostile import Hostile
from visitor import Database, Visitor, serve

REFUSED = "Chức danh của bạn không có quyền làm việc này"
# Looking at personal data, and failing to sign in, are events of their own.
QUIET_KINDS = ("personal_data_looked_up", "sign_in_failed")
LOGINS = ["motcua", "chuyenvien", "truongphong", "lanhdao", "tinh", "congnghe", "thanhtra", "quantri"]


class Examination:
    def __init__(self, registers, database, port, options):
        self.registers, self.database = registers, database
        self.chance = random.Random(options.seed)
        self.hostile = Hostile(self.chance, database)
        self.rounds, self.problems, self.asked = options.rounds, [], 0
        self.nobody = Visitor(port)
        self.people = {login: Visitor(port, database, login) for login in LOGINS}
        quiet = [str(kind["number"]) for kind in registers["kinds"] if kind["name"] in QUIET_KINDS]
        self.state_sql = (
            "SELECT (SELECT count(*) FROM ledger.event WHERE kind NOT IN ({0})) + (SELECT count(*) FROM ledger.intake "
            "WHERE kind NOT IN ({0})), (SELECT count(*) FROM dossiers.dossier), (SELECT count(*) FROM identity.position "
            "WHERE valid_to IS NULL), (SELECT md5(string_agg(password_hash || disabled::text, ',' ORDER BY id)) FROM "
            "identity.account)").format(", ".join(quiet) or "-1")

    def note(self, problem):
        if problem not in self.problems:
            self.problems.append(problem)

    def rights(self):
        """What a route declares is what is enforced."""
        allowed = {right["name"]: set(right["roles"]) for right in self.registers["rights"]}
        for route in self.registers["routes"]:
            where, right = f'{route["method"]} {route["pattern"]}', route["right"]
            path = self.hostile.plausible(route["pattern"])
            answer = self.ask(self.nobody, route["method"], path, where)
            inside = answer.status in (401, 403) or answer.location.startswith("/dang-nhap")
            if right != "public" and not inside:
                self.note(f"{where}: needs {right}, and nobody in particular gets {answer.status}")
            if right == "public" and answer.status == 401:
                self.note(f"{where}: is public, and asks for a sign-in")
            for login, person in self.people.items():
                if route["pattern"] == "/dang-xuat":
                    continue
                answer = self.ask(person, route["method"], path, where)
                stopped = answer.status == 403 and REFUSED in answer.text
                should = right not in ("public", "signed_in") and person.role not in allowed[right]
                if stopped != should:
                    self.note(f"{where}: {login} ({person.role}) gets {answer.status}, the right is {right}")

    def strangers_forms(self):
        """A form without its token changes nothing; neither does one sent from another site."""
        for route in self.registers["routes"]:
            if route["method"] == "GET" or route["pattern"] in ("/dang-xuat",):
                continue
            where, path = f'{route["method"]} {route["pattern"]}', self.hostile.plausible(route["pattern"])
            person = self.someone(route)
            if not person.signed_in:
                continue
            for headers in ({"X-CSRF-Token": ""}, {"Sec-Fetch-Site": "cross-site"}, {"X-CSRF-Token": "0" * 64}):
                answer = self.ask(person, route["method"], path, where, headers=headers)
                if answer.status != 403:
                    self.note(f"{where}: a form with {headers} is answered {answer.status}")

    def someone(self, route):
        """A person with the right of the route, nobody for a public one."""
        if route["right"] == "public":
            return self.nobody
        holders = {right["name"]: right["roles"] for right in self.registers["rights"]}.get(route["right"])
        fit = [person for person in self.people.values() if holders is None or person.role in holders]
        return self.chance.choice(fit) if fit else self.people["quantri"]

    def input(self):
        for route in self.registers["routes"]:
            where = f'{route["method"]} {route["pattern"]}'
            for _ in range(self.rounds):
                person = self.someone(route)
                path = self.hostile.path(route["pattern"])
                if route["method"] == "GET":
                    self.ask(person, "GET", path + self.hostile.query(), where)
                else:
                    body, headers = self.hostile.body(person.csrf, route["pattern"])
                    self.ask(person, route["method"], path, where, body, headers)
                if route["pattern"] == "/dang-xuat":
                    person.sign_in_again()
        for raw in self.hostile.requests():
            text = self.nobody.raw(raw)
            if text and not text.startswith(b"HTTP/1.1 4") and not text.startswith(b"HTTP/1.1 5"):
                self.note(f"raw request {raw[:60]!r} is answered {text[:40]!r}")
            if text.startswith(b"HTTP/1.1 5") and not text.startswith((b"HTTP/1.1 501", b"HTTP/1.1 505")):
                self.note(f"raw request {raw[:60]!r} is answered {text[:40]!r}")

    def ask(self, person, method, path, where, body=None, headers=None):
        self.asked += 1
        before = self.database.ask(self.state_sql) if method != "GET" else None
        answer = person.ask(method, path, body, headers or {})
        what = f"{where} as {person.login or 'nobody'}: {method} {path[:120]} {str(body)[:160] if body else ''}"
        if answer.status >= 500 or answer.status == 0:
            self.note(f"{what} is answered {answer.status} {answer.text[:200]}")
        elif answer.status >= 400 and not answer.speaks_vietnamese():
            self.note(f"{what} is refused without a sentence: {answer.status} {answer.type} {answer.text[:120]}")
        elif answer.status >= 400 and path.startswith("/api/") and answer.type != "application/problem+json":
            self.note(f"{what} is refused as {answer.type}")
        if before is not None and answer.status >= 400 and self.database.ask(self.state_sql) != before:
            self.note(f"{what} is answered {answer.status} and changed something")
        return answer


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("program", type=pathlib.Path)
    options.add_argument("var", type=pathlib.Path)
    options.add_argument("--seed", type=int, default=20230614)
    options.add_argument("--rounds", type=int, default=25, help="hostile requests for each route")
    options = options.parse_args()
    with serve(options.program, options.var) as (registers, url, port):
        database = Database(url)
        examination = Examination(registers, database, port, options)
        examination.rights()
        examination.strangers_forms()
        examination.input()
        database.close()
    for problem in examination.problems:
        print(problem)
    print(f'{len(registers["routes"])} routes, {len(LOGINS)} roles, {examination.asked} requests, '
          f"{len(examination.problems)} problems")
    return 1 if examination.problems else 0


if __name__ == "__main__":
    sys.exit(main())
