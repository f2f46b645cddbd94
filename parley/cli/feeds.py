"""`parley fetch` and `parley watch`: pages and feeds into the ledger, and what changes there told."""

from __future__ import annotations

import contextlib
import json as jsons
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from parley.cli.books import Dry, Gate, Quiet
from parley.cli.output import Switch, printable
from parley.cli.questions import Place

if TYPE_CHECKING:
    from parley.feeds.alerts import Alert
    from parley.feeds.giving import Give, Giving
    from parley.feeds.settings import Settings
    from parley.feeds.state import State
    from parley.feeds.taking import Keep, Source, Taken
    from parley.feeds.watching import Stop
    from parley.ledger import Ledger

Kept = Annotated[
    Path | None,
    typer.Option("--state", help="What is remembered of feeds.", show_default="beside the ledger"),
]
Json = Annotated[bool, typer.Option("--json", help="Alerts as one object a line.")]


def fetch(
    urls: Annotated[list[str], typer.Argument(metavar="URL…", help="Pages and feeds, http or https.")],
    ledger: Place = None,
    published: Annotated[
        str | None, typer.Option(help="Date of publication, where a dispatch tells none.")
    ] = None,
    links: Annotated[int, typer.Option(min=0, max=200, help="Pages of a feed's items, at most.")] = 20,
    gate: Gate = Switch.off,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Also ask servers of this machine and its network.")
    ] = False,
    again: Annotated[bool, typer.Option("--again", help="As if never asked before.")] = False,
    contact: Annotated[str | None, typer.Option(help="How hosts may reach you; sent to them.")] = None,
    state: Kept = None,
    dry_run: Dry = False,
    quiet: Quiet = False,
) -> None:
    """Fetch pages and feeds politely, and read their dispatches into the ledger; what it has already is left."""
    from parley.cli.main import checked_date
    from parley.feeds.taking import Source
    from parley.ledger import Ledger

    day = checked_date(published)
    sources = [Source(url, None, 0.0, links, gate.given, allow_private, day) for url in dict.fromkeys(urls)]
    note_proxies()
    with Ledger.open(ledger, make=True) as opened, remembered(opened, state, dry_run) as held:
        raise typer.Exit(fetch_all(opened, sources, held, contact, again=again, dry=dry_run, quiet=quiet))


