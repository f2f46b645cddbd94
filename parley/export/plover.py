"""PLOVER JSON: one event a line, after the PLOVER manual (Open Event Data Alliance, 2018 draft).

A planned meeting stays CONSULT, and `status` keeps what PLOVER's modes do not: planned, denied, hypothetical.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from parley.export.tables import lines, written
from parley.show.timeline import Act, timeline
from parley.show.view import View


def plover(view: View, to: Path, safe: bool) -> Iterator[Path]:
    to.mkdir(parents=True, exist_ok=True)
    yield written(to / "plover.jsonl", lines([coded(act) for act in timeline(view, most=view.most)]))


def coded(act: Act) -> dict[str, Any]:
    return {
        "id": act.id,
        "date": act.day or None,
        "enddate": act.last,
        "actor": [{"actor_text": name} for name in act.actors],
        "recipient": [{"recipient_text": name} for name in act.recipients],
        "event": act.type,
        "mode": act.mode,
        "context": [],
        "status": act.state,
        "event_loc": {"place_text": act.place} if act.place else None,
        "event_text": [
            {"doc": c.dispatch, "start": c.start, "end": c.end, "text": c.words} for c in act.cites
        ],
        "cite_info": [{"doc": c.dispatch, "agency": c.agency, "published": c.published} for c in act.cites],
        "authorities": list(act.authorities),
        "coder": act.cites[0].rule,
    }
