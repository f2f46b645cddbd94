"""What a dispatch changes in the answers of a ledger → alerts, each on somebody's word and with its characters.

An alert tells what is said, and what was said before; never which is so. Its id is a hash of what it tells of which
dispatch, so that the same is not told twice.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from itertools import product
from typing import Any, Literal, Protocol, TypeVar, get_args

from sqlalchemy import select

from parley.errors import WrongQuestion
from parley.show.agreements import agreements
from parley.show.answer import Answer, bounds_words
from parley.show.audit import STATES as IN_BOOKS
from parley.show.audit import Balance, audit
from parley.show.documents import HEADLINE
from parley.show.figures import Figure, figures_of
from parley.show.meetings import meetings
from parley.show.positions import AGENCY, OWN, Line, positions
from parley.show.view import Cite, View
from parley.store.keys import digest
from parley.store.schema import LAYERS, counts, dispatches, latest

Kind = Literal["agreement", "figure", "position", "meeting", "correction", "books"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Alert:
    """`words` are a line for a reader; `before` and `after` what the ledger answers without and with the dispatch.
    `start` and `end` are the characters of the dispatch (code points, end-exclusive) that `quote` gives. The rest is
    what a rule may ask for."""

    id: str
    kind: Kind
    words: str
    before: str | None
    after: str
    dispatch: str
    start: int
    end: int
    quote: str
    agency: str | None
    published: str | None
    parties: tuple[str, ...] = ()
    authority: str | None = None
    status: str | None = None
    issue: str | None = None
    form: str | None = None
    state: str | None = None

    def link(self, desk: str) -> str:
        """Where a desk shows the dispatch with these characters lit."""
        at = f"{self.start}-{self.end}"
        return f"{desk}/documents/{self.dispatch}?at={at}#c{at}"

    def to_dict(self, desk: str) -> dict[str, Any]:
        """Plain values, with the link."""
        return asdict(self) | {"parties": list(self.parties), "link": self.link(desk)}


def alert_of(plain: dict[str, Any]) -> Alert:
    """The alert that `to_dict` gave; fields that an older version did not know are empty."""
    known = {name: plain.get(name) for name in Alert.__dataclass_fields__}
    return Alert(**known | {"parties": tuple(plain.get("parties") or ())})


@dataclass(frozen=True, slots=True)
class Rule:
    """Which alerts are wanted: of a kind, and of these only those in which each field that is given is found. Names
    may be a part of the name; `state` is any of several, and without it one of DECIDED."""

    on: Kind
    party: str | None = None
    authority: str | None = None
    agency: str | None = None
    status: str | None = None
    issue: str | None = None
    form: str | None = None
    state: tuple[str, ...] = ()

    def wants(self, alert: Alert) -> bool:
        states = self.state or DECIDED.get(self.on)
        if alert.kind != self.on or (states and alert.state not in states):
            return False
        exact = ((self.status, alert.status), (self.issue, alert.issue), (self.form, alert.form))
        named: tuple[tuple[str | None, tuple[str | None, ...]], ...] = (
            (self.party, alert.parties),
            (self.authority, (alert.authority,)),
            (self.agency, (alert.agency,)),
        )
        return all(asked in (None, held) for asked, held in exact) and all(
            asked is None or any(asked.casefold() in (name or "").casefold() for name in held)
            for asked, held in named
        )


# What is told of without a `state`: an agreement once it is one, a meeting once it is settled.
DECIDED = {
    "agreement": ("agreed", "in force", "extended", "collapsed"),
    "meeting": ("held", "cancelled"),
}


def alerts(before: View, after: View, dispatch: str, kinds: Collection[Kind] = KINDS) -> list[Alert]:
    """What the dispatch changes in the answers from one view to the other, which has it."""
    concerned = [kind for kind in KINDS if kind in kinds and concerns(after, dispatch, kind)]
    found = [alert for kind in concerned for alert in WATCHED[kind](before, after, dispatch)]
    return list({alert.id: alert for alert in found}.values())


def concerns(view: View, dispatch: str, kind: Kind) -> bool:
    """May the dispatch change an answer of that kind? Most dispatches tell nothing of the kind."""
    if kind == "correction" or (kind == "books" and dispatch in kin(view, dispatch)):
        return True
    told = told_in(view, dispatch, *WHAT[kind])
    return not told.isdisjoint(NEEDED.get(kind, told))


# What a dispatch must tell of to change an answer: a layer, a column there, and which values of it will do.
NEEDED = {"meeting": {"CONSULT"}, "books": set(IN_BOOKS)}
WHAT = {
    "agreement": ("agreements", "kind"),
    "figure": ("counts", "status"),
    "position": ("positions", "issue"),
    "meeting": ("events", "type"),
    "books": ("counts", "status"),
}


def told_in(view: View, dispatch: str, layer: str, column: str) -> set[str]:
    """The values of a column in the facts that a dispatch tells."""
    table = LAYERS[layer]
    wanted = select(table.c[column]).where(table.c.reading == latest.c.reading, latest.c.dispatch == dispatch)
    with view.store.reading() as connection:
        return set(connection.scalars(wanted))


def kin(view: View, dispatch: str) -> set[str]:
    """The dispatches that a version or a kill joins, this one among them; none where it stands alone."""
    view.meet([dispatch])
    return {d for link in view.parents.values() for d in (link.a, link.b)}


# ── what is the same thing before and after ──────────────────────────────────────────────────────


class Row(Protocol):
    @property
    def cites(self) -> tuple[Cite, ...]: ...


R = TypeVar("R", bound=Row)


def changed(before: Iterable[R], after: Iterable[R], dispatch: str) -> Iterator[tuple[R | None, R, Cite]]:
    """Each row that the dispatch has a part in, with the row that it was before and the words of its part. They are
    the same thing where they share a fact: a name may be spelled otherwise by now."""
    held = {cite.fact: row for row in before for cite in row.cites}
    for row in after:
        mine = next((cite for cite in row.cites if cite.dispatch == dispatch), None)
        if mine:
            yield next((held[c.fact] for c in row.cites if c.fact in held), None), row, mine


def made(
    kind: Kind, subject: Sequence[Any], cite: Cite, words: str, before: str | None, after: str, **asked: Any
) -> Alert:
    id = digest(kind, cite.dispatch, list(subject), after)
    where = (cite.dispatch, cite.start, cite.end, cite.words, cite.agency, cite.published)
    return Alert(id, kind, words + (f". Before: {before}" if before else ""), before, after, *where, **asked)


def voice(cite: Cite) -> str:
    return f"{cite.agency or 'An unnamed agency'} says"


# ── the six kinds ────────────────────────────────────────────────────────────────────────────────


def of_agreements(before: View, after: View, dispatch: str) -> Iterator[Alert]:
    """An agreement that was not told of, or was not so far."""
    for old, new, cite in changed(agreements(before), agreements(after), dispatch):
        was = old.state if old else None
        if new.state != was:
            words = f"{voice(cite)}: {new.kind}{among(new.parties)}, {new.state}"
            asked = {"parties": (*new.parties, *new.mediators), "form": new.kind, "state": new.state}
            yield made("agreement", (new.kind, *new.parties), cite, words, was, new.state, **asked)


def of_figures(before: View, after: View, dispatch: str) -> Iterator[Alert]:
    """A figure that its own authority told otherwise before."""
    last: dict[tuple[str, str, str | None], Figure] = {}
    for new in of_its_voices(after, dispatch):
        series = new.series, new.authority, new.place
        old = last.get(series)
        if not (new.part or new.standing == "in terms"):
            last[series] = new
        mine = new.cites[0].dispatch == dispatch and new.standing == "latest" and new.change in CHANGED
        if old and mine:
            yield of_figure(old, new)


def of_its_voices(view: View, dispatch: str) -> list[Figure]:
    """The figures of those who give figures in the dispatch, under all their names."""
    mine = {view.resolved(key) for key in told_in(view, dispatch, "counts", "authority")}
    keys = mine | {key for key in view.aliases if view.resolved(key) in mine}
    statuses = told_in(view, dispatch, "counts", "status")
    return figures_of(view, view.facts("counts", counts.c.authority.in_(keys), counts.c.status.in_(statuses)))


def of_figure(old: Figure, new: Figure) -> Alert:
    told = f"{told_figure(new)}{f', {new.place}' if new.place else ''}"
    asked = {"parties": tuple(filter(None, (new.by,))), "authority": new.authority, "status": new.status}
    words, was = f"{new.authority} says: {told}", f"{told_figure(old)} ({old.day})"
    return made("figure", (new.series, new.authority), new.cites[0], words, was, told, **asked)


CHANGED = ("up", "down", "restart")


def told_figure(figure: Figure) -> str:
    return f"{bounds_words(figure.low, figure.high, figure.approximate)} {figure.who} {figure.status}"


def of_positions(before: View, after: View, dispatch: str) -> Iterator[Alert]:
    """A party that holds something else on an issue than it held, by the same kind of voice."""
    for issue, party in product(
        sorted(told_in(after, dispatch, "positions", "issue")),
        sorted({after.name(key) or "" for key in told_in(after, dispatch, "positions", "party")}),
    ):
        lines = lines_of(before, issue, party), lines_of(after, issue, party)
        for old, new, cite in changed(*lines, dispatch):
            if old and old.stance != new.stance:
                yield of_position(old, new, cite)


def lines_of(view: View, issue: str, party: str) -> Answer[Line]:
    """The lines on an issue; of one party, where it is known by its name alone."""
    try:
        return positions(view, issue=issue, party=party)
    except WrongQuestion:
        return positions(view, issue=issue)


def of_position(old: Line, new: Line, cite: Cite) -> Alert:
    told = f"{new.stance}, {new.issue}"
    who = {OWN: f"{new.party} says", AGENCY: f"{voice(cite)} of {new.party}"}
    words = f"{who.get(new.voice, f'{new.authority} says of {new.party}')}: {told}"
    asked = {
        "parties": tuple(filter(None, (new.party, new.toward))), "authority": new.authority,
        "issue": new.issue, "state": new.stance,
    }  # fmt: skip
    subject = (new.party, new.issue, new.voice)
    return made("position", subject, cite, words, f"{old.stance}, {old.issue}", told, **asked)


def of_meetings(before: View, after: View, dispatch: str) -> Iterator[Alert]:
    """A meeting told of that was held or called off, and was not so before; or is planned anew."""
    for old, new, cite in changed(meetings(before), meetings(after), dispatch):
        was = old.state if old else None
        if new.state != was and (old or new.state != "held"):
            words = (
                f"{voice(cite)}: meeting{among(new.parties)}{f', {new.day}' if new.day else ''}, {new.state}"
            )
            yield made(
                "meeting", new.parties, cite, words, was, new.state, parties=new.parties, state=new.state
            )


def of_corrections(before: View, after: View, dispatch: str) -> Iterator[Alert]:
    """A kill or a correction of a dispatch that the ledger has, whichever of the two came later."""
    known = {link.id for link in before.links("lineage")}
    for link in after.links("lineage"):
        if link.relation in VERBS and dispatch in (link.a, link.b) and link.id not in known:
            opening, cite = opening_of(after, link.a), opening_of(after, link.b)
            day = (cite.published or "undated")[:10]
            words = f"{opening.agency or 'An unnamed agency'} {VERBS[link.relation]} its dispatch of {day}: {link.reason}"
            yield made(
                "correction", (link.b,), opening, words, cite.words, link.relation, state=link.relation
            )


VERBS = {"kill": "kills", "correction": "corrects"}


def opening_of(view: View, dispatch: str) -> Cite:
    """How a dispatch begins, as its characters."""
    d = dispatches.c
    with view.store.reading() as connection:
        row = connection.execute(select(d.text, d.agency, d.published).where(d.id == dispatch)).one()
    line = next(filter(str.strip, row.text.splitlines()), "")[:HEADLINE]
    start = row.text.find(line)
    return Cite(dispatch, start, start + len(line), line, row.agency, row.published, "", "")


def of_books(before: View, after: View, dispatch: str) -> Iterator[Alert]:
    """Books of people held that added up, or could not be summed, and now do not add up."""
    held = {entry.id: balance for balance in summed(before, dispatch) for entry in balance.entries}
    for new in summed(after, dispatch):
        old = next((held[e.id] for e in new.entries if e.id in held), None)
        if off(new) and not (old and off(old)):
            mine = [c for e in new.entries for c in e.cites if c.dispatch == dispatch]
            cite = mine[-1] if mine else opening_of(after, dispatch)
            words = f"By the figures told, {new.population}{f' held by {new.holder}' if new.holder else ''}: {new.verdict}"
            asked = {"parties": tuple(filter(None, (new.holder,))), "authority": cite.agency}
            yield made(
                "books",
                (new.holder, new.population),
                cite,
                words,
                old.verdict if old else None,
                new.verdict,
                **asked,
            )


def summed(view: View, dispatch: str) -> list[Balance]:
    """The books; of a ledger that has too many figures to sum all of them, those of the holders that the dispatch
    names."""
    whole = list(audit(view))
    if whole or not view.cut:
        return whole
    holders = {view.name(key) for key in told_in(view, dispatch, "counts", "by") if key}
    found: list[Balance] = []
    for holder in sorted(filter(None, holders)):
        with suppress(WrongQuestion):
            found += audit(view, by=holder)
    return found


def off(balance: Balance) -> bool:
    """Must some of the figures be wrong, or something be missing?"""
    if balance.unaccounted is None:
        return False
    low, high = balance.unaccounted
    return low > 0 or (high is not None and high < 0)


def among(parties: Sequence[str]) -> str:
    return f" of {' and '.join(parties)}" if parties else ""


WATCHED: dict[Kind, Callable[[View, View, str], Iterator[Alert]]] = {
    "agreement": of_agreements,
    "figure": of_figures,
    "position": of_positions,
    "meeting": of_meetings,
    "correction": of_corrections,
    "books": of_books,
}
