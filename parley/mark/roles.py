"""The words beside a name that give an office or affiliation: before it, or as an appositive."""

from __future__ import annotations

from parley.document import Role, Token
from parley.mark.clause import under
from parley.mark.gazetteer import demonyms, word_set
from parley.values import Span

COMMAS = (",", "–", "—", "-", "(")
REACH = 8  # words after a name in which its apposition names what it is


def role_of(name: Span, head: Token, owners: dict[int, str], states: dict[str | None, str]) -> Role | None:
    """The role that this mention of a person carries, if it carries one."""
    title = title_token(name, head)
    return as_role(title, name, head, owners, states) if title is not None else None


def second_role(
    name: Span, head: Token, owners: dict[int, str], states: dict[str | None, str]
) -> Role | None:
    """ "the head of the army, General X": the office before the rank."""
    tokens = head.sentence.tokens
    index = next(i for i, t in enumerate(tokens) if t.start >= name.start)
    first = index
    while first and tokens[first - 1].lower in word_set("titles"):
        first -= 1
    title = described(tokens[:first]) if first < index else None
    if title is None:
        return None
    role = as_role(title, Span(tokens[first].start, name.end), head, owners, states)
    return role if role.span.end < tokens[first].start else None


def as_role(
    title: Token, name: Span, head: Token, owners: dict[int, str], states: dict[str | None, str]
) -> Role:
    span = span_of(title, name, head)
    words = {t.lower for t in title.sentence.tokens if span.start <= t.start < span.end}
    return Role(
        span, title_words(title), belongs(title, head, span, owners, states), bool(words & word_set("former"))
    )


def party_role(name: Span, head: Token, owners: dict[int, str], states: dict[str | None, str]) -> Role | None:
    """ "Kenya, the chief broker of the accord": what a state or body is in the talks."""
    after = [t for t in head.sentence.tokens if t.start >= name.end][:REACH]
    if len(after) < 3 or after[0].text not in COMMAS or after[1].dep != "det":
        return None
    title = next((t for t in after[1:] if t.tag in ("NN", "NNS") and t.dep != "compound"), None)
    if title is None or title.lower not in word_set("party_titles"):
        return None
    behind = [t for c in title.all("prep")[:1] for t in c.subtree() if t.dep != "punct"]
    span = Span(after[1].start, max([title.end, *(t.end for t in behind)]))
    return Role(span, title_words(title), belongs(title, head, span, owners, states))


def title_token(name: Span, head: Token) -> Token | None:
    before = [c for c in head.children if c.end <= name.start and c.lower in word_set("titles")]
    if before:
        return before[-1]
    index = next(i for i, t in enumerate(head.sentence.tokens) if t.start >= name.start)
    previous = head.sentence.tokens[index - 1] if index else None
    if previous is not None and previous.lower in word_set("titles"):
        return previous
    other = head.head if head.dep == "appos" else head.child("appos")
    if other is not None and other.lower in word_set("titles"):
        return other
    return described(head.sentence.tokens[:index])


def described(before: list[Token]) -> Token | None:
    """ "a former leader of the group, X": the description that ends at the comma before a name."""
    if not before or before[-1].text != ",":
        return None
    for token in reversed(before[:-1][-14:]):
        if token.tag[:2] in ("VB", "MD") or token.text == ",":
            return None
        if token.lower in word_set("titles") and token.child("det") is not None:
            return token
    return None


def span_of(title: Token, name: Span, head: Token) -> Span:
    if (
        title.i < head.i
        and title.child("det") is not None
        and title.head is not head
        and head.head is not title
    ):
        inside = [t for t in title.subtree() if t.end <= name.start and t.dep != "punct"]
        comma = next((t.start for t in title.sentence.tokens if t.i > title.i and t.text == ","), name.start)
        return Span(inside[0].start, max(t.end for t in inside if t.end <= comma))
    if title.dep == "appos" or (head.dep == "appos" and head.head is title):
        inside = [t for t in title.subtree() if t.end <= name.start or t.start >= name.end]
        inside = [t for t in inside if t.i <= title.i or not under(t, title, "relcl", "appos", "conj", "cc")]
        after = [t for t in inside if (t.start >= name.end) == (title.start >= name.end)]
        words = [t for t in after if t.dep != "punct"] or [title]
        return Span(words[0].start, words[-1].end)
    before = [t for t in head.subtree() if t.end <= name.start and t.i <= title.i and t.dep != "punct"]
    return Span(min(t.start for t in [*before, title]), title.end)


def title_words(title: Token) -> str:
    words = [
        c
        for c in title.children
        if c.i < title.i and c.dep in ("compound", "amod") and c.lower not in demonyms()
    ]
    return " ".join(t.text for t in [*words, title] if t.lower not in word_set("former"))


def belongs(
    title: Token, head: Token, span: Span, owners: dict[int, str], states: dict[str | None, str]
) -> str | None:
    """Whose office it is: the entity named inside the role's words."""
    inside = [t for t in title.sentence.tokens if span.start <= t.start < span.end]
    found = {owners[t.i] for t in inside if t.i in owners and t is not head}
    found |= {
        states[demonyms()[t.lower]] for t in inside if t.lower in demonyms() and demonyms()[t.lower] in states
    }
    return found.pop() if len(found) == 1 else None
