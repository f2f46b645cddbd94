"""The rules of lang/en/counts.toml by what they look at, and which nouns are people."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass

from parley.document import Token
from parley.facts import CountStatus
from parley.lang import table
from parley.mark.gazetteer import demonyms


@dataclass(frozen=True, slots=True)
class Rule:
    """A state and the words that put people into it.

    `cue`: what the words are to the counted: "object" or "subject" of the verb, "word" beside or said of
    them, "noun" that is counted itself, "of" an act that is done to them. `near`: words that must stand in
    the same clause. `people`: the counted noun must be known to be people ("sold", "sent" say it of things).
    `anyone`: the state matters of anyone, not of troops and captives only.
    """

    name: str
    status: CountStatus
    cue: str
    words: frozenset[str]
    near: frozenset[str] = frozenset()
    people: bool = False
    anyone: bool = False


@functools.cache
def rules(cue: str) -> dict[str, tuple[Rule, ...]]:
    """The rules of one kind of cue by word; those that ask for more words near come first."""
    found: dict[str, list[Rule]] = {}
    for entry in table("counts")["rule"]:
        rule = as_rule(entry)
        if rule.cue == cue:
            for word in rule.words:
                found.setdefault(word, []).append(rule)
    return {w: tuple(sorted(rs, key=lambda r: not r.near)) for w, rs in found.items()}


def as_rule(entry: dict[str, list[str] | str | bool]) -> Rule:
    return Rule(
        name=str(entry["name"]),
        status=str(entry["status"]),  # type: ignore[arg-type]
        cue=str(entry["cue"]),
        words=frozenset(entry.get("words", ())),  # type: ignore[arg-type]
        near=frozenset(entry.get("near", ())),  # type: ignore[arg-type]
        people=bool(entry.get("people", False)),
        anyone=bool(entry.get("anyone", False)),
    )


def rule_of(cue: str, word: str, near: Iterable[str]) -> Rule | None:
    """The rule of this cue for a word, given the words near it."""
    fitting = rules(cue).get(word)
    if not fitting:
        return None
    there = frozenset(near)
    return next((r for r in fitting if not r.near or r.near & there), None)


@functools.cache
def listed(name: str) -> frozenset[str]:
    return frozenset(table("counts")[name]["words"])


# ── people ───────────────────────────────────────────────────────────────────────────────────────


def is_people(token: Token) -> bool:
    """A noun for people: listed, or told by its ending or as the people of a country."""
    return known_people(token.lower) or (token.tag[:1] == "N" and token.lower in plural_demonyms())


def means_people(token: Token) -> bool:
    """... whatever the parser takes it for; not the states that stand for people: "two wounded"."""
    word = token.lower
    return word not in listed("people_plural") and (known_people(word) or word in plural_demonyms())


@functools.cache
def people() -> frozenset[str]:
    """The nouns for people that are listed, one and many."""
    ones = listed("people")
    many = {plural_of(w) for w in ones}
    return ones | many | listed("people_plural")


def plural_of(word: str) -> str:
    if word.endswith(("man", "woman")):
        return word[:-2] + "en"
    return word[:-1] + "ies" if word.endswith("y") else word + ("es" if word.endswith(("ch", "ss")) else "s")


@functools.lru_cache(1 << 14)
def known_people(word: str) -> bool:
    if word in listed("people") or word in listed("people_plural"):
        return True
    one = singular(word)
    if one in listed("people") or (
        one.endswith(("man", "woman", "person")) and one not in listed("no_people")
    ):
        return True
    return len(one) > 6 and one.endswith(("ist", "ian")) and one not in listed("no_people")


@functools.lru_cache(1 << 14)
def singular(word: str) -> str:
    if word.endswith("men"):
        return word[:-3] + "man"
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("ches") or word.endswith("sses"):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


@functools.cache
def plural_demonyms() -> frozenset[str]:
    """... but for those that never stand for people: "two US helicopters"."""
    return frozenset(d + end for d in demonyms() for end in ("", "s")) - {"us", "u.s.", "u.s", "uk"}


def thing(token: Token) -> bool:
    """What is killed, hurt or held without being people: "two cows", "five tanks"."""
    return token.lower in listed("things") or singular(token.lower) in listed("things")


def plural(token: Token) -> bool:
    return token.tag in ("NNS", "NNPS") or token.lower in listed("people_plural")
