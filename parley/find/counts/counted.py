"""What may be a count: a number with the people it counts, or one person singled out ("a soldier")."""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from dataclasses import dataclass, replace

from parley.document import Marks, Number, Token
from parley.find.counts.rules import is_people, listed, means_people, plural, rules, thing
from parley.values import Bounds, Span

ONE = Bounds(1, 1)
MODIFIERS = (
    "JJ",
    "JJR",
    "JJS",
    "NN",
    "NNS",
    "NNP",
    "NNPS",
    "VBN",
    "VBG",
    "POS",
    "HYPH",
    "RB",
    "AFX",
    "CD",
    "FW",
    "``",
    "''",
)
EVERY = ("a", "an", "per", "every", "each")
PERIODS = ("day", "week", "month", "year", "hour", "minute")
LONGEST = 9  # words from the number to the noun
OTHERS = ("others", "other", "more", "another")


@dataclass(frozen=True, slots=True)
class Counted:
    """A number with the noun it counts (None: "killing five") and the token that stands for both.

    `first` and `last` are token indexes of the phrase; `single` marks one person without a number,
    `inner` the whole of a part: of "two of the 18", what is said is said of the two.
    """

    span: Span
    bounds: Bounds
    noun: Token | None
    token: Token
    first: int
    last: int
    single: bool = False
    inner: bool = False

    @property
    def people(self) -> bool:
        return self.noun is not None and is_people(self.noun)

    @property
    def definite(self) -> bool:
        before = self.token.sentence.tokens[0].i
        near = [t for t in self.token.sentence.tokens if max(before, self.first - 2) <= t.i < self.first]
        return bool(near) and near[-1].lower in ("the", "these", "those", "its", "their", "his")


def candidates(marks: Marks) -> Iterator[Counted]:
    times = [t.span.start for t in marks.times]
    ends = {n.last for n in marks.numbers}
    for number in marks.numbers:
        if counted := of_number(number, marks, times):
            yield replace(counted, inner=of_part(number, marks, ends))
    numbered = {i for n in marks.numbers for i in range(n.first, n.last + 1)}
    for token in marks.tokens:
        if token.i in numbered:
            continue
        if article := one_person(token, numbered):
            yield Counted(Span(article.start, token.end), ONE, token, token, article.i, token.i, single=True)
        elif token.lower == "another" and alone(token):
            yield Counted(token.span, ONE, None, token, token.i, token.i, single=True)


def of_part(number: Number, marks: Marks, ends: set[int]) -> bool:
    before = [t.lower for t in marks.tokens[max(0, number.first - 3) : number.first]]
    gap = next((len(before) - i for i in (2, 1, 0) if before[i : i + 1] == ["of"]), 0)
    return gap > 0 and number.first - gap - 1 in ends


def of_number(number: Number, marks: Marks, times: list[int]) -> Counted | None:
    words = marks.tokens[number.last].sentence.tokens
    if nobody(number, words):
        return None
    noun = noun_behind(number, untimed(words, number, times))
    token = top_of(number, words, noun)
    last = max(number.last, noun.i if noun is not None and noun.i < number.last + LONGEST else number.last)
    if noun is not None and (thing(noun) or other_kind(noun, token)):
        return None
    if rate(words, last) or (noun is None and designation(number, words)):
        return None
    return Counted(number.span, number.bounds, noun, token, number.first, last)


def rate(words: list[Token], last: int) -> bool:
    """ "kills 3,000 children a day": nobody in particular."""
    behind = [t.lower for t in words[last - words[0].i + 1 :][:6]]
    rates = zip(behind, behind[1:], [*behind[2:], ""], strict=False)
    return bool(listed("rates") & set(behind[:4])) or any(
        a in EVERY and b in PERIODS and c not in ("after", "before", "earlier", "later", "ago")
        for a, b, c in rates
    )


def designation(number: Number, words: list[Token]) -> bool:
    """ "Regimental Combat Team 5"."""
    before = words[number.first - words[0].i - 1] if number.first > words[0].i else None
    return (
        before is not None
        and before.tag in ("NNP", "NNPS")
        and words[number.first - words[0].i].text.isdigit()
    )


def nobody(number: Number, words: list[Token]) -> bool:
    """ "no one", "the one who", "none of the four": nobody is counted."""
    at = number.first - words[0].i
    before = words[at - 1].lower if at else ""
    behind = words[at + 1].tag[:2] if at + 1 < len(words) else ""
    if before == "that" and behind == "NN":
        return False
    if {"none", "neither"} & {t.lower for t in words[max(0, at - 3) : at]}:
        return True
    return words[at].lower == "one" and before in (
        "no",
        "any",
        "every",
        "the",
        "this",
        "that",
        "some",
        "each",
    )


def untimed(words: list[Token], number: Number, times: list[int]) -> list[Token]:
    """The sentence up to the next expression of time: "the toll grew to eleven early Friday"."""
    at = bisect.bisect_left(times, number.span.end)
    end = times[at] if at < len(times) else words[-1].end
    return [t for t in words if t.end <= end]


def other_kind(noun: Token, token: Token) -> bool:
    """Words that look like people in the singular only: "100 percent", "two general elections"."""
    return noun.tag == "NN" and token.tag == "CD" and not is_people(noun)


# ── the noun ─────────────────────────────────────────────────────────────────────────────────────


