"""A row of a table, or an object of JSON → Document: which column holds the text, the day, the headline …"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from parley.document import Document, Envelope
from parley.errors import UnreadableInput
from parley.read.envelopes import DAY, LISTS, TEXTS, envelope, stamp
from parley.read.found import Asked
from parley.read.plain import plain

OWN = ("text", "published", "id")
ROUND = (*TEXTS, *LISTS, "version", "urgency", "embargo", "kind")  # what goes into the envelope
HALF = re.compile("[\ud800-\udfff]")  # of a pair; JSON can write one alone, and no text has it


def mapping(given: str | None) -> dict[str, str]:
    """ "text=body,published=date" → {"text": "body", "published": "date"}. Raises UnreadableInput for what is none."""
    found: dict[str, str] = {}
    for pair in filter(None, (given or "").split(",")):
        name, sign, column = (part.strip() for part in pair.partition("="))
        if not (sign and column) or name not in (*OWN, *ROUND):
            raise UnreadableInput(
                f"columns {pair!r}: write field=column; there are {', '.join((*OWN, *ROUND))}"
            )
        found[name] = column
    return found


def dispatch(given: Mapping[str, object], asked: Asked, form: str, number: str | None = None) -> Document:
    """The dispatch of a row. Raises UnreadableInput where it has no text, or a day that is none."""
    text = text_of(given, asked)
    return plain(
        text,
        day_of(given, asked) or asked.published,
        id_of(given, asked) or number,
        envelope=envelope_of(given, asked, form),
    )


def text_of(given: Mapping[str, object], asked: Asked) -> str:
    name = asked.columns.get("text", "text")
    text = given.get(name)
    if not isinstance(text, str):
        raise UnreadableInput(f'no "{name}"; each line is an object with "id", "text", "published"')
    if not text.strip():
        raise UnreadableInput(f'its "{name}" is empty')
    if half := HALF.search(text):
        raise UnreadableInput(
            f'half a character, {half[0]!a}, at character {half.start() + 1} of its "{name}": it was cut in two on its way'
        )
    return text


def day_of(given: Mapping[str, object], asked: Asked) -> str | None:
    """The day as it is written, if that is ISO 8601; as ISO 8601 otherwise."""
    name = asked.columns.get("published", "published")
    found = str(given.get(name) or "").strip()
    if not found:
        return None
    try:
        datetime.fromisoformat(found)
        day = found if DAY.match(found) else stamp(found)
    except ValueError:
        day = stamp(found)
    if day is None:
        raise UnreadableInput(f'"{name}" is {given[name]!r}, no day; write it like 2024-05-15')
    return day


def id_of(given: Mapping[str, object], asked: Asked) -> str | None:
    found = given.get(asked.columns.get("id", "id"))
    return None if found is None or found == "" else str(found)


def envelope_of(given: Mapping[str, object], asked: Asked, form: str) -> Envelope | None:
    told = {name: given.get(asked.columns.get(name, name)) for name in ROUND}
    made = envelope(form, **told)
    return None if made == Envelope(form) else made
