"""What a ledger answers from: the facts known on a day, less what was withdrawn, rejected or told twice."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select

from parley.errors import WrongQuestion
from parley.link.names import resolve
from parley.show.known import Known, Trust, batched
from parley.show.sentences import CONTEXT, around, context
from parley.store import schema
from parley.store.keys import folded
from parley.store.ledger import Store
from parley.values import days

MOST = 3_000  # rows that one answer looks at; beyond that it says so. An export looks at all
Conditions = list[ColumnElement[bool]]
NEAR = 10  # times as many rows are the newest, among which what is common is found


@dataclass(frozen=True, slots=True)
class Cite:
    """The words behind a cell and the sentence they stand in: which dispatch, where in it (code points,
    end-exclusive), and what it was."""

    dispatch: str
    start: int
    end: int
    words: str
    agency: str | None
    published: str | None
    fact: str
    rule: str
    sentence: str = ""


@dataclass(slots=True)
class Fact:
    """A fact as known on a day. `root` is the first dispatch of its lineage; `standing` is "current", "replaced"
    (a later version of its dispatch exists) or "copy"."""

    layer: str
    row: dict[str, Any]
    root: str
    standing: str
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    verdict: str | None = None
    contested: bool = False

    def __getitem__(self, name: str) -> Any:
        return self.row[name]

    @property
    def cite(self) -> Cite:
        r = self.row
        told = (r["dispatch"], r["start"], r["end"], r["words"], r["agency"], r["published"], r["id"], r["rule"])  # fmt: skip
        return Cite(*told, self.sentence)

    @property
    def sentence(self) -> str:
        return around(self.row["context"], min(self.row["start"], CONTEXT), len(self.row["words"]))

    @property
    def day(self) -> str:
        """The day it is told of, "first..last" where that is wider than a day, else the day it was published; ""
        where neither is known."""
        first, last = self.row["first"], self.row["last"]
        if first and last and first != last:
            return f"{first}..{last}"
        return first or (self.row["published"] or "")[:10]


class View(Known):
    """The facts of a ledger as of a day, for reviewers of a kind of trust; an answer looks at the newest `most`."""

    def __init__(
        self, store: Store, as_of: str | None = None, trust: Trust = "unrejected", *, most: int = MOST
    ) -> None:
        super().__init__(store, as_of, trust)
        self.most = most
        self.cut = False
        self.spellings: dict[str, str | None] = {}
        self.keys: dict[str, list[str]] = {}

    # ── facts ────────────────────────────────────────────────────────────────────────────────────

    def facts(
        self,
        layer: str,
        *where: ColumnElement[bool],
        party: str | None = None,
        most: int | None = None,
        spoken: str | None = None,
        withdrawn: bool = False,
        common: bool = False,
    ) -> list[Fact]:
        """The newest `most` facts of a layer, oldest first. `party` takes part in them, `spoken` is spoken of in their
        dispatches; both are names as a user writes them. Facts of dispatches that were killed come only `withdrawn`;
        those that are `common` are looked for among the newest rows first."""
        table, most = schema.LAYERS[layer], min(most or self.most, self.most)
        rows = list[Any]()
        with self.store.reading() as connection:
            for near in self.ways(layer, party, spoken, most, common):
                rows = list(connection.execute(self.query(table, (*where, *near), most)).mappings())
                if len(rows) >= most:
                    break
            return self.made_of(layer, rows, most, withdrawn)

    def ways(
        self, layer: str, party: str | None, spoken: str | None, most: int, common: bool
    ) -> Iterator[Conditions]:
        """Where the newest rows are looked for first, then everywhere: if enough are near, none of the others is newer."""
        table = schema.LAYERS[layer]
        if common:
            yield [table.c.n.in_(self.newest(table, (), NEAR * most))]
        if day := self.day_of(layer, party, spoken, NEAR * most):
            yield [*self.taken_part(table, party, day), *self.told_with(table, spoken, day)]
        yield [*self.taken_part(table, party), *self.told_with(table, spoken)]

    def made_of(self, layer: str, rows: Sequence[Any], most: int, withdrawn: bool) -> list[Fact]:
        self.cut = self.cut or len(rows) == most
        self.meet(row["dispatch"] for row in rows)
        found = [
            self.fact(layer, dict(row)) for row in rows if withdrawn or row["dispatch"] not in self.withdrawn
        ]
        kept = [fact for fact in once(found) if self.trusted(fact)]
        self.fill_parts(kept)
        return sorted(kept, key=lambda f: (f["published"] or "", f["dispatch"], f["start"], f["id"]))

    def query(self, table: Any, where: Iterable[ColumnElement[bool]], most: int) -> Select[Any]:
        """The newest `most` rows are chosen by themselves; texts are looked into for those alone."""
        d, a = schema.dispatches.c, schema.additions.c
        by_hand = select(a.reading).where(a.reading == table.c.reading).scalar_subquery()
        return (
            select(table, d.agency, context(table, d.text).label("context"), by_hand.label("by_hand"))
            .join(schema.dispatches, d.id == table.c.dispatch)
            .where(table.c.n.in_(self.newest(table, where, most)))
        )

    def newest(self, table: Any, where: Iterable[ColumnElement[bool]], most: int) -> Select[tuple[int]]:
        return self.chosen(table, where).order_by(table.c.published.desc(), table.c.n.desc()).limit(most)

    def chosen(self, table: Any, where: Iterable[ColumnElement[bool]]) -> Select[tuple[int]]:
        """The rows of readings that answer, known in the view, which meet the conditions."""
        wanted = select(table.c.n).where(answers(table.c.reading), *where)
        return wanted.where(table.c.published <= self.until) if self.until else wanted

    def taken_part(self, table: Any, party: str | None, since: str | None = None) -> Conditions:
        """Facts in which a party takes part; all facts where none is named."""
        if not party:
            return []
        p = schema.parts.c
        wanted = select(p.fact).where(p.party.in_(self.keys_of(party)), p.layer == table.name)
        return [table.c.id.in_(wanted.where(p.published >= since) if since else wanted)]

    def told_with(self, table: Any, party: str | None, since: str | None = None) -> Conditions:
        """Facts of the dispatches that speak of a party, whatever its part in them; all facts where none is named."""
        if not party:
            return []
        e = schema.entities.c
        wanted = select(e.reading).where(e.party.in_(self.keys_of(party)))
        return [table.c.reading.in_(wanted.where(e.published >= since) if since else wanted)]

    def day_of(self, layer: str, party: str | None, spoken: str | None, number: int) -> str | None:
        """When a party took part, or was spoken of, for that many times, counted back from the newest; None where it
        was not."""
        p, e = schema.parts.c, schema.entities.c
        if party:
            day, of = p.published, [p.party.in_(self.keys_of(party)), p.layer == layer]
        elif spoken:
            day, of = e.published, [e.party.in_(self.keys_of(spoken))]
        else:
            return None
        known = day <= self.until if self.until else day.is_not(None)
        wanted = select(day).where(*of, known).order_by(day.desc()).offset(number).limit(1)
        with self.store.reading() as connection:
            found = connection.scalar(wanted)
        return str(found) if found else None

    def fact(self, layer: str, row: dict[str, Any]) -> Fact:
        held = self.reviews.get(row["id"])
        if held and held.after:
            row |= held.after
            if "time" in held.after:
                row["first"], row["last"] = days(row["time"])
        return Fact(
            layer, row, self.root(row["dispatch"]), self.standing(row["dispatch"]),
            verdict=held.verdict if held else None, contested=bool(held and held.contested),
        )  # fmt: skip

    def trusted(self, fact: Fact) -> bool:
        held = self.reviews.get(fact["id"])
        if fact["by_hand"] and not (held and held.added):  # taken back by who added it
            return self.trust == "all"
        if self.trust == "accepted":
            return fact.verdict in ("accept", "correct", "add")
        return self.trust == "all" or fact.verdict != "reject"

    def fill_parts(self, facts: Sequence[Fact]) -> None:
        p = schema.parts.c
        found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        layer = facts[0].layer if facts else ""
        with self.store.reading() as connection:
            for some in batched(sorted({fact["reading"] for fact in facts})):
                wanted = (
                    select(p.fact, p.role, p.party).where(p.reading.in_(some), p.layer == layer).order_by(p.n)
                )
                for fact, role, party in connection.execute(wanted):
                    found[fact][role].append(self.resolved(party))
        for fact in facts:
            fact.parts = {role: tuple(dict.fromkeys(keys)) for role, keys in found[fact["id"]].items()}
        self.learn(key for fact in facts for key in self.named_in(fact))

    def named_in(self, fact: Fact) -> Iterable[str]:
        """The keys of everybody whom a fact names, as far as they have names of their own."""
        told = (fact.row.get(column) for column in ("authority", "place", "by", "party", "toward"))
        keys = (self.resolved(str(key)) for key in told if key and str(key).count(":") == 1)
        return (key for key in (*keys, *chain(*fact.parts.values())) if not key.startswith("group:"))

    # ── names ────────────────────────────────────────────────────────────────────────────────────

    @functools.cached_property
    def aliases(self) -> dict[str, str]:
        return {link.a: link.b for link in self.links("name")}

    def resolved(self, key: str) -> str:
        """Whom a key stands for; a nameless group of a copy is that of the first dispatch."""
        if key.startswith("group:"):
            words, _, dispatch = key.rpartition("@")
            return f"{words}@{self.firsts.get(dispatch, dispatch)}"
        return resolve(key, self.aliases)

    def keys_of(self, name: str) -> list[str]:
        """Every key that a name leads to; raises WrongQuestion where there is none."""
        if name not in self.keys:
            self.keys[name] = self.looked_up(name)
        return self.keys[name]

    def looked_up(self, name: str) -> list[str]:
        words = folded(name)
        keys = {self.resolved(f"{kind}:{words}") for kind in ("person", "body", "place")}
        n = schema.names.c
        with self.store.reading() as connection:
            known = set(connection.scalars(select(n.party).where(n.party.in_(keys))))
            ending = select(n.party, n.name).where(n.party.like(f"%:% {words}")).order_by(n.name).limit(50)
            near = [] if known else connection.execute(ending).all()
        known = known or {self.resolved(row.party) for row in near}
        if len({key.partition(":")[2] for key in known}) != 1:
            raise WrongQuestion(
                f"{name}: {'several have' if known else 'nobody has'} that name in the ledger"
                + nearest(sorted({r.name for r in near}))
            )
        return sorted(known | {a for a in self.aliases if self.resolved(a) in known})

    def name(self, key: str | None) -> str | None:
        """The fullest spelling of a key, as some dispatch writes it."""
        if key is None:
            return None
        key = self.resolved(key)
        if key.startswith("group:"):
            return key[len("group:") :].rpartition("@")[0]
        return self.spelling(key) or key.partition(":")[2]

    def spelling(self, key: str) -> str | None:
        self.learn([key])
        return self.spellings[key]

    def learn(self, keys: Iterable[str | None]) -> None:
        """Look up the fullest spellings of all keys at once that are not known yet."""
        n, found = schema.names.c, defaultdict[str, list[str]](list)
        fresh = sorted({key for key in keys if key} - self.spellings.keys())
        if not fresh:
            return
        with self.store.reading() as connection:
            for some in batched(fresh):
                for party, name in connection.execute(select(n.party, n.name).where(n.party.in_(some))):
                    found[party].append(name)
        self.spellings |= {key: fullest(found[key]) for key in fresh}

    def authority(self, fact: Fact) -> str:
        """Who answers for a fact: the fullest name of who has one, else the words of the dispatch."""
        key = str(fact["authority"])
        named = key.partition(":")[0] in ("person", "body", "place") and key.count(":") == 1
        return (self.name(key) if named else None) or str(fact["authority_name"])

    def shown(self, keys: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.name(key) or "" for key in keys)

    # ── reviews and notes ────────────────────────────────────────────────────────────────────────

    def notes(self) -> tuple[str, ...]:
        """What a reader of any answer must know: what was withdrawn, what has no date, what was cut off."""
        told = []
        for dispatch, link in sorted(self.withdrawn.items()):
            told.append(
                f"withdrawn: dispatch {dispatch[:12]}, killed on {(link.published or '')[:10]} by {link.a[:12]}"
            )
        if self.until and self.undated:
            told.append(f"{self.undated} dispatches without a date of publication are left out as of a day")
        if self.cut:
            told.append(
                f"only the newest {self.most:,} rows were looked at; ask for a party, a kind or a span of days"
            )
        return tuple(told)


def answers(reading: Any) -> ColumnElement[bool]:
    """Readings that answer: the latest by the program of each dispatch, and those by hand."""
    latest, added = schema.latest.c, schema.additions.c
    return or_(
        select(latest.reading).where(latest.reading == reading).exists(),
        select(added.reading).where(added.reading == reading).exists(),
    )


def once(facts: Sequence[Fact]) -> list[Fact]:
    """What a reviewer added, and a later reading of the program found too, is told once."""
    read = {fact["id"] for fact in facts if not fact["by_hand"]}
    return [fact for fact in facts if not fact["by_hand"] or fact["id"] not in read]


def fullest(spellings: Iterable[str]) -> str | None:
    return min(
        spellings, key=lambda w: (w.isupper(), w.casefold().startswith("the "), -len(w), w), default=None
    )


def nearest(names: Sequence[str]) -> str:
    return f": {', '.join(names[:5])}" if names else "; look for a part of it with `parley search`"
