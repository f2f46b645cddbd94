"""Names in the text: runs of capitalised words, told apart by gazetteer, head noun, title and place in the sentence.

Groups that act without a name ("gunmen", "police") are mentions too; who is meant, reference.py decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from parley.document import EntityKind, Marks, Name, Token
from parley.mark.gazetteer import Entry, demonyms, known, word_set
from parley.mark.groups import belongs_to_name, phrase_end, phrase_start, quantity, sent_by
from parley.values import Span

INSIDE = {"of", "for", "and", "the", "'s", "’s"}
PARTICLES = {"al", "de", "bin", "ibn", "van", "von", "da", "del", "el", "la", "abu", "ben", "der", "di", "-"}
LONGEST = 6
ROLES = {
    "nsubj",
    "nsubjpass",
    "dobj",
    "pobj",
    "conj",
    "poss",
    "appos",
    "ROOT",
    "agent",
    "dative",
    "attr",
    "nmod",
    "compound",
}


def names(marks: Marks) -> Marks:
    found: list[Name] = []
    timed = {i for t in marks.times for i in range(t.span.start, t.span.end)}
    for sentence in marks.sentences:
        found.extend(in_sentence([t for t in sentence.tokens if t.start not in timed]))
    return replace(marks, names=tuple(sorted(found, key=lambda n: (n.span.start, n.span.end))))


def in_sentence(tokens: list[Token]) -> Iterator[Name]:
    """The names among the words that are no expression of time."""
    at = 0
    while at < len(tokens):
        end = run_end(tokens, at)
        if end > at:
            yield from in_run(tokens[at:end])
            at = end
        else:
            if tokens[at].tag in ("NNS", "NN") and (group := unnamed(tokens[at])):
                yield group
            at += 1


def run_end(tokens: list[Token], at: int) -> int:
    """The end of the run of name words that begins here; `at` itself where none begins."""
    if not name_word(tokens[at], first=at == 0) or part_of_compound(tokens, at):
        return at
    end = at + 1
    while end < len(tokens):
        if name_word(tokens[end], first=False):
            end += 1
        elif joins(tokens, end) or of_one_name(tokens, at, end):
            end += 2
        elif nickname(tokens, end):
            end += 4
        else:
            break
    return end


def part_of_compound(tokens: list[Token], at: int) -> bool:
    """ "US-led", "Cairo-based": a name inside an adjective is no mention."""
    return (
        at + 2 < len(tokens)
        and tokens[at + 1].text == "-"
        and tokens[at + 1].start == tokens[at].end
        and tokens[at + 2].tag in ("VBN", "VBD", "JJ")
    )


def name_word(token: Token, *, first: bool) -> bool:
    named = token.tag in ("NNP", "NNPS")
    if not named and not token.text[:1].isupper():
        return False
    described = token.dep in ("amod", "compound") and token.head.tag in ("NN", "NNS")
    if described and token.lower in word_set("creeds"):
        return False
    if named:
        return token.text[:1].isalpha() or (token.text[:1].isdigit() and not first)
    return token.lower in demonyms() or token.lower in known()


def joins(tokens: list[Token], at: int) -> bool:
    """ "of" in "Ministry of Defence", "-" and "al" in Arabic names; never a plain "and"."""
    if at + 1 >= len(tokens) or not name_word(tokens[at + 1], first=False):
        return False
    word, before = tokens[at].lower, tokens[at - 1]
    if word in PARTICLES:
        return tokens[at].start - before.end <= 1
    if word == "and":
        return one_body(tokens, at)
    return (
        word in ("of", "for") and before.lower in word_set("organization_heads") and before.text[:1].isupper()
    )


def of_one_name(tokens: list[Token], start: int, at: int) -> bool:
    """ "Council of Civic and Rural Crafts": an "and" between two words before one noun of a body's name."""
    if tokens[at].lower != "and" or at + 1 >= len(tokens) or not name_word(tokens[at + 1], first=False):
        return False
    run = tokens[start:at]
    named = any(t.lower in word_set("organization_heads") for t in run) and any(
        t.lower in ("for", "of") for t in run
    )
    return named and run[-1].dep in ("amod", "nmod", "compound") and run[-1].head.i > tokens[at + 1].i


def nickname(tokens: list[Token], at: int) -> bool:
    """'Omar "Tiger" Solon': between the quotation marks, and the name goes on."""
    if at + 3 >= len(tokens) or tokens[at].tag != "``" or tokens[at + 2].tag != "''":
        return False
    return tokens[at + 1].tag == "NNP" and name_word(tokens[at + 3], first=False)


def one_body(tokens: list[Token], at: int) -> bool:
    """ "the Unity and Justice Movement": an "and" inside a body's name, where its head noun ends the run."""
    start, end = at - 1, at + 1
    while end < len(tokens) and name_word(tokens[end], first=False):
        end += 1
    before = [t.lower for t in tokens[max(0, start - 2) : start]]  # "the rebel Unity and Justice Movement"
    article = before[-1:] == ["the"] or (before[:1] == ["the"] and before[-1] in word_set("irregular"))
    return article and end - at < LONGEST and end - at > 2 and tokens[end - 1].lower in word_set("organization_heads") and lookup(tokens[start:at]) is None  # fmt: skip


