"""Who does what to whom in a clause, read off the parse; nothing here knows what words mean."""

from __future__ import annotations

from parley.document import Token

SUBJECTS = ("nsubj", "nsubjpass", "csubj")


def subject(verb: Token) -> Token | None:
    """The subject of a verb, its own or the one it shares: "X came and left", "X agreed to leave"."""
    seen = 0
    if named := loose(verb):
        return named
    while seen < 6:
        seen += 1
        found = verb.all(*SUBJECTS)
        if found:
            return antecedent(found[-1])  # of two, as in "the rebel Red Front", the name
        if verb.dep in ("relcl",) and not verb.child(*SUBJECTS):
            return verb.head
        if verb.dep == "acl":
            return verb.head if verb.tag in ("VBG", "VBN") else None
        if (
            verb.dep in ("conj", "xcomp", "advcl", "ccomp", "dep", "pcomp")
            and verb.head.tag[:2] in ("VB", "MD", "JJ")
        ) or verb.dep in ("aux", "auxpass", "acomp"):
            verb = verb.head
        elif verb.dep == "pcomp" and verb.tag == "VBG" and verb.head.head.tag[:2] == "VB":
            verb = verb.head.head  # "after failing to agree, they left"
        else:
            return None
    return None


def loose(verb: Token) -> Token | None:
    """ "… replaces Omar Solon, blamed for the raid, …": a bare participle says it of the name before its comma."""
    bare = verb.tag == "VBN" and verb.dep == "advcl" and not verb.all("aux", "dobj", *SUBJECTS)
    words = verb.sentence.tokens
    at = verb.i - words[0].i
    if not bare or at < 2 or words[at - 1].text != ",":
        return None
    before = words[at - 2]
    return before if before.tag == "NNP" and before.dep != "npadvmod" and before.head is not verb else None


def antecedent(token: Token) -> Token:
    """ "who", "which", "that" stand for the noun that their clause hangs from."""
    if token.tag in ("WDT", "WP") and token.head.dep == "relcl":
        return token.head.head
    return token


def passive(verb: Token) -> bool:
    if verb.child("nsubjpass", "auxpass") is not None:
        return True
    bare = verb.tag == "VBN" and not verb.all("aux")
    by = verb.child("agent") is not None or loose(verb) is not None  # "rebuffed by rebels, he left"
    return bare and (verb.dep == "acl" or by)


def agent(verb: Token) -> Token | None:
    """By whom: the noun behind "by" in the passive."""
    by = verb.child("agent") or next((p for p in verb.all("prep") if p.lower == "by"), None)
    return by.child("pobj") if by is not None else None


def objects(verb: Token) -> list[Token]:
    return verb.all("dobj", "dative", "obj")


def prepositional(token: Token, *words: str) -> list[Token]:
    """The nouns behind these prepositions that hang from the token."""
    return [p for c in token.all("prep", "agent") if c.lower in words for p in c.all("pobj", "pcomp")]


def conjuncts(token: Token) -> list[Token]:
    """The token and those coordinated with it: "X, Y and Z"."""
    found = [token]
    for item in found:
        found.extend(c for c in item.children if c.dep == "conj")
    return found


def members(noun: Token) -> list[Token]:
    """The noun, those coordinated with it and the one singled out of it: "ten miners, including a priest"."""
    found = conjuncts(noun)
    inside = [t for c in found for t in prepositional(c, "including") if t.tag in ("NN", "NNP")]
    return [*found, *inside]


def negated(verb: Token) -> bool:
    """ "did not leave", and "no longer demands"."""
    return any(c.dep == "neg" or (c.lower == "longer" and no_more(c)) for c in verb.children)


def no_more(longer: Token) -> bool:
    return any(c.lower in ("no", "any") for c in longer.children)


def modal(verb: Token) -> str | None:
    return next((c.lemma for c in verb.children if c.tag == "MD"), None)


def main_verb(token: Token) -> Token:
    """The verb that a word belongs to, or the root where there is none above it."""
    return next((t for t in (token, *token.ancestors()) if t.tag[:2] in ("VB", "MD")), token.sentence.root)


def under(token: Token, top: Token, *relations: str) -> bool:
    """Whether the way up from the token to `top` leads through one of these relations."""
    while token is not top and token.head is not token:
        if token.dep in relations:
            return True
        token = token.head
    return False


def full_phrase(token: Token, *, without: tuple[str, ...] = ("relcl", "appos", "punct")) -> list[Token]:
    """The words of a noun phrase, without what merely comments on it."""
    found, queue = [token], [c for c in token.children if c.dep not in without]
    while queue:
        item = queue.pop()
        found.append(item)
        queue.extend(item.children)
    return sorted(found, key=lambda t: t.i)
