"""The cells of one count: whose words, who is counted, by whom, where, when; each with its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parley.document import Marks
from parley.facts import Claim, Count, Evidence, Facts
from parley.find.counts.beside import State
from parley.find.counts.counted import Counted
from parley.find.counts.holders import captor, doer, opponent
from parley.find.counts.rules import listed, rules
from parley.find.counts.setting import attacker, place_of, time_of
from parley.values import Span

Found = tuple[str, tuple[Span, ...]]

BEFORE = frozenset(["of", "the", "its", "their", "his", "all", "these", "those", "only"])


def as_count(
    counted: Counted, state: State, marks: Marks, facts: Facts, found: Sequence[Count]
) -> Count | None:
    """The count, or None where it only names one again that was told before."""
    claim = facts.claim_over(counted.span)
    count = Count(
        id=f"n{len(found) + 1}",
        span=counted.span,
        low=counted.bounds.low,
        high=counted.bounds.high,
        approximate=counted.bounds.approximate,
        status=state.rule.status,
        who=who(counted, found, marks),
        believed=state.reality == "hedged",
        claim=claim.id if claim else None,
        rule=state.rule.name,
        evidence={"status": (state.word.span,)},
    )
    if counted.definite and any(again(count, c, facts) for c in found):
        return None
    return filled(count, counted, state, marks, claim, found)


def again(count: Count, earlier: Count, facts: Facts) -> bool:
    """ "the six men" in a later sentence of the same source are those already counted."""
    same = (count.low, count.high) == (earlier.low, earlier.high)
    alike = count.status == earlier.status or {count.status, earlier.status} <= {"held", "detained"}
    return same and alike and source(count, facts) in (source(earlier, facts), None)


def source(count: Count, facts: Facts) -> str | None:
    claim = next((c for c in facts.claims if c.id == count.claim), None)
    return (claim.source.entity or claim.id) if claim else None


def filled(
    count: Count, counted: Counted, state: State, marks: Marks, claim: Claim | None, found: Sequence[Count]
) -> Count:
    evidence: Evidence = dict(count.evidence)
    cells: dict[str, str] = {}
    for field, value in (
        ("by", doer(counted, state, marks, claim) or attacker(counted, state, marks, found)),
        ("place", place_of(counted, state, marks, found)),
        ("time", time_of(counted, state, marks, found)),
    ):
        if value is not None:
            cells[field], evidence[field] = value[0], value[1]
    return replace(
        count, by=cells.get("by"), place=cells.get("place"), time=cells.get("time"), evidence=evidence
    )


def settled(found: Sequence[Count], marks: Marks) -> list[Count]:
    """Captives are held, and freed, by the only one that the dispatch says took or holds any."""
    holder = captor(marks, found)
    if holder is None:
        return list(found)
    other = opponent(marks, found, holder)
    known: dict[str, Count] = {}
    for count in found:
        whole = known.get(count.part_of or "")
        if count.by is None and (
            captive(count) or (whole is not None and captive(whole) and whole.status == count.status)
        ):
            count = with_holder(count, holder)
        elif count.by is None and other is not None and prisoners(count):
            count = with_holder(count, other)
        known[count.id] = count
    return list(known.values())


def captive(count: Count) -> bool:
    words = set(count.who.lower().split())
    taken = words & {"hostage", "hostages", "captive", "captives"}
    return count.status in ("held", "kidnapped", "released") and bool(taken or count.status == "kidnapped")


def prisoners(count: Count) -> bool:
    return count.status == "released" and count.who.lower().split()[-1:] == ["prisoners"]


def with_holder(count: Count, holder: Found) -> Count:
    return replace(count, by=holder[0], evidence=count.evidence | {"by": holder[1]})


# ── who ──────────────────────────────────────────────────────────────────────────────────────────


def who(counted: Counted, found: Sequence[Count], marks: Marks) -> str:
    """The people counted, in the text's words; "people" where it does not say."""
    noun = counted.noun
    if noun is None or noun.tag in ("PRP", "WP", "WDT", "DT") or noun.lower in ("others", "other", "more"):
        return predicate(counted, marks) or last_people(counted, found)
    if (
        noun.lower in rules("noun")
        and noun.lower not in listed("captives")
        and noun.lower not in ("refugees",)
    ):
        return "people"
    start = phrase_start(counted, marks)
    return " ".join(marks.text[start : phrase_end(counted, marks)].split())


def phrase_start(counted: Counted, marks: Marks) -> int:
    assert counted.noun is not None
    if counted.single:
        return marks.tokens[counted.first + 1].start if counted.first < counted.noun.i else counted.noun.start
    for token in marks.tokens[counted.noun.i - 8 if counted.noun.i > 8 else 0 : counted.noun.i + 1]:
        if token.start < counted.span.end or token.lower in BEFORE or token.tag == "CD":
            continue
        return token.start
    return counted.noun.start


def phrase_end(counted: Counted, marks: Marks) -> int:
    """ "members of the crew" is the whole of it; the quotation mark that closes belongs to it too."""
    assert counted.noun is not None
    noun = counted.noun
    rest = marks.tokens[noun.i + 1 : noun.i + 2]
    if (
        rest
        and rest[0].text in ('"', "”", "''")
        and '"' in marks.text[counted.span.end : noun.start].replace("“", '"').replace("``", '"')
    ):
        return rest[0].end
    of = next((c for c in noun.all("prep") if c.lower == "of" and c.i == noun.i + 1), None)
    if noun.lower in ("member", "members", "personnel") and of is not None and (inside := of.child("pobj")):
        return inside.end
    return noun.end


def predicate(counted: Counted, marks: Marks) -> str | None:
    """ "24 of them foreigners"."""
    behind = [t for t in counted.token.sentence.tokens if t.start >= counted.span.end][:3]
    if len(behind) == 3 and behind[0].lower == "of" and behind[2].tag in ("NNS", "NNPS", "JJ"):
        return behind[2].text
    return None


def last_people(counted: Counted, found: Sequence[Count]) -> str:
    """ "wounding another", "three others": of those that were counted just before."""
    near = [c for c in found if 0 <= counted.span.start - c.span.end < 160 and c.who != "lives"]
    explicit = counted.noun is not None or counted.token.lower in ("another", "others")
    return near[-1].who if near and explicit else "people"
