"""How fast the desk is: the server's time for each page, what a page weighs, and fifty readers at once.

    python benchmarks/desk.py [LEDGER] [--rounds N] [--readers N] [--only WORDS]

Without a ledger one of 10,000 made-up dispatches is made (see benchmarks/ledger.py). Every page of the application is
asked for as it is, as of a day, of a party, and of both, with days and parties drawn anew; milliseconds of the clock
and of the processor (a busy machine stretches the first alone), and kB as they go over the line.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import http.client
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from ledger import Maker, fill

from parley.ledger import Ledger
from parley.show.agreements import agreements
from parley.show.view import View
from parley.web.app import make_app
from parley.web.serving import loaded
from parley.web.settings import Settings

MADE = 10_000  # dispatches, where no ledger is given
TARGET, READER, WEIGHT = 100, 15, 150  # ms of a page, ms of a reader, kB of a page
LOADED = re.compile(r'(?:<script[^>]*? src|<link rel="stylesheet" href|<img[^>]*? src)="(/[^"]*)"')
OPEN = Settings(rates=dict.fromkeys(("read", "write", "login", "add"), (10**9, 1)))


def main() -> None:
    given = arguments()
    with tempfile.TemporaryDirectory() as folder:
        place = given.ledger or made(Path(folder))
        with Ledger.open(place) as ledger:
            desk = InHand(ledger)
            found = [page for page in desk.pages() if given.only in page.path]
            print(HEAD)
            for page in found:
                page.measure(desk, given.rounds)
                tell(page)
        if given.readers:
            crowd(place, [page.addresses[0] for page in found], given.readers)


def arguments() -> Any:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("ledger", nargs="?")
    asked.add_argument("--rounds", type=int, default=10)
    asked.add_argument("--readers", type=int, default=50)
    asked.add_argument("--only", default="", help="pages whose address contains this")
    return asked.parse_args()


def made(folder: Path) -> str:
    with Ledger.open(str(folder / "made.db"), make=True) as ledger:
        fill(ledger, Maker(), 0, MADE)
    return str(folder / "made.db")


# ── one page ─────────────────────────────────────────────────────────────────────────────────────


@dataclass
class Page:
    """A page in four forms (as it is, of a day, of a party, of both), and what was measured of each."""

    path: str
    addresses: list[str] = field(default_factory=list)
    taken: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    weight: tuple[float, float, float] = (0, 0, 0)  # the page, the desk's own files, shared libraries

    def measure(self, desk: InHand, rounds: int) -> None:
        for number in range(rounds + 1):
            for form, address in desk.forms(self.path):
                status, _, clock, processor = desk.get(address)
                assert status in (200, 404, 410), f"{address}: {status}"
                if number and status == 200:  # the first round warms up
                    self.taken.setdefault(form, []).append((clock, processor))
                    self.addresses.append(address)
        self.weight = desk.weight(max(self.addresses[:8], key=lambda a: len(desk.get(a)[1])))


class InHand:
    """The application without a server in front, and what there is to ask it for."""

    def __init__(self, ledger: Ledger) -> None:
        self.app = make_app(ledger, OPEN)
        loaded()
        self.loop = asyncio.new_event_loop()
        self.turn = random.Random(7)
        self.parties = [row.id for row in ledger.parties(most=40) if row.kind != "place"]
        self.names = [row.name for row in ledger.parties(most=40) if row.kind != "place"]
        last = ledger.documents(most=1)[0].published or ""
        some = [
            f"{year}-{month:02}-15"
            for year in range(int(last[:4]) - 2, int(last[:4]) + 1)
            for month in range(1, 13)
        ]
        self.days = [*(day for day in some if day < last), last[:10]]
        self.ids = {
            "documents": [r.id for r in ledger.documents(most=200)],
            "r": [r.id for r in ledger.timeline(most=200)],
            "agreements": [r.id for r in agreements(View(ledger, most=100))],
            "parties": self.parties,
        }

    def pages(self) -> Iterator[Page]:
        for path in sorted(set(paths_of(self.app.routes))):
            if "." in path or path.startswith(("/assets/", "/static", "/api/v1")):
                continue
            if path not in ("/add", "/review/all") and self.filled(path):  # those are for who is logged in
                yield Page(path)
            else:
                print(f"left out: {path}", file=sys.stderr)

    def filled(self, path: str) -> str | None:
        """The path with an id in place of {id}, where it is known whose."""
        if "{" not in path:
            return path
        some = self.ids.get(path.split("/")[1], [])
        return path.replace("{id}", quote(self.turn.choice(some))) if some and path.count("{") == 1 else None

    def forms(self, path: str) -> Iterator[tuple[str, str]]:
        day, party = (
            self.days[-1] if "{" in path else self.turn.choice(self.days),
            self.turn.choice(self.names),
        )
        asks = "by" if path == "/figures" else "party"
        address = self.filled(path) or path
        for form, query in {
            "": {},
            "day": {"as_of": day},
            "party": {asks: party},
            "both": {"as_of": day, asks: party},
        }.items():
            yield form, address + (f"?{urlencode(query)}" if query else "")

    def get(self, address: str) -> tuple[int, bytes, float, float]:
        """(status, body as sent, ms of the clock, ms of the processor)."""
        clock, processor = time.perf_counter(), time.process_time()
        status, body = self.loop.run_until_complete(asked(self.app, address))
        return status, body, 1000 * (time.perf_counter() - clock), 1000 * (time.process_time() - processor)

    def weight(self, address: str) -> tuple[float, float, float]:
        body = self.get(address)[1]
        loads = sorted(
            set(LOADED.findall(gzip.decompress(body).decode() if body[:2] == b"\x1f\x8b" else body.decode()))
        )
        own = sum(len(self.get(a)[1]) for a in loads if a.startswith("/static/"))
        rest = sum(len(self.get(a)[1]) for a in loads if not a.startswith("/static/"))
        return len(body) / 1000, own / 1000, rest / 1000


def paths_of(routes: Iterable[Any]) -> Iterator[str]:
    for route in routes:
        if hasattr(route, "original_router"):
            yield from paths_of(route.original_router.routes)
        elif "GET" in (getattr(route, "methods", None) or ()):
            yield route.path


async def asked(app: Any, address: str) -> tuple[int, bytes]:
    path, _, query = address.partition("?")
    scope = {
        "type": "http", "method": "GET", "path": path.replace("%3A", ":").replace("%20", " "), "raw_path": path.encode(),
        "query_string": query.encode(), "headers": [(b"host", b"localhost"), (b"accept-encoding", b"gzip")],
        "client": ("127.0.0.1", 1), "server": ("localhost", 80), "scheme": "http", "http_version": "1.1", "root_path": "",
    }  # fmt: skip
    sent: list[dict[str, Any]] = []
    sent_whole: list[bool] = []

    async def receive() -> dict[str, Any]:
        if sent_whole:
            await asyncio.Event().wait()  # a reader who stays
        sent_whole.append(True)
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await app(scope, receive, send)
    return int(sent[0]["status"]), b"".join(m.get("body", b"") for m in sent[1:])


# ── what was found ───────────────────────────────────────────────────────────────────────────────


HEAD = f"{'page':<28}{'asked':<6}{'p50':>9}{'p95':>9}{'cpu p50':>9}{'cpu p95':>9}   kB: page, own, shared"


def tell(page: Page) -> None:
    for form, taken in page.taken.items():
        clock, processor = (sorted(column) for column in zip(*taken, strict=True))
        most = READER if page.path == "/documents/{id}" else TARGET
        told = "".join(f"{n:9.1f}" for n in (mid(clock), high(clock), mid(processor), high(processor)))
        weight = "" if form else "   {:.0f}, {:.0f}, {:.0f}".format(*page.weight)
        slow = " SLOW" if high(processor) > most else ""
        heavy = " HEAVY" if not form and sum(page.weight[:2]) > WEIGHT else ""
        print(f"{'' if form else page.path:<28}{form:<6}{told}{weight}{slow}{heavy}", flush=True)


def mid(taken: list[float]) -> float:
    return statistics.median(taken)


def high(taken: list[float]) -> float:
    return taken[min(len(taken) - 1, int(0.95 * len(taken)))]


# ── many readers ─────────────────────────────────────────────────────────────────────────────────


def crowd(place: str, addresses: list[str], readers: int) -> None:
    """Each reader asks for some pages one after the other, all readers at once, of a desk that another process serves."""
    command = [sys.executable, "-m", "parley", "serve", "--quiet", "--port", "0", "--ledger", place]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as served:
        try:
            assert served.stdout
            port = int(served.stdout.readline().rstrip("/\n").rpartition(":")[2])
            found: list[tuple[int, float]] = []
            threads = [
                threading.Thread(target=reads, args=(port, list(some), found))
                for some in shares(addresses, readers)
            ]
            began = time.perf_counter()
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            spent = time.perf_counter() - began
        finally:
            served.terminate()
    wrong = [status for status, _ in found if status != 200]
    times = sorted(taken for _, taken in found)
    print(
        f"\n{readers} readers at once: {len(found)} pages in {spent:.1f} s, {len(found) / spent:.0f} a second, "
        f"p50 {mid(times):.0f} ms, p95 {high(times):.0f} ms, {len(wrong)} errors {sorted(set(wrong)) or ''}"
    )


def shares(addresses: list[str], readers: int) -> Iterator[Iterable[str]]:
    turn = random.Random(11)
    for _ in range(readers):
        yield islice(turn.sample(addresses, len(addresses)), 6)


def reads(port: int, addresses: list[str], found: list[tuple[int, float]]) -> None:
    for address in addresses:
        began = time.perf_counter()
        try:
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
            line.request("GET", address)
            answer = line.getresponse()
            answer.read()
            found.append((answer.status, 1000 * (time.perf_counter() - began)))
        except OSError:
            found.append((0, 1000 * (time.perf_counter() - began)))


if __name__ == "__main__":
    main()
