"""How a ledger grows: adding, every question and search, at 1,000, 10,000 and 100,000 made-up dispatches.

    python benchmarks/ledger.py [SIZE …] [--shuffled] [--keep FOLDER]

Records are made by a generator, not by reading, and come in the order of their publication, as a feed or an archive
brings them; with --shuffled, in no order: then every row falls on another page of the file. Each question is asked with what a user would give (a party, a kind,
a week), as of a day, at least nine times in turns; figures are medians in milliseconds, and the peak of memory.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from parley.cli.ledger import AT_ONCE
from parley.document import Document, Entity, Part
from parley.facts import Agreement, Claim, Count, Event, Facts, Position, Source
from parley.ledger import Ledger
from parley.record import Record
from parley.values import Span

STATUSES = ("dead", "wounded", "kidnapped", "held", "released", "missing")
TYPES = ("CONSULT", "ASSAULT", "RETREAT", "REQUEST", "ACCUSE", "AGREE")
ISSUES = ("truce", "hostages", "prisoners", "aid", "withdrawal")
SYLLABLES = (
    "ka",
    "lo",
    "mi",
    "ren",
    "tas",
    "vo",
    "del",
    "shu",
    "bar",
    "nor",
    "pel",
    "gri",
    "zan",
    "ul",
    "fe",
    "dro",
)
START = date(2020, 1, 1)
DAYS = 1500


class Maker:
    """Records about 40 invented conflicts of eight parties each; the same seed makes the same records."""

    def __init__(self, seed: int = 1, *, last: int | None = None) -> None:
        """With `last`, the number of the last record, the records are in order of publication."""
        self.random, self.last = random.Random(seed), last
        self.words = [self.word() for _ in range(6000)]
        self.conflicts = [
            [f"{self.word().title()} {self.word().title()}" for _ in range(8)] for _ in range(40)
        ]

    def word(self) -> str:
        return "".join(self.random.choice(SYLLABLES) for _ in range(self.random.randint(2, 4)))

    def record(self, number: int) -> Record:
        after = self.random.randrange(DAYS) if self.last is None else number * DAYS // self.last
        day = START + timedelta(after)
        parties = self.random.sample(self.random.choice(self.conflicts), 4)
        self.text, self.at = "", 0
        spans = [self.add(name) for name in parties]
        entities = tuple(
            Entity(f"p{i}", name, "person" if i == 3 else "organization", (span,))
            for i, (name, span) in enumerate(zip(parties, spans, strict=True))
        )
        facts = self.facts(day)
        document = Document(
            self.text, (Part(Span(0, len(self.text))),), day.isoformat(), "VNA", source_id=f"{number}.txt"
        )
        return Record(document, entities, (), facts, "made by a generator")

    def add(self, words: str) -> Span:
        """The words at the end of the text, behind some other words."""
        self.text += " ".join(self.random.choices(self.words, k=8)) + " "
        start = len(self.text)
        self.text += words + ". "
        return Span(start, start + len(words))

    def facts(self, day: date) -> Facts:
        pick, told = self.random.choice, day.isoformat()
        claims = tuple(
            Claim(
                f"c{i}",
                self.add(" ".join(self.random.choices(self.words, k=9))),
                Source("body", None, f"p{i % 4}"),
                "indirect",
                "say",
            )
            for i in range(5)
        )
        counts = tuple(
            Count(
                f"n{i}",
                self.add(str(n := self.random.randint(2, 90))),
                n,
                pick((n, None)),
                pick(STATUSES),
                pick(("hostages", "civilians", "soldiers")),
                by="p0",
                time=told,
                claim=f"c{i}",
            )
            for i in range(2)
        )
        events = tuple(
            Event(
                f"e{i}",
                self.add(pick(self.words)),
                pick(TYPES),
                ("p0",),
                (pick(("p1", "p2")),),
                pick(("occurred", "planned")),
                time=told,
            )
            for i in range(3)
        )
        position = Position(
            "o1",
            self.add("seeks this"),
            "p1",
            pick(("demands", "offers", "refuses")),
            pick(ISSUES),
            claim="c1",
        )
        agreement = Agreement(
            "a1", self.add("a truce"), "truce", pick(("proposed", "agreed", "collapsed")), ("p0", "p1")
        )
        return Facts(claims, counts, events, (position,), (agreement,) if self.random.random() < 0.2 else ())


def questions(ledger: Ledger, maker: Maker, turn: random.Random) -> dict[str, Callable[[], object]]:
    """One call a question, with a party, a day and a week drawn anew."""
    party = turn.choice(turn.choice(maker.conflicts))
    day = START + timedelta(turn.randrange(30, DAYS))
    as_of, since = day.isoformat(), (day - timedelta(7)).isoformat()
    named = {"as_of": as_of, "party": party}
    word = turn.choice(maker.words)
    return {
        "figures": lambda: ledger.figures(as_of=as_of, by=party, status=turn.choice(STATUSES)),
        "figures, a week": lambda: ledger.figures(as_of=as_of, since=since),
        "audit": lambda: ledger.audit(as_of=as_of, by=party),
        "timeline": lambda: ledger.timeline(**named),
        "timeline, a week": lambda: ledger.timeline(as_of=as_of, since=since),
        "meetings": lambda: ledger.meetings(**named),
        "positions": lambda: ledger.positions(**named),
        "agreements": lambda: ledger.agreements(**named),
        "sources": lambda: ledger.sources(**named),
        "conflicts": lambda: ledger.conflicts(as_of=as_of, since=since),
        "who": lambda: ledger.who(party, as_of=as_of),
        "diff": lambda: ledger.diff(f"{turn.randrange(1000)}.txt"),
        "search": lambda: ledger.search(word),
        "search, two words": lambda: ledger.search(f"{word} {turn.choice(maker.words)}"),
        "brief": lambda: ledger.brief(as_of=as_of, party=party),
    }


def fill(ledger: Ledger, maker: Maker, start: int, stop: int) -> float:
    """Records added a second, some at a time, as `parley add` does; making them is not counted."""
    spent = 0.0
    for number in range(start, stop, AT_ONCE):
        records = [maker.record(n) for n in range(number, min(number + AT_ONCE, stop))]
        began = time.perf_counter()
        ledger.add_all(records)
        spent += time.perf_counter() - began
    return (stop - start) / spent


def medians(ledger: Ledger, maker: Maker, rounds: int = 9) -> dict[str, float]:
    turn, taken = random.Random(7), dict[str, list[float]]()
    for _ in range(rounds):
        for name, ask in questions(ledger, maker, turn).items():
            began = time.perf_counter()
            ask()
            taken.setdefault(name, []).append(1000 * (time.perf_counter() - began))
    return {name: statistics.median(times) for name, times in taken.items()}


def grown(
    sizes: list[int], folder: Path, *, shuffled: bool
) -> Iterator[tuple[int, float, dict[str, float], float, float]]:
    """(size, records added a second, medians, MiB of the ledger, MiB of memory at the most)."""
    path, maker, done = folder / "made.db", Maker(last=None if shuffled else max(sizes)), 0
    with Ledger.open(str(path), make=True) as ledger:
        for size in sizes:
            rate = fill(ledger, maker, done, size)
            done = size
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            disk = sum(file.stat().st_size for file in folder.glob("made.db*")) / 2**20
            yield size, rate, medians(ledger, maker), disk, peak


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("sizes", nargs="*", type=int, default=[1_000, 10_000, 100_000])
    asked.add_argument("--shuffled", action="store_true")
    asked.add_argument("--keep", type=Path)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for size, rate, found, disk, peak in grown(
            given.sizes, given.keep or Path(folder), shuffled=given.shuffled
        ):
            print(
                f"\n{size:,} dispatches: {rate:.0f} added a second, ledger {disk:.0f} MiB, memory at most {peak:.0f} MiB"
            )
            for name, taken in found.items():
                print(f"  {name:<20} {taken:8.1f} ms")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
