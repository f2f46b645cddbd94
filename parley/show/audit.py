"""`audit`: the books of people held. taken − released − rescued − recovered dead = held, within bounds.

Where the stated figures cannot all be true the audit says by how many they differ; it never says which is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from sqlalchemy import func, select

from parley.lang import table as words_of
from parley.show.answer import Answer, bounds_words
from parley.show.known import batched
from parley.show.view import Cite, Fact, View
from parley.show.wished import wished
from parley.store.schema import counts, entities

STATES = {
    "kidnapped": "taken",
    "released": "released",
    "rescued": "rescued",
    "dead": "recovered dead",
    "held": "held",
}
Interval = tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the books. `counted` says whether it enters the sum, and if not, why: "part of another",
    "told again", "within a total", "believed", "earlier figure", "before the taking"."""

    id: str
    book: str
    day: str
    published: str | None
    low: int
    high: int | None
    who: str
    authority: str
    counted: str
    words: str
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class Balance:
    """The sum, as of the last figure of those held. `unaccounted` is None where a book is missing."""

    holder: str | None
    population: str
    as_of: str | None
    taken: Interval | None
    released: Interval
    rescued: Interval
    recovered: Interval
    held: Interval | None
    unaccounted: tuple[int, int | None] | None
    verdict: str
    remarks: tuple[str, ...]
    entries: tuple[Entry, ...]
    cites: tuple[Cite, ...]


def audit(view: View, *, by: str | None = None, who: str = "hostages") -> Answer[Balance]:
    """The books of people held as hostages (never of prisoners held under a law), one for each holder; `by` whom."""
    state = (
        counts.c.status if by else func.coalesce(counts.c.status, "")
    )  # no index of states: nearly all are wanted
    before, view.cut = view.cut, False
    told = view.facts("counts", state.in_(STATES), spoken=by)
    cut, view.cut = view.cut, view.cut or before
    if cut:  # entries are missing: a sum of the rest would be wrong
        return Answer(
            "audit",
            (),
            (*view.notes(), f"the books are not summed: more than {view.most:,} figures; name a holder"),
        )
    books = books_of(view, told)
    wanted = {view.resolved(k) for k in view.keys_of(by)} if by else set(books)
    rows = [balance(view.name(h), who, booked(books[h])) for h in sorted(wanted & set(books), key=str)]
    return Answer("audit", tuple(rows), view.notes())


def books_of(view: View, told: Sequence[Fact]) -> dict[str | None, list[Fact]]:
    """The figures that go into books, by holder; without those of copies, earlier versions, and mere wishes."""
    named = wished(view, told)
    facts = [f for f in told if f.standing == "current" and f["id"] not in named]
    return by_holder(view, [f for f in facts if belongs(f)])


def by_holder(view: View, facts: list[Fact]) -> dict[str | None, list[Fact]]:
    """Each figure under the one holder that it, or its dispatch, names; where two come into question it stays in
    no book, and where none is known anywhere all are one."""
    holders = {view.resolved(f["by"]) for f in facts if f["by"] and f["status"] in ("kidnapped", "held")}
    named = names_in(view, {f["dispatch"] for f in facts}, holders)
    found: dict[str | None, list[Fact]] = {}
    for fact in facts:
        mine = {view.resolved(fact["by"])} & holders if fact["by"] else set()
        near = mine or named.get(fact["dispatch"], set()) or holders
        if len(near) <= 1:
            found.setdefault(next(iter(near), None), []).append(fact)
    return {h: fs for h, fs in found.items() if any(f["status"] in ("kidnapped", "held") for f in fs)}


def names_in(view: View, ids: set[str], wanted: set[str]) -> dict[str, set[str]]:
    """Which of the wanted parties each dispatch speaks of."""
    e, found = entities.c, dict[str, set[str]]()
    with view.store.reading() as connection:
        for some in batched(sorted(ids)):
            for dispatch, party in connection.execute(
                select(e.dispatch, e.party).where(e.dispatch.in_(some))
            ):
                if (key := view.resolved(party)) in wanted:
                    found.setdefault(dispatch, set()).add(key)
    return found


def belongs(fact: Fact) -> bool:
    """Hostages by name, or whoever was kidnapped; of the freed, held and dead only those told as hostages, or told
    by a dispatch that counts them so."""
    known = words_of("ledger")["books"]
    if fact["population"] in known["never"]:
        return False
    if fact["status"] in ("kidnapped",):
        return True
    if fact["status"] == "dead":
        return fact["population"] in known["always"]
    return fact["population"] in known["always"] or fact["population"] in known["where_kidnapped"]


# ── entries ──────────────────────────────────────────────────────────────────────────────────────


def booked(facts: list[Fact]) -> list[Entry]:
    """Every figure as an entry, with why it counts or does not."""
    books = {f["id"]: f["status"] for f in facts}
    found: list[Entry] = []
    for fact in facts:
        part = books.get(fact["part_of"]) == fact["status"]
        found.append(entry(fact, "part of another" if part else counted(fact, fact.sentence, found)))
    return within_totals(after_the_taking(found))


def after_the_taking(entries: list[Entry]) -> list[Entry]:
    """Who was freed before anybody was taken is of another story: "the last exchange, in May"."""
    first = min((e.day for e in entries if e.book == "taken" and e.counted == "yes"), default="")
    return [
        replace(e, counted="before the taking") if e.book != "taken" and e.day < first else e for e in entries
    ]


