"""Reads the repository and fails on what the style forbids: forbidden includes, long files, long lines,
forbidden words, modules without a README, migrations with gaps. Style is not reviewed here, it is run."""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FILE_LINES_MAX = 500
LINE_COLUMNS_MAX = 110  # in raw strings (SQL, scripts) lines may be longer
WRAPPED = {  # third-party headers -> the one module that may include them
    r"boost/(asio|beast)": "http", r"boost/json": "base", r"kainjow|mustache\.hpp": "html", r"libpq-fe": "db",
    r"spdlog|unicode/": "base", r"cairo|pango|qrencode|zip\.h": "paper", r"curl/": "ledger", r"toml\+\+": "demo",
}
problems = []


def tracked():
    out = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / line for line in out.splitlines() if (ROOT / line).exists()]


def allowed_includes():
    table = {}
    for line in (ROOT / "deps.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            module, _, rest = line.partition(":")
            table[module] = set(rest.split())
    return table


def check_source(path, allowed):
    lines = path.read_text().splitlines()
    name = path.relative_to(ROOT)
    if len(lines) > FILE_LINES_MAX:
        problems.append(f"{name}: {len(lines)} lines, at most {FILE_LINES_MAX}")
    parts = name.parts
    module = parts[1] if parts[0] == "src" and len(parts) > 2 else None
    raw = False
    for number, line in enumerate(lines, 1):
        where = f"{name}:{number}"
        raw = (raw or 'R"' in line) and ')"' not in line[line.find('R"') + 2:]
        if len(line) > LINE_COLUMNS_MAX and "http" not in line and not raw:
            problems.append(f"{where}: {len(line)} columns")
        if re.search(r"\b(TODO|FIXME|XXX|HACK)\b", line):
            problems.append(f"{where}: unfinished work left in the code")
        if re.search(r"\bco_(await|return|yield)\b", line):
            problems.append(f"{where}: coroutines are not used here (ARCHITECTURE.md)")
        include = re.match(r'\s*#include\s+["<]([^">]+)[">]', line)
        if not include or not module:
            continue
        header = include.group(1)
        if header.startswith("../"):
            problems.append(f"{where}: an include that climbs")
        other = header.split("/")[0]
        if '"' in line and other in allowed and other != module and other not in allowed[module]:
            problems.append(f"{where}: {module} may not include {other} (deps.txt)")
        for pattern, owner in WRAPPED.items():
            if "<" in line and re.search(pattern, header) and module != owner:
                problems.append(f"{where}: <{header}> belongs to {owner} alone")


def check_migrations():
    for folder in sorted(ROOT.glob("src/*/migrations")):
        names = sorted(p.name for p in folder.glob("*.sql"))
        for expected, name in enumerate(names, 1):
            if not name.startswith(f"{expected:04d}_"):
                problems.append(f"{folder.relative_to(ROOT)}/{name}: expected number {expected:04d}")


def main():
    allowed = allowed_includes()
    files = tracked()
    for path in files:
        if path.suffix in {".cpp", ".hpp"} and path.parts[len(ROOT.parts)] in {"src", "tests", "bench", "tools"}:
            check_source(path, allowed)
    check_migrations()
    for problem in problems:
        print(problem)
    print(f"{len(files)} files read, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
