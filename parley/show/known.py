"""Known: a ledger as of a day, before any fact: what reviewers said, and which dispatches belong together."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from sqlalchemy import select

from parley.link.judgement import active, standing, touching
from parley.show.days import checked_day
from parley.store import schema
from parley.store.ledger import Store
from parley.store.reviews import NOTHING_SAID, Judged, all_judged

Trust = Literal["all", "unrejected", "accepted"]
KILLS = select(schema.links).where(schema.links.c.relation == "kill").order_by(schema.links.c.n)
VERSIONS = ("update", "correction")
COPIES = ("copy", "near copy")


class Known:
    """The ledger as of a day (ISO 8601; the whole day, or to the minute given), for reviewers of a kind of trust."""

    def __init__(self, store: Store, as_of: str | None = None, trust: Trust = "unrejected") -> None:
        self.store, self.as_of, self.trust = store, checked_day(as_of), trust
        self.met: set[str] = set()  # dispatches whose lineage is known
        self.parents: dict[str, Any] = {}  # … their links to the one before
        self.replaced: dict[str, Any] = {}  # … and of which a later version is known, with its link
        self.firsts: dict[str, str] = {}  # … and the first of their lineage, as keys of groups write them

    @property
    def until(self) -> str | None:
        """The last moment of the view, as text that sorts behind every stamp of that day or minute."""
        return None if self.as_of is None else self.as_of + "~"

    @functools.cached_property
    def reviews(self) -> dict[str, Judged]:
        _, before = self.store.judged.get("reviews", (None, NOTHING_SAID))
        return self.store.once("reviews", lambda connection: all_judged(connection, before)).by_target

    def last_day(self) -> str | None:
        """The day of the newest dispatch known in the view."""
        d = schema.dispatches.c
        wanted = select(d.published).where(d.published.is_not(None)).order_by(d.published.desc()).limit(1)
        with self.store.reading() as connection:
            found = connection.scalar(wanted.where(d.published <= self.until) if self.until else wanted)
        return found[:10] if found else None

    @functools.cached_property
    def undated(self) -> int:
        d = schema.dispatches.c
        undated = select(d.n).where(d.published.is_(None)).limit(1000)
        with self.store.reading() as connection:
            return len(connection.execute(undated).all())

    # ── lineage ──────────────────────────────────────────────────────────────────────────────────

    def meet(self, dispatches: Iterable[str]) -> None:
        """Learn the lineages of these dispatches, whole; what is known already is not asked for again."""
        fresh = set(dispatches) - self.met
        if not fresh:
            return
        while fresh:
            found = self.lineage_links(fresh)
            self.met |= fresh
            for link in found:
                self.parents[link.a] = link
                if link.relation in VERSIONS:
                    self.replaced[link.b] = link
            fresh = {d for link in found for d in (link.a, link.b)} - self.met
        self.firsts = {child[:12]: self.root(child)[:12] for child in self.parents}

    def lineage_links(self, ids: Iterable[str]) -> list[Any]:
        with self.store.reading() as connection:
            found = [k for some in batched(sorted(ids)) for k in touching(connection, "lineage", some)]
        return [k for k in found if self.knows(k) and not self.rejected(k.id)]

    def parent(self, dispatch: str) -> Any | None:
        """The link of a dispatch to the one it is a version or copy of, as known on the day."""
        self.meet([dispatch])
        return self.parents.get(dispatch)

    def links(self, kind: str) -> list[Any]:
        found = self.store.once(f"links {kind}", lambda connection: standing(connection, kind))
        return [link for link in found if self.knows(link) and not self.rejected(link.id)]

    def knows(self, link: Any) -> bool:
        if self.until is None:
            return link.until is None
        return (
            link.published is not None
            and link.published <= self.until
            and not (link.until and link.until <= self.until)
        )

    def rejected(self, id: str) -> bool:
        held = self.reviews.get(id)
        return self.trust != "all" and held is not None and held.verdict == "reject"

    def root(self, dispatch: str) -> str:
        seen = {dispatch}
        while (link := self.parents.get(dispatch)) and link.b not in seen:
            dispatch = link.b
            seen.add(dispatch)
        return dispatch

    @functools.cached_property
    def withdrawn(self) -> dict[str, Any]:
        """Dispatches that a kill takes back, with the kill's link: the killed one, its earlier versions and copies."""
        kills = self.store.once("kills", lambda connection: active(connection, KILLS, {}))
        killers = [k.a for k in kills if self.knows(k) and not self.rejected(k.id)]
        if not killers:
            return {}
        self.meet(killers)
        killed = {self.root(d): self.parents[d] for d in killers if d in self.parents}
        members = {d for d in self.met if self.root(d) in killed} - set(killers)
        before = self.published_of(members)
        by = {d: killed[self.root(d)] for d in sorted(members)}
        return {d: kill for d, kill in by.items() if (before[d] or "") <= (kill.published or "")}

    def standing(self, dispatch: str) -> str:
        if dispatch in self.replaced:
            return "replaced"
        link = self.parents.get(dispatch)
        return "copy" if link is not None and link.relation in COPIES else "current"

    def published_of(self, ids: Iterable[str]) -> dict[str, str | None]:
        d = schema.dispatches.c
        found: dict[str, str | None] = {}
        with self.store.reading() as connection:
            for some in batched(sorted(ids)):
                found |= dict(connection.execute(select(d.id, d.published).where(d.id.in_(some))).all())
        return found


def batched(items: Sequence[str], size: int = 500) -> Iterable[Sequence[str]]:
    return (items[i : i + size] for i in range(0, len(items), size))
