"""The expression of time that belongs to a verb or noun: the one that hangs from its clause."""

from __future__ import annotations

from parley.document import Marks, Time, Token
from parley.mark.clause import main_verb


def when(marks: Marks, token: Token) -> Time | None:
    """A date or clock time below the token or its verb; with two of different value, none."""
    verb = main_verb(token)
    near = [t for t in marks.times if token.sentence.span.covers(t.span) and points(t)]
    own = [t for t in near if hangs(t, token, verb)]
    if not own and len(near) == 1 and verb is token.sentence.root and not elsewhere(near[0], verb):
        own = near
    if not own and token.dep in ("xcomp", "ccomp", "relcl") and (above := allowing(token)):
        return when(marks, above)  # "a truce on May 3 allowed for 12 men to be freed"
    values = {t.value for t in own}
    return own[0] if len(values) == 1 else None


def allowing(verb: Token) -> Token | None:
    """What let it happen: the verb "allow" above, in the past."""
    return next((a for a in list(verb.ancestors())[:4] if a.lemma == "allow" and a.tag == "VBD"), None)


def elsewhere(time: Time, verb: Token) -> bool:
    """The time belongs to another verb of the sentence: "the people taken on Monday are held"."""
    inside = [t for t in verb.sentence.tokens if time.span.start <= t.start < time.span.end]
    return any(a.tag[:2] == "VB" and a is not verb for t in inside for a in t.ancestors())


def points(time: Time) -> bool:
    return time.type in ("DATE", "TIME") and bool(time.value) and time.value != "PRESENT_REF"


def hangs(time: Time, token: Token, verb: Token) -> bool:
    inside = [t for t in token.sentence.tokens if time.span.start <= t.start < time.span.end]
    for word in inside:
        for above in word.ancestors():
            if above is token or above is verb:
                return True
            if above.tag[:2] == "VB":
                break
    return False
