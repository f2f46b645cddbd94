"""JSON-LD: claims, acts and figures in the terms of PROV-O, TimeML (ISO-TimeML's TIMEX3) and Web Annotation."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from parley.export.tables import said, written
from parley.show.figures import figures
from parley.show.timeline import timeline
from parley.show.view import Cite, View

CONTEXT: dict[str, Any] = {
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "timeml": "http://www.timeml.org/timeMLdocs/TimeML.xsd#",
    "parley": "urn:parley:",
    "id": "@id",
    "type": "@type",
    "says": {"@id": "prov:wasAttributedTo"},
    "target": {"@id": "oa:hasTarget"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector"},
    "start": {"@id": "oa:start", "@type": "xsd:integer"},
    "end": {"@id": "oa:end", "@type": "xsd:integer"},
    "exact": "oa:exact",
    "published": "prov:generatedAtTime",
    "timex": "timeml:value",
    "rule": "prov:wasGeneratedBy",
}


def jsonld(view: View, to: Path, safe: bool) -> Iterator[Path]:
    to.mkdir(parents=True, exist_ok=True)
    graph = [*claims(view), *acts(view), *numbers(view)]
    yield written(
        to / "ledger.jsonld", json.dumps({"@context": CONTEXT, "@graph": graph}, ensure_ascii=False, indent=1)
    )


def claims(view: View) -> Iterator[dict[str, Any]]:
    for row in said(view):
        cite = Cite(
            row["dispatch"],
            row["start"],
            row["end"],
            row["words"],
            row["agency"],
            row["published"],
            row["id"],
            row["rule"],
        )
        yield {**annotation(row["id"], "parley:Claim", (cite,)), "parley:act": row["act"], "timex": row["time"],
               "says": agent(row["authority_name"], row["authority_kind"])}  # fmt: skip


def acts(view: View) -> Iterator[dict[str, Any]]:
    for act in timeline(view, most=view.most):
        yield {**annotation(act.id, "parley:Event", act.cites), "parley:plover": act.type, "parley:mode": act.mode,
               "parley:state": act.state, "parley:actor": list(act.actors), "parley:recipient": list(act.recipients),
               "timex": act.day or None}  # fmt: skip


def numbers(view: View) -> Iterator[dict[str, Any]]:
    for f in figures(view):
        yield {**annotation(f.id, "parley:Count", f.cites), "parley:status": f.status, "parley:low": f.low,
               "parley:high": f.high, "parley:who": f.who, "timex": f.day or None,
               "says": agent(f.authority, f.authority_kind)}  # fmt: skip


def agent(name: str, kind: str) -> dict[str, str]:
    return {
        "type": "prov:Person" if kind == "person" else "prov:Agent",
        "parley:name": name,
        "parley:kind": kind,
    }


def annotation(id: str, kind: str, cites: tuple[Cite, ...]) -> dict[str, Any]:
    return {"id": f"urn:parley:{id}", "type": ["oa:Annotation", "prov:Entity", kind], "target": [target(c) for c in cites],
            "rule": cites[0].rule if cites else None, "published": cites[0].published if cites else None}  # fmt: skip


def target(cite: Cite) -> dict[str, Any]:
    return {
        "source": f"urn:parley:dispatch:{cite.dispatch}",
        "selector": [
            {"type": "oa:TextPositionSelector", "start": cite.start, "end": cite.end},
            {"type": "oa:TextQuoteSelector", "exact": cite.words},
        ],
    }
