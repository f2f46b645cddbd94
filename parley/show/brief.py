"""`brief`: one page, where the talks stand as of a day, each line with a footnote to its sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from html import escape
from importlib.resources import files

from parley.show.agreements import agreements
from parley.show.answer import bounds_words
from parley.show.audit import audit
from parley.show.conflicts import conflicts
from parley.show.figures import figures
from parley.show.meetings import meetings
from parley.show.positions import positions
from parley.show.sentences import quoted
from parley.show.timeline import timeline
from parley.show.view import Cite, View

Item = tuple[str, tuple[Cite, ...]]
Section = tuple[str, list[Item]]
MOST = 800  # rows that each section looks at: a brief is of the last days
EACH = 12  # lines a section; a brief is one page


def sections(view: View, party: str | None = None, *, days: int = 7, back: int = 60) -> Iterator[Section]:
    """(heading, lines) with the sources of each line; empty sections are left out. What happened is told of the last
    `days`, where parties stand of the last `back`; of a party alone where one is named."""
    day = view.as_of or view.last_day()
    since, lately = before(day, days), before(day, back)
    found: tuple[Section, ...] = (
        ("Agreements", [(f"{a.kind} between {listed(a.parties)}: {'; '.join(a.life)}" + (f"; terms: {'; '.join(a.terms)}" if a.terms else ""), a.cites) for a in agreements(view, party=party, since=lately)]),
        ("Meetings", [(f"{m.state}: {listed(m.parties)}, {m.day or 'no day told'}", m.cites) for m in meetings(view, party=party, since=lately)]),
        ("Positions", [(f"{p.party} {p.stance} on {p.issue}{f', before: {p.moved}' if p.moved else ''} ({p.voice}): {quoted(p.words)}", p.cites[:1]) for p in positions(view, party=party, since=lately)]),
        ("Figures", [(f"{bounds_words(f.low, f.high, f.approximate)} {f.who} {f.status}{f' at {f.place}' if f.place else ''}, says {f.authority}", f.cites[:1]) for f in figures(view, by=party, since=lately, latest=True) if not f.part]),
        ("The books of those held", [(f"{b.verdict} (taken {span(b.taken)}, released {span(b.released)}, held {span(b.held)})", b.cites) for b in audit(view, by=party)]),
        ("Contradictions", [(f"{c.what}, {c.day}: {'; '.join(c.sides)}", c.cites) for c in conflicts(view, since=since)]),
        ("Told to have happened", [(f"{a.day or 'no day told'}: {listed(a.actors)} {a.type.lower()}{'/' + a.mode if a.mode else ''} {listed(a.recipients) if a.recipients else ''} [{a.state}]", a.cites[:1]) for a in timeline(view, party=party, since=since) if a.state in ("occurred", "ongoing") and a.actors]),
    )  # fmt: skip
    yield from ((title, newest(items)) for title, items in found if items)


def newest(items: list[Item]) -> list[Item]:
    """The last lines of a section; one that was cut says so."""
    if len(items) <= EACH:
        return items
    return [(f"({len(items) - EACH} earlier lines left out)", ()), *items[-EACH:]]


def before(as_of: str | None, days: int) -> str | None:
    return (date.fromisoformat(as_of[:10]) - timedelta(days)).isoformat() if as_of else None


def listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "parties not told"


def span(interval: tuple[int, int | None] | None) -> str:
    return bounds_words(*interval) if interval else "not told"


def markdown(view: View, party: str | None = None) -> str:
    """The brief as Markdown with footnotes."""
    notes: list[str] = []
    lines = [f"# Where the talks stand, {as_of(view)}", "", "*What the dispatches say, not findings.*", ""]
    for title, items in sections(view, party):
        lines += [f"## {title}", ""]
        lines += [
            f"- {flat(words)}{''.join(f'[^{n}]' for n in numbered(cites, notes))}" for words, cites in items
        ] + [""]
    lines += [f"> {note}" for note in view.notes()] + ([""] if view.notes() else [])
    return "\n".join(lines + [f"[^{n}]: {note}" for n, note in enumerate(notes, 1)]) + "\n"


def html(view: View, party: str | None = None) -> str:
    """The brief as one HTML page with a print style; no script, nothing fetched."""
    notes: list[str] = []
    body = [
        f"<h1>Where the talks stand, {escape(as_of(view))}</h1>",
        "<p><em>What the dispatches say, not findings.</em></p>",
    ]
    for title, items in sections(view, party):
        lines = "".join(
            f"<li>{escape(flat(words))}{refs(numbered(cites, notes))}</li>" for words, cites in items
        )
        body.append(f"<section><h2>{escape(title)}</h2><ul>{lines}</ul></section>")
    body += [f"<p>{escape(note)}</p>" for note in view.notes()]
    foot = "".join(f"<li id=n{n}>{escape(note)}</li>" for n, note in enumerate(notes, 1))
    style = files("parley.show").joinpath("brief.css").read_text("utf-8")
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Where the talks stand, {escape(as_of(view))}</title>'
        f"<style>{style}</style><main>{''.join(body)}<footer><ol>{foot}</ol></footer></main></html>\n"
    )


def refs(numbers: Iterable[int]) -> str:
    return " ".join(f'<sup><a href="#n{n}">{n}</a></sup>' for n in numbers)


def numbered(cites: tuple[Cite, ...], notes: list[str]) -> list[int]:
    """The numbers of the footnotes of up to three sources; a source told before keeps its number."""
    found = []
    for cite in cites[:3]:
        note = f"{cite.agency or 'agency not told'}, {(cite.published or 'undated')[:10]}, {cite.dispatch[:12]} {cite.start}-{cite.end}: {quoted(cite.sentence or cite.words)}"
        if note not in notes:
            notes.append(note)
        found.append(notes.index(note) + 1)
    return found


def flat(words: str) -> str:
    return " ".join(words.split())


def as_of(view: View) -> str:
    return f"as of {view.as_of}" if view.as_of else "by all dispatches"
