"""`search`: full text over dispatches and claims; the sentence with the hit, newest first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import text

from parley.show.answer import Answer
from parley.show.view import Cite, View

Where = Literal["dispatches", "claims"]
COLUMN = {"dispatches": "text", "claims": "words"}
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Hit:
    """Where the words were found; `start` and `end` in the cite are those of the first hit in the dispatch."""

    id: str
    agency: str | None
    published: str | None
    snippet: str
    cites: tuple[Cite, ...]


def search(view: View, query: str, *, where: Where = "dispatches", most: int = 25) -> Answer[Hit]:
    """The newest `most` dispatches or claims with all the words; words in double quotes stand together."""
    terms = [" ".join(WORD.findall(t)) for t in re.findall(r'"([^"]+)"|(\S+)', query) for t in t if t]
    terms = [t for t in terms if t]
    if not terms:
        return Answer("search", (), ("no words to search for",))
    with view.store.reading() as connection:
        asked = sqlite(where) if connection.dialect.name == "sqlite" else postgresql(where)
        rows = (
            connection.execute(text(asked), parameters(view, connection.dialect.name, terms, most))
            .mappings()
            .all()
        )
    hits = [hit(dict(row), terms, where) for row in rows if row["dispatch"] not in view.withdrawn]
    return Answer("search", tuple(hits), view.notes())


def sqlite(where: Where) -> str:
    """Sorting by rowid inside the index, then joining, is what keeps frequent words fast."""
    table, dispatch = where, "id" if where == "dispatches" else "dispatch"
    day = "" if where == "dispatches" else "JOIN latest l ON l.reading = t.reading"
    return (
        f"SELECT t.*, t.{dispatch} AS dispatch, d.agency AS from_agency FROM (SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH :query "
        f"ORDER BY rowid DESC LIMIT :most) f JOIN {table} t ON t.n = f.rowid JOIN dispatches d ON d.id = t.{dispatch} {day} "
        "WHERE :until IS NULL OR t.published <= :until ORDER BY t.published DESC, t.n DESC"
    )


def postgresql(where: Where) -> str:
    dispatch = "id" if where == "dispatches" else "dispatch"
    day = "" if where == "dispatches" else "JOIN latest l ON l.reading = t.reading"
    return (
        f"SELECT t.*, t.{dispatch} AS dispatch, d.agency AS from_agency FROM {where} t JOIN dispatches d ON d.id = t.{dispatch} {day} "
        f"WHERE to_tsvector('english', t.{COLUMN[where]}) @@ to_tsquery('english', :query) "
        "AND (CAST(:until AS text) IS NULL OR t.published <= :until) ORDER BY t.published DESC, t.n DESC LIMIT :most"
    )


def parameters(view: View, dialect: str, terms: list[str], most: int) -> dict[str, Any]:
    if dialect == "sqlite":
        query = " ".join(f'"{t}"' for t in terms)  # each term quoted: no query language reaches the index
        return {"query": query, "until": view.until, "most": most if view.until is None else most * 40}
    return {
        "query": " & ".join(f"({' <-> '.join(t.split())})" for t in terms),
        "until": view.until,
        "most": most,
    }


def hit(row: dict[str, Any], terms: list[str], where: Where) -> Hit:
    words = row[COLUMN[where]]
    found = re.search(r"\b" + re.escape(terms[0].split()[0]), words, re.I)
    start, end = found.span() if found else (0, min(len(words), 80))
    snippet = " ".join(words[max(0, start - 60) : end + 100].split())
    offset = 0 if where == "dispatches" else row["start"]
    cite = Cite(row["dispatch"], offset + start, offset + end, words[start:end], row["from_agency"], row["published"],
                row["id"] if where == "claims" else "", "search")  # fmt: skip
    return Hit(row["id"], row["from_agency"], row["published"], snippet, (cite,))