def counted(fact: Fact, sentence: str, before: list[Entry]) -> str:
    if fact["believed"]:
        return "believed"
    same = [e for e in before if e.book == STATES[fact["status"]] and (e.low, e.high) == interval(fact)]
    if any(e.day == fact.day or not fact["first"] or e.published == fact["published"] for e in same):
        return "told again"
    return "total" if re.search(words_of("ledger")["total"], sentence, re.I) else "yes"


def interval(fact: Fact) -> Interval:
    return fact["low"] or 0, fact["high"]


def entry(fact: Fact, counted: str) -> Entry:
    low, high = interval(fact)
    return Entry(fact["id"], STATES[fact["status"]], fact.day, fact["published"], low, high, fact["who"],
                 fact["authority_name"], counted, fact["words"], (fact.cite,))  # fmt: skip


def within_totals(entries: list[Entry]) -> list[Entry]:
    """A later figure of a book that is at least the sum of those before it is a total that contains them, where its
    words say so; of two figures of those held the later one counts."""
    found = list(entries)
    for i, e in enumerate(found):
        earlier = [j for j in range(i) if found[j].book == e.book and found[j].counted in ("yes", "total")]
        if e.counted == "total" or (e.counted == "yes" and e.book == "held"):
            why = "earlier figure" if e.book == "held" else "within a total"
            for j in earlier:
                found[j] = replace(found[j], counted=why)
    return found


# ── the sum ──────────────────────────────────────────────────────────────────────────────────────


def balance(holder: str | None, who: str, entries: list[Entry]) -> Balance:
    """What must be true if every counted entry is: the sum at the last figure of those held."""
    held = [e for e in entries if e.book == "held" and e.counted in ("yes", "total")]
    at = max((e.published or "" for e in held), default=None)
    counts_in = [
        e for e in entries if e.counted in ("yes", "total") and (at is None or (e.published or "") <= at)
    ]
    sums = {book: added([e for e in counts_in if e.book == book]) for book in STATES.values()}
    has_taken = any(e.book == "taken" for e in counts_in)
    taken, held_now = (sums["taken"] if has_taken else None), (sums["held"] if held else None)
    gone = added_up(sums["released"], sums["rescued"], sums["recovered dead"])
    open_ = difference(taken, gone, held_now) if taken and held_now else None
    return Balance(
        holder, who, at or max((e.published or "" for e in entries), default=None), taken, sums["released"], sums["rescued"],
        sums["recovered dead"], held_now, open_, verdict(taken, held_now, open_, gone), remarks(entries),
        tuple(entries), tuple(c for e in counts_in for c in e.cites),
    )  # fmt: skip


def added(entries: list[Entry]) -> Interval:
    return added_up(*((e.low, e.high) for e in entries))


def added_up(*intervals: Interval) -> Interval:
    highs = [high for _, high in intervals]
    return sum(low for low, _ in intervals), None if None in highs else sum(h for h in highs if h is not None)


def difference(taken: Interval, gone: Interval, held: Interval) -> tuple[int, int | None]:
    """taken − gone − held, as the least and the most it can be. Where a subtracted figure is open above, so that
    nothing would be sure, the least is counted with its stated lower bound."""
    low = taken[0] - top(gone) - top(held)
    high = None if taken[1] is None else taken[1] - gone[0] - held[0]
    return low, high


def top(interval: Interval) -> int:
    return interval[0] if interval[1] is None else interval[1]


def verdict(
    taken: Interval | None, held: Interval | None, open_: tuple[int, int | None] | None, gone: Interval
) -> str:
    if taken is None:
        return "no figure of those taken"
    if open_ is None:
        low = taken[0] - top(gone)
        return f"no figure of those held; {bounds_words(low, low if taken[1] == taken[0] else None)} would be, by the rest"
    low, high = open_
    if low > 0:
        return f"{bounds_words(low, high)} unaccounted for"
    if high is not None and high < 0:
        return f"the population changed: {bounds_words(-high, -low)} more are told of than were taken"
    return "balances"


def remarks(entries: list[Entry]) -> tuple[str, ...]:
    """What a reader of the sum must know: backdated additions, populations that changed, books begun anew."""
    told = []
    for book in STATES.values():
        mine = [
            e
            for e in entries
            if e.book == book and e.counted in ("yes", "total", "within a total", "earlier figure")
        ]
        for before, now in pairwise(mine):
            told += between(before, now)
    open_above = [
        e for e in entries if e.counted in ("yes", "total") and e.high is None and e.book not in ("taken",)
    ]
    told += [
        f"{e.book} {bounds_words(e.low, e.high)}: open above, counted at its lower bound" for e in open_above
    ]
    return tuple(told)


def between(before: Entry, now: Entry) -> list[str]:
    words = f"{now.book} {bounds_words(now.low, now.high)} on {now.day}"
    if (
        now.book == "taken"
        and now.day < (before.published or "")[:10]
        and now.day != before.day
        and now.counted == "yes"
    ):
        return [f"backdated addition: {words}, published {(now.published or '')[:10]}"]
    if now.book == "taken" and now.counted == "yes":
        return [f"the population changed: {words}"]
    if now.book != "held" and now.counted == "total" and top((now.low, now.high)) * 2 < before.low:
        return [f"restarts: {words}, after {bounds_words(before.low, before.high)} on {before.day}"]
    return []