def watch(
    feeds: Annotated[Path, typer.Argument(metavar="FEEDS.TOML", help="Feeds, alerts and where they go.")],
    ledger: Place = None,
    once: Annotated[bool, typer.Option("--once", help="Ask each feed once, and end.")] = False,
    since: Annotated[
        str | None,
        typer.Option(help="Alerts for dispatches of this day or later.", show_default="the first start"),
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Only say whether the file holds.")] = False,
    json: Json = False,
    state: Kept = None,
    quiet: Quiet = False,
) -> None:
    """Ask feeds at their intervals, read what is new into the ledger, and tell what it changes."""
    from parley.errors import WrongFeeds
    from parley.feeds.settings import settings
    from parley.ledger import Ledger
    from parley.show.days import checked_day

    try:
        asked = settings(feeds)
    except WrongFeeds as trouble:
        print(f"parley: {trouble}", file=sys.stderr)
        raise typer.Exit(4 if check else 2) from trouble
    if check:
        print(f"{feeds}\t{len(asked.sources)} feeds, {len(asked.rules)} alerts\tholds")
        return
    day = checked_day(since)
    note_proxies()
    with Ledger.open(ledger, make=True) as opened, remembered(opened, state, False) as held:
        raise typer.Exit(watch_all(opened, asked, held, day, once=once, as_json=json, quiet=quiet))


VERBS = (fetch, watch)


# ── fetch ────────────────────────────────────────────────────────────────────────────────────────


def fetch_all(
    ledger: Ledger,
    sources: list[Source],
    held: State,
    contact: str | None,
    *,
    again: bool,
    dry: bool,
    quiet: bool,
) -> int:
    """1 if something failed."""
    from parley.feeds.fetching import Manner
    from parley.feeds.taking import Taken, take
    from parley.feeds.visits import Visits

    visits, failed = Visits(held, Manner(agent=agent(contact)), time.sleep), 0
    for source in map(spelled, sources):
        if again:
            held.visited.pop(source.url, None)
        if why := too_soon(visits, source.url):
            tell(source.url, why)
            failed += 1
            continue
        done = take(source, visits, keeping(ledger, dry), tell)
        failed += done.failed
        held.save()
        if not quiet and done != Taken(failed=done.failed):
            print(f"{source.url}: {summed(done, dry)}", file=sys.stderr)
    return 1 if failed else 0


def spelled(source: Source) -> Source:
    """Its address in the one spelling that is remembered; as it is, where it is none, which is told when it is
    asked."""
    from dataclasses import replace

    from parley.errors import NotFetched
    from parley.feeds.addresses import place_of

    try:
        return replace(source, url=place_of(source.url).url)
    except NotFetched:
        return source


def too_soon(visits: Any, url: str) -> str | None:
    from parley.errors import NotFetched

    try:
        wait = visits.due(url) - visits.manner.now()
    except NotFetched as trouble:
        return f"{trouble}; --again asks all the same"
    if wait > 0 and visits.state.of(url).failures:
        return f"the host asks to be left alone for {wait:,.0f} more seconds"
    return None


def keeping(ledger: Ledger, dry: bool) -> Keep:
    """Adds a dispatch, or says whether it would."""
    from parley.document import Document
    from parley.pipeline import attempted, made_by

    def keep(document: Document) -> bool:
        if ledger.holds(document, made_by()):
            if not dry:
                ledger.sighted(document)
            return False
        return dry or ledger.add(attempted(document))

    return keep


def summed(done: Taken, dry: bool = False) -> str:
    if done.unchanged:
        return "unchanged"
    counts = (
        (done.failed, "failed (listed above)"),
        (done.aside, "set aside"),
        (done.left, "left for another time"),
    )
    rest = "".join(f", {count} {words}" for count, words in counts if count)
    return f"{done.added} {'would be added' if dry else 'added'}, {done.known} there already{rest}"


# ── watch ────────────────────────────────────────────────────────────────────────────────────────


def watch_all(
    ledger: Ledger, asked: Settings, held: State, since: str | None, *, once: bool, as_json: bool, quiet: bool
) -> int:
    """Until a signal comes, or all feeds were asked once; 1 if something failed in the latter."""
    from parley.feeds.fetching import Manner
    from parley.feeds.visits import Visits, stamp
    from parley.feeds.watching import Stop, Watch

    stop = Stop()
    manner = Manner(agent=agent(asked.contact), limits=asked.limits)
    held.started = held.started or stamp(manner.now())
    visits = Visits(held, manner, stop.sleep, pause=asked.pause)
    giving = giving_of(asked, held, manner, stop, as_json)
    report = None if quiet else reported
    run = Watch(ledger, asked.sources, asked.rules, visits, giving, tell, stop, since or held.started, report)
    if not (once or quiet):
        print(f"watching {len(asked.sources)} feeds into {ledger.name}; Ctrl-C ends it", file=sys.stderr)
    with ended_by_signals(stop):
        run.run(once=once)
    return 1 if once and run.failed else 0


def giving_of(asked: Settings, held: State, manner: Any, stop: Stop, as_json: bool) -> Giving:
    """The outlets that a file of feeds names, and the terminal."""
    from parley.feeds.giving import Giving
    from parley.feeds.outlets import notify, post

    outlets: dict[str, Give] = {"terminal": lambda alert, at: say(alert, at, asked.desk if as_json else None)}
    if hook := asked.webhook:
        outlets["webhook"] = lambda alert, at: post(hook, alert, at, asked.desk, manner, stop.sleep)
    if command := asked.command:
        outlets["command"] = lambda alert, at: notify(command, alert)
    return Giving(held, outlets, tell, manner.now, asked.desk, asked.atom)


def say(alert: Alert, at: str, desk: str | None) -> None:
    """An alert on stdout, as a line or, with the address of a desk, as an object."""
    if desk is not None:
        print(jsons.dumps(alert.to_dict(desk) | {"at": at}), flush=True)
        return
    where = f"{alert.dispatch[:12]} [{alert.start}-{alert.end}]"
    words = " ".join(f"{at}  {alert.kind:<10}  {alert.words}  “{alert.quote}” {where}".split("\n"))
    print(printable(words), flush=True)


def reported(source: Source, done: Taken) -> None:
    if done.added or done.failed:
        tell(source.name or source.url, summed(done))


@contextlib.contextmanager
def ended_by_signals(stop: Stop) -> Iterator[None]:
    """SIGINT and SIGTERM end the watch after the dispatch in hand; a second one ends it at once."""

    def end(number: int, _: object) -> None:
        stop.ask()
        signal.signal(number, signal.SIG_DFL if number == signal.SIGTERM else signal.default_int_handler)

    held = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in held.items():
            signal.signal(number, handler)


# ── both ─────────────────────────────────────────────────────────────────────────────────────────


@contextlib.contextmanager
def remembered(ledger: Ledger, path: Path | None, dry: bool) -> Iterator[State]:
    """The state of a ledger's feeds, saved at the end; a dry run saves nothing."""
    from dataclasses import replace

    from parley.feeds.state import alone, loaded, state_file

    file = path or state_file(ledger.name)
    with alone(file):
        held = loaded(file)
        yield replace(held, path=None) if dry else held
        if not dry:
            held.save()


def agent(contact: str | None) -> str:
    """The name that hosts see. Raises WrongQuestion for a contact that no header may have."""
    from parley.errors import WrongQuestion
    from parley.feeds.fetching import Manner

    if contact is not None and not (contact.isascii() and contact.isprintable()):
        raise WrongQuestion("--contact: write plain ASCII, an address of mail or of a page")
    return Manner().agent + (f" ({contact})" if contact else "")


def note_proxies() -> None:
    if any(
        os.environ.get(name)
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "all_proxy")
    ):
        print(
            "note: the proxy in the environment is not used: hosts are asked at the address that was checked",
            file=sys.stderr,
        )


def tell(where: str, what: str) -> None:
    print(printable(f"parley: {where}: {what}".replace("\n", " ")), file=sys.stderr, flush=True)
