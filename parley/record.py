"""Record: what one dispatch says, as frozen values; JSON, table and page are made on request."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from parley import codec
from parley.document import Document, Entity, Time
from parley.errors import WrongRecord
from parley.facts import Agreement, Claim, Count, Event, Facts, Position

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True, slots=True)
class Record:
    """Everything one dispatch reports. Spans are code points into `text`, end-exclusive."""

    document: Document
    entities: tuple[Entity, ...]
    times: tuple[Time, ...]
    facts: Facts
    made_by: str = ""

    @property
    def text(self) -> str:
        return self.document.text

    @property
    def claims(self) -> tuple[Claim, ...]:
        return self.facts.claims

    @property
    def counts(self) -> tuple[Count, ...]:
        return self.facts.counts

    @property
    def events(self) -> tuple[Event, ...]:
        return self.facts.events

    @property
    def positions(self) -> tuple[Position, ...]:
        return self.facts.positions

    @property
    def agreements(self) -> tuple[Agreement, ...]:
        return self.facts.agreements

    def name(self, entity: str | None) -> str | None:
        """What the record calls the entity with this id."""
        return next((e.name for e in self.entities if e.id == entity), entity)

    def to_dict(self) -> dict[str, Any]:
        return codec.encode(self.document, self.entities, self.times, self.facts, self.made_by)

    def to_json(self, *, indent: int | None = None) -> str:
        """The record in the shape of record.schema.json; one line unless `indent` is given."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)

    @classmethod
    def from_json(cls, text: str) -> Record:
        """The record that `to_json` wrote. Raises WrongRecord, saying what and where."""
        try:
            return cls(*codec.decode(json.loads(text)))
        except json.JSONDecodeError as trouble:
            raise WrongRecord(f"not JSON, at character {trouble.pos}: {trouble.msg}") from trouble

    def to_frame(self, layer: str) -> pandas.DataFrame:
        """One row an item of "claims", "counts", "events", "positions", "agreements" or "times".

        Columns `document, start, end, quote, source` always come first; numbers are nullable.
        """
        from parley.show.rows import frame

        return frame(self, layer)

    def _repr_html_(self) -> str:
        from parley.show.page import fragment

        return fragment(self)
