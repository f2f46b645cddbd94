"""Rows made by hand, each as dull as can be but for what a test is about."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from parley.show.figures import Figure
from parley.show.meetings import Meeting
from parley.show.timeline import Act

STORY = Path(__file__).parents[2] / "examples" / "story"
FIGURE = Figure(
    id="f1", series="held hostage", status="held", population="hostage", who="hostages", place=None, by=None,
    authority="Varosian army", authority_kind="body", day="2024-09-03", told_day="2024-09-03", published="2024-09-03",
    low=10, high=10, approximate=False, believed=False, change="first", standing="earlier", copies=0, part=False,
    contested=False, cites=(),
)  # fmt: skip
ACT = Act(
    id="a1", day="2024-09-03", last="2024-09-03", published="2024-09-03", type="CONSULT", mode=None, state="occurred",
    actors=("Dario Venn",), recipients=("Irena Sol",), place=None, authorities=("VNA",), lineages=1, contested=False,
    cites=(),
)  # fmt: skip
MEETING = Meeting(
    id="m1", state="held", day="2024-09-03", last="2024-09-03", parties=("Dario Venn", "Irena Sol"), place=None,
    history=(), lineages=1, cites=(),
)  # fmt: skip


def figure(**told: Any) -> Figure:
    return replace(FIGURE, **told)


def act(**told: Any) -> Act:
    return replace(ACT, **told)


def meeting(**told: Any) -> Meeting:
    return replace(MEETING, **told)