def in_run(run: list[Token]) -> Iterator[Name]:
    """A run holds one name, or a known one with others around it: "Kenyan President Omar Solon"."""
    title = last_title(run)
    if title:
        front = run[:title]
        while front and front[-1].lower in word_set("titles"):
            front = front[:-1]  # "AL Secretary General Omar Solon"
        yield from in_run(front) if front and front[0].lower not in word_set("titles") else ()
        run = run[title + 1 :]
    run = without_front(run)
    if not run:
        return
    entry = lookup(run)
    if entry:
        yield named(run, entry)
        return
    if inner := inside(run):
        start, end, found = inner
        yield from in_run(run[:start]) if start else ()
        yield named(run[start:end], found)
        yield from in_run(run[end:]) if end < len(run) else ()
        return
    kind, rule = guess(run)
    if kind:
        yield as_name(run, kind, None, rule)


def last_title(run: list[Token]) -> int:
    """Where the last title before a person's name stands: "National Authority Chairman Omar Solon"; 0 for none."""
    if run[-1].lower in word_set("organization_heads") or lookup(run):
        return 0
    return max((i for i, t in enumerate(run[:-1]) if i and t.lower in word_set("titles")), default=0)


def without_front(run: list[Token]) -> list[Token]:
    """Demonyms and titles before a name are not part of it, unless it is a body's name."""
    if run[-1].lower in word_set("organization_heads") and len(run) > 1:
        return run
    if len(run) > 2 and run[0].lower == "state":
        run = run[1:]  # "Secretary of State Omar Solon"
    while run and (
        (run[0].lower in demonyms() and lookup(run) is None) or run[0].lower in word_set("titles")
    ):
        run = run[1:]
    return run


def lookup(run: list[Token]) -> Entry | None:
    words = words_of(run)
    return known().get(words) or known().get(words.removeprefix("the "))


def words_of(run: list[Token]) -> str:
    return "".join(
        t.lower + (" " if i + 1 < len(run) and run[i + 1].start > t.end else "") for i, t in enumerate(run)
    )


def inside(run: list[Token]) -> tuple[int, int, Entry] | None:
    """A known state or body within a longer run that is no body's or person's own name."""
    if run[-1].lower in word_set("organization_heads") | word_set("place_heads"):
        return None
    for size in range(min(LONGEST, len(run) - 1), 0, -1):
        for start in (0, len(run) - size):
            entry = lookup(run[start : start + size])
            if entry and entry.kind in ("state", "organization"):
                return start, start + size, entry
    return None


def named(run: list[Token], entry: Entry) -> Name:
    return as_name(run, entry.kind, entry.country, "names.gazetteer")


def as_name(run: list[Token], kind: EntityKind, country: str | None, rule: str) -> Name:
    start = run[0].start
    head = head_of(run)
    return Name(Span(start, run[-1].end), head.i, kind, country, rule)


def head_of(run: list[Token]) -> Token:
    inside_run = {t.i for t in run}
    return next((t for t in reversed(run) if t.head.i not in inside_run and t.dep != "punct"), run[-1])


def guess(run: list[Token]) -> tuple[EntityKind | None, str]:
    """What an unknown name is, by its last word, the words before it, and what it does."""
    last, head = run[-1].lower, head_of(run)
    if (
        len(run) == 1
        and head.dep in ("amod", "compound")
        and head.head.tag in ("NN", "NNS")
        and not placed(run, head)
    ):
        body = run[0].text.isupper() or run[0].lower in ("army", "navy", "parliament")
        return ("organization", "names.organization") if body else (None, "")
    before = head.head if head.dep in ("compound", "nmod", "amod") else None
    if last in word_set("organization_heads") or last in word_set("media_heads"):
        return "organization", "names.organization"
    if any(t.lower in word_set("organization_heads") for t in run[:-1]) and len(run) > 2:
        return "organization", "names.organization"
    if last in word_set("place_heads"):
        return "place", "names.place"
    if any(
        c.lower in word_set("kinds_of_body") for c in head.children if c.dep == "compound" and c.i < run[0].i
    ):
        return "organization", "names.organization"  # "the oil company Enko"
    if head.dep == "pobj" and head.head.lower == "to" and head.head.head.lower == "according":
        return "person", "names.person"
    if titled(run):
        return "person", "names.titled"
    if run[-1].tag == "NNPS" and len(run) == 1:
        return "people", "names.people"
    if placed(run, head):
        return "place", "names.place"
    if head.dep == "pobj" and head.head.lower in word_set("place_prepositions") and len(run) < 4:
        return ("place", "names.place") if not person_like(run, head) else ("person", "names.person")
    if has_the(run) or (len(run) == 1 and run[0].text.isupper() and len(run[0].text) > 1):
        return "organization", "names.organization"
    if len(run) == 1 and not speaks(head):
        return "person", "names.short"
    if before is None and (
        len(run) > 1 or head.dep in ("nsubj", "nsubjpass", "poss", "conj", "appos", "dobj", "pobj")
    ):
        return "person", "names.person"
    return None, ""


