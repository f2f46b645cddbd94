"""`readings`: how many dispatches were read when, and by which rules; what came in and when rules changed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, literal_column, select

from parley.show.answer import Answer
from parley.show.view import View
from parley.store.schema import additions, dispatches, readings

LOOKED = 2_000  # dispatches: those that came in last


@dataclass(frozen=True, slots=True)
class Reading:
    """Dispatches of one day of reading, by program, rules and model."""

    day: str
    made_by: str
    dispatches: int


def readings_by_day(view: View, *, looked: int = LOOKED) -> Answer[Reading]:
    """The readings of the dispatches that came in last, the newest day first; reading again counts once more."""
    d, r = dispatches.c, readings.c
    by_hand = select(additions.c.reading)
    few: ColumnElement[int] = literal_column(
        str(looked)
    )  # written out: only so does SQLite know that they are few
    last = select(d.id).order_by(d.n.desc()).limit(few).subquery()
    day = func.substr(r.read_at, 1, 10)
    wanted = (
        select(day, r.made_by, func.count())
        .join_from(last, readings, r.dispatch == last.c.id)
        .where(r.id.not_in(by_hand))
        .group_by(day, r.made_by)
        .order_by(day.desc(), r.made_by)
    )
    with view.store.reading() as connection:
        rows = connection.execute(wanted).all()
        known = connection.execute(select(func.count()).select_from(last)).scalar() or 0
    cut = (f"of the {looked:,} dispatches that came in last",)
    return Answer("readings", tuple(Reading(*row) for row in rows), cut if known == looked else ())