def noun_behind(number: Number, words: list[Token]) -> Token | None:
    """ "240 Palestinian prisoners", "dozens of people", "24 of them": what is counted, if it is said."""
    at = number.last - words[0].i + 1
    if at < len(words) and words[at].lower == "of":
        return of_noun(words, at + 1)
    if words[at - 1].lower == "of":
        return of_noun(words, at)
    return noun_in(words, at)


def of_noun(words: list[Token], at: int) -> Token | None:
    while at < len(words) and (
        words[at].tag in ("DT", "PRP$", "PDT", "CD") or words[at].lower in ("its", "all")
    ):
        at += 1
    if at < len(words) and words[at].tag in ("PRP", "WP", "WDT", "DT"):
        return words[at]
    return noun_in(words, at)


def noun_in(words: list[Token], at: int) -> Token | None:
    """The last noun of the phrase that begins here; the last one that means people where one does."""
    found: list[Token] = []
    bracket = False
    for word in words[at : at + LONGEST]:
        if word.text in ("[", "(") and found:
            bracket = True
        elif word.text in ("]", ")"):
            bracket = False
        elif bracket or word.text in ('"', "'", "“", "‘") or hyphened(word, words):
            continue
        elif word.tag[:2] == "NN" or adjective_people(word):
            if found and is_people(found[-1]) and not extends(found[-1], word):
                break
            found.append(word)
        elif ends(word) or stops(word, words):
            break
    people = [t for t in found if is_people(t) or (t.lower in rules("noun") and t is found[-1])]
    if people:
        return people[-1]
    return found[-1] if found else None


def hyphened(word: Token, words: list[Token]) -> bool:
    """ "14 hostage-takers": the first half counts nobody."""
    behind = words[word.i + 1 - words[0].i :][:2]
    joined = len(behind) == 2 and behind[0].text == "-" and behind[0].start == word.end == behind[1].start - 1
    return joined and word.tag[:2] == "NN" and behind[1].tag[:2] == "NN" and behind[1].lower != "by"


def ends(word: Token) -> bool:
    return (word.tag not in MODIFIERS and word.lower not in OTHERS) or word.lower == "including"


def adjective_people(word: Token) -> bool:
    """ "one civilian", "three Kenyan": read as an adjective though no noun follows."""
    if word.tag != "JJ" or not means_people(word):
        return False
    words = word.sentence.tokens
    following = words[word.i - words[0].i + 1 :][:1]
    return not following or following[0].tag[:1] not in ("N", "J", "H", "C", "P", "`")


def extends(noun: Token, following: Token) -> bool:
    """ "police officers", "student leaders", "refugee camps": the first noun only describes the next."""
    return not plural(noun) or noun.lower in listed("people_plural") or following.start == noun.end


def stops(word: Token, words: list[Token]) -> bool:
    """ "12 soldiers wounded in …": a participle or adjective behind which no noun comes ends the phrase."""
    if word.tag not in ("VBN", "VBG", "JJ", "RB"):
        return False
    rest = words[word.i - words[0].i + 1 :]
    return not rest or rest[0].tag not in ("NN", "NNS", "NNP", "NNPS", "JJ", "POS", "HYPH", "VBN", "''", "``")


def top_of(number: Number, words: list[Token], noun: Token | None) -> Token:
    """The token through which the phrase takes part in the sentence."""
    inside = [t for t in words if number.first <= t.i <= number.last]
    top = next((t for t in inside if not number.first <= t.head.i <= number.last or t.head is t), inside[-1])
    if noun is None or noun.tag in ("PRP", "WP", "WDT", "DT"):
        return top
    over = noun
    while (
        (over.dep in ("compound", "nmod", "amod") or (over.dep == "poss" and not is_people(over)))
        and over.head.i > over.i
        and over.head.tag[:1] == "N"
    ):
        over = over.head
    if over is noun or not thing(over):
        noun = noun if thing(over) else over
    return top if chained(noun, top) else noun


def chained(noun: Token, top: Token) -> bool:
    """ "dozens of people": the noun hangs from the number."""
    return any(a is top for a in noun.ancestors()) and top.tag[:1] in ("N", "C", "J")


# ── one person ───────────────────────────────────────────────────────────────────────────────────


def one_person(token: Token, numbered: set[int]) -> Token | None:
    """The article of "a soldier": an indefinite person of whom something may have been done."""
    if token.dep == "appos" and token.head.tag in ("NNP", "NNPS"):
        return None  # "X, a district officer, was jailed": a name, not a number
    if token.dep == "appos" and speaks(token):
        return None  # "the death of the president, an official said"
    if token.tag not in ("NN", "NNP") or token.dep == "compound" or not is_people(token) or plural(token):
        return None
    article = next((c for c in token.children if c.dep == "det" and c.lower in ("a", "an", "another")), None)
    if (
        article is None
        or article.i > token.i
        or of_whom(article)
        or any(i in numbered for i in range(article.i, token.i))
    ):
        return None
    return article if article.lower != "another" or token.i - article.i < 6 else None


def speaks(token: Token) -> bool:
    words = token.sentence.tokens
    return any(t.lemma in listed("saying") for t in words[token.i + 1 - words[0].i :][:1])


def of_whom(article: Token) -> bool:
    """ "one of them an officer"."""
    words = article.sentence.tokens
    return any(t.lower in ("them", "whom") for t in words if t.i == article.i - 1)


def alone(token: Token) -> bool:
    return token.dep in ("dobj", "nsubjpass", "nsubj", "conj", "attr") and token.tag == "DT"
