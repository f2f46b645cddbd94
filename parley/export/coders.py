"""The shapes of human coders: ETH/PRIO ceasefires, PA-X agreements, UCDP GED and ACLED, by their column names.

A cell is filled only from words, and a day of publication is never put where a day of the act is asked for; codes that ask for judgement (ceasefire_class, p_*, provision scores, event_clarity)
stay empty. Beside each file stands FORM.sources.csv: row, column, value, rule and the words behind the cell.
Columns after the releases named in docs/exports.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from parley.export.tables import written
from parley.show.agreements import Accord, agreements
from parley.show.answer import csv_of
from parley.show.figures import Figure, figures
from parley.show.timeline import Act, timeline
from parley.show.view import Cite, View

CF = ["cc", "location", "region", "cf_id", "uniq_id", "side", "actor_name", "ucdp_actor_id", "ucdp_acd_id", "ucdp_dyad", "pax_id", "cf_dec_yr", "cf_dec_month", "cf_dec_day", "cf_effect_yr", "cf_effect_month", "cf_effect_day", "end_yr", "end_month", "end_day", "ended", "partial", "written", "fixed", "fixed_time", "timing", "p_humanitarian", "p_peaceprocess", "p_holiday", "p_election", "p_other", "p_unclear", "ceasefire_class", "mediator_nego", "mediator_send", "implement", "enforcement", "comment"]  # fmt: skip
PAX = [
    "AgtId",
    "Con",
    "Contp",
    "Reg",
    "PP",
    "Agt",
    "Dat",
    "Status",
    "Lgt",
    "Agtp",
    "Stage",
    "StageSub",
    "Part",
    "ThrdPart",
    "OthAgr",
    "CeProv",
    "TjPrire",
]
GED = ["id", "relid", "year", "active_year", "code_status", "type_of_violence", "side_a", "side_b", "number_of_sources", "source_article", "source_office", "source_date", "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2", "latitude", "longitude", "country", "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low"]  # fmt: skip
ACLED = ["event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source", "source_scale", "notes", "fatalities", "tags", "timestamp"]  # fmt: skip
PAX_STATUS = {"agreed": "Multiparty signed/agreed", "in force": "Multiparty signed/agreed"}
ACLED_KINDS = {  # PLOVER type and mode → event and sub-event, only where one implies the other
    ("ASSAULT", "abduct"): ("Strategic developments", "Abduction/forced disappearance"),
    ("ASSAULT", "aerial"): ("Explosions/Remote violence", "Air/drone strike"),
    ("COERCE", "arrest"): ("Strategic developments", "Arrests"),
    ("COERCE", "seize"): ("Strategic developments", "Non-violent transfer of territory"),
    ("PROTEST", None): ("Protests", None),
    ("AGREE", None): ("Strategic developments", "Agreement"),
}


@dataclass(slots=True)
class Sheet:
    """Rows under fixed columns, and the words behind each filled cell."""

    columns: list[str]
    rows: list[dict[str, Any]] = field(default_factory=list)
    sources: list[dict[str, Any]] = field(default_factory=list)

    def add(self, id: str, cells: dict[str, Any], cites: Iterable[Cite]) -> None:
        """A row; each of its cells that says something is sourced by all of `cites`."""
        self.rows.append({c: cells.get(c) for c in self.columns})
        for column, value in cells.items():
            if column in self.columns and value not in (None, ""):
                self.sources += [
                    {"row": id, "column": column, "value": value, "rule": c.rule, "dispatch": c.dispatch, "start": c.start,
                     "end": c.end, "words": c.words, "sentence": c.sentence, "agency": c.agency, "published": c.published}
                    for c in cites
                ]  # fmt: skip

    def write(self, to: Path, name: str, safe: bool) -> Iterator[Path]:
        to.mkdir(parents=True, exist_ok=True)
        head = ",".join(self.columns) + "\n"
        yield written(to / f"{name}.csv", csv_of(self.rows, safe=safe) or head)
        yield written(to / f"{name}.sources.csv", csv_of(self.sources, safe=safe))


def ceasefires(view: View, to: Path, safe: bool) -> Iterator[Path]:
    """One row a truce and side; unknown parts of a date are 0, as in the released files."""
    sheet = Sheet(CF)
    for accord in agreements(view, kind="truce"):
        for side, party in enumerate(accord.parties or ("",), 1):
            sheet.add(f"{accord.id}-{side}", ceasefire(accord, party, side), accord.cites)
    return sheet.write(to, "ceasefires", safe)


def ceasefire(a: Accord, party: str, side: int) -> dict[str, Any]:
    return {
        "cf_id": a.id, "uniq_id": f"{a.id}-{side}", "side": side, "actor_name": party or None,
        **date_parts("cf_effect", a.begins), **date_parts("end", a.ends),
        "fixed": 1 if a.duration else None, "fixed_time": a.duration, "mediator_nego": "; ".join(a.mediators) or None,
        "comment": "; ".join(a.terms) or None,
    }  # fmt: skip


def date_parts(prefix: str, day: str | None) -> dict[str, int | None]:
    if not day or not day[:4].isdigit():
        return {}
    year, month, date = (*(int(p) for p in day[:10].split("-") if p.isdigit()), 0, 0)[:3]
    return {f"{prefix}_yr": year, f"{prefix}_month": month, f"{prefix}_day": date}


def pax(view: View, to: Path, safe: bool) -> Iterator[Path]:
    """One row an agreement that was reached; Stage is Cea for truces, the rest of the coding is left open."""
    sheet = Sheet(PAX)
    for a in agreements(view):
        reached = next((entry for entry in a.life if entry[11:] in PAX_STATUS), None)
        if reached:
            prisoners = any("prisoner" in term for term in a.terms)
            sheet.add(a.id, {"AgtId": a.id, "Agt": a.kind, "Status": PAX_STATUS[reached[11:]],
                             "Stage": "Cea" if a.kind == "truce" else None, "Part": "; ".join(a.parties) or None,
                             "ThrdPart": "; ".join(a.mediators) or None, "CeProv": 1 if a.kind == "truce" else None,
                             "TjPrire": 1 if prisoners else None}, a.cites)  # fmt: skip
    return sheet.write(to, "pax", safe)


def ged(view: View, to: Path, safe: bool) -> Iterator[Path]:
    """One row a stated figure of dead; low and high are its bounds, `best` only where they meet."""
    sheet = Sheet(GED)
    for f in figures(view, status="dead"):
        if not f.part and f.standing != "replaced":
            sheet.add(f.id, lethal(f), f.cites)
    return sheet.write(to, "ged", safe)


def lethal(f: Figure) -> dict[str, Any]:
    first = f.cites[0]
    return {
        "id": f.id, "year": f.day[:4] or None, "side_a": f.by, "number_of_sources": 1 + f.copies,
        "source_office": first.agency, "source_date": (first.published or "")[:10] or None, "source_original": f.authority,
        "where_description": f.place, "date_start": f.day[:10] or None, "date_end": f.day[-10:] or None,
        "deaths_civilians": f.low if f.population == "civilian" and f.low == f.high else None,
        "best": f.low if f.low == f.high and not f.approximate else None, "low": f.low, "high": f.high,
    }  # fmt: skip


def acled(view: View, to: Path, safe: bool) -> Iterator[Path]:
    """One row an act told as done whose kind ACLED has a name for."""
    sheet = Sheet(ACLED)
    for act in timeline(view, most=view.most):
        kind = ACLED_KINDS.get((act.type, act.mode)) or ACLED_KINDS.get((act.type, None))
        if kind and act.state == "occurred" and act.day:
            sheet.add(act.id, incident(act, *kind), act.cites)
    return sheet.write(to, "acled", safe)


def incident(act: Act, kind: str, sub: str | None) -> dict[str, Any]:
    return {
        "event_id_cnty": act.id, "event_date": act.day, "year": act.day[:4],
        "time_precision": 1 if act.day == act.last else 2 if act.day[:7] == (act.last or "")[:7] else 3,
        "event_type": kind, "sub_event_type": sub, "actor1": act.actors[0] if act.actors else None,
        "assoc_actor_1": "; ".join(act.actors[1:]) or None, "actor2": act.recipients[0] if act.recipients else None,
        "assoc_actor_2": "; ".join(act.recipients[1:]) or None, "location": act.place,
        "source": "; ".join(sorted({c.agency for c in act.cites if c.agency})) or None,
        "notes": f"{', '.join(act.authorities)}: {act.cites[0].words}",
    }  # fmt: skip