def placed(run: list[Token], head: Token) -> bool:
    """ "the province of X", "X city", "the shelling of X": the noun beside a name says that it is a place."""
    above = (
        head.head.head
        if head.dep == "pobj" and head.head.lower == "of"
        else head.head
        if head.dep in ("compound", "nmod")
        else None
    )
    if above is None or above.tag not in ("NN", "NNS", "VBG"):
        return False
    attacked = head.dep == "pobj" and above.lower in word_set("place_acts")
    return attacked or (above.lower in word_set("place_heads") and above.tag != "VBG")


def speaks(head: Token) -> bool:
    """One unknown capitalised word is a person only where it does what persons do."""
    return head.dep in ("nsubj", "conj", "appos") and (
        head.head.lemma in word_set("speech") or head.dep == "appos"
    )


def person_like(run: list[Token], head: Token) -> bool:
    return (
        head.head.lower in ("from", "to") and len(run) == 2 and not any(c.dep == "det" for c in head.children)
    )


def has_the(run: list[Token]) -> bool:
    return any(c.lower == "the" for t in run for c in t.children) and run[0].tag != "NNPS"


def titled(run: list[Token]) -> bool:
    """ "President X", "spokesman X", "the head of the army, X"."""
    first, head = run[0], head_of(run)
    around = [c for t in run for c in t.children if c.i < first.i]
    if any(c.lower in word_set("titles") for c in around):
        return True
    index = first.i - first.sentence.tokens[0].i
    if index and first.sentence.tokens[index - 1].lower in word_set("titles"):
        return True
    appositive = head.head if head.dep == "appos" else head.child("appos")
    return appositive is not None and appositive.lower in word_set("titles")


def unnamed(token: Token) -> Name | None:
    """ "gunmen", "the police", "residents": the people or body that a noun means, without a name here."""
    if belongs_to_name(token) or quantity(token):
        return None
    before = {c.lower for c in token.children}
    if any(c.tag == "WP$" for c in token.children) or "no" in before:
        return None  # "whose movement": told in a clause of its own; "no prisoners": nobody
    if token.lower == "government" and before & {"a", "any"}:
        return None  # "that may end in a government": none that acts
    if before & {"two", "both"} and token.lower in word_set("counterparts"):
        return None  # "the two factions": those told of before
    if token.dep in ("compound", "nmod"):
        return body_before(token)
    if any(c.tag == "PRP$" for c in token.children) and token.lower in word_set("men") | word_set(
        "men_at_arms"
    ):
        return None  # "our men": those of the one who speaks
    if token.dep not in ROLES or behind_name(token):
        return None
    if token.lower in word_set("people") and (token.tag == "NNS" or token.lower.endswith("men")):
        return Name(phrase(token), token.i, "people", None, "names.people")
    own_flag = any(c.lower in demonyms() for c in token.children)
    if token.lower in word_set("media_heads") and own_flag and token.tag == "NN":
        return Name(phrase(token), token.i, "organization", None, "names.body")  # "Kenyan radio"
    if sent_by(token):
        return Name(phrase(token), token.i, "people", None, "names.people")
    stands_in = token.lower in word_set("representatives") and any(
        c.lower in ("of", "from") for c in token.all("prep")
    )
    if token.lower in word_set("bodies") and not (stands_in and token.lower == "delegation"):
        return Name(phrase(token), token.i, "organization", None, "names.body")
    return None


def behind_name(token: Token) -> bool:
    """ "the RDF, a guerrilla group": what a name is, no other."""
    if token.dep != "appos":
        return False
    start = phrase_start(token)
    before = [t for t in token.sentence.tokens if t.start < start][-2:]
    return len(before) == 2 and before[1].text == "," and (before[0].text == ")" or before[0].tag == "NNP")


def body_before(token: Token) -> Name | None:
    """ "coalition troops", "army spokesman": the body whose people these are."""
    if token.lower not in word_set("bodies") or token.head.lower not in (
        word_set("representatives") | word_set("titles")
    ):
        return None
    before = [c for c in token.children if c.i < token.i]
    start = min((t.start for c in before for t in c.subtree()), default=token.start)
    return Name(Span(start, token.end), token.i, "organization", None, "names.body")


def phrase(token: Token) -> Span:
    """The noun with what stands before it, its determiner too: "the young guards"."""
    start = phrase_start(token)
    if token.dep == "pobj" and quantity(token.head.head):
        start = min(t.start for t in token.head.head.subtree())
    people = token.lower in word_set("people")
    return Span(start, phrase_end(token) if people else token.end)
