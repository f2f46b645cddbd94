"""Any file → its dispatches: the format is known by the bytes first and by the name second, plain text comes last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath
from types import ModuleType
from typing import BinaryIO

from parley.document import Document
from parley.errors import ParleyError, UnreadableInput
from parley.read import (
    anpa,
    archive,
    csv,
    feed,
    html,
    jsonl,
    mail,
    newsml,
    ninjs,
    nitf,
    pdf,
    plain,
    spacy,
    warc,
    xml,
)
from parley.read.found import Asked, BadInput, Found
from parley.read.language import set_aside
from parley.read.streams import HEAD, peeked

# In the order in which they are asked: those with marks of their own first. Each has `knows` and `read`, and the
# endings of names by which files of a folder are taken.
FORMATS: tuple[tuple[str, ModuleType], ...] = (
    ("warc", warc),
    ("pdf", pdf),
    ("spacy", spacy),
    ("anpa", anpa),
    ("newsml", newsml),
    ("nitf", nitf),
    ("feed", feed),
    ("html", html),
    ("jsonl", jsonl),
    ("ninjs", ninjs),
    ("mail", mail),
    ("csv", csv),
    ("xml", xml),
    ("text", plain),
)
UNKNOWN = ("xml", "text")  # what is so because nobody knew it
ENDINGS = (*archive.NAMES, *(ending for _, module in FORMATS for ending in module.NAMES))
COMMON = (".json", ".xml")  # endings of much that is no dispatch


def dispatches_in(
    file: BinaryIO,
    name: str,
    published: str | None = None,
    columns: Mapping[str, str] | None = None,
    *,
    form: str | None = None,
) -> Iterator[Found]:
    """The dispatches of a file, one after the other, and a BadInput (or SetAside, or Linked) for what is none.

    `name` is the file's, "-" for standard input; `published` (ISO 8601) holds where a dispatch tells no day; `columns`
    tells which column of a table, or key of JSON Lines, holds what; `form` is the name of one of FORMATS that the file
    is said to have. A file is read as it goes and left open. Raises ParleyError where it cannot be read at all, or not
    beyond what was yielded.
    """
    source_id = None if name == "-" else PurePath(name).name
    for found in opened(file, Asked(name, source_id, published, columns or {}), form):
        yield set_aside(found, name) if isinstance(found, Document) else found


def opened(
    file: BinaryIO, asked: Asked, form: str | None, budget: archive.Budget | None = None, depth: int = 0
) -> Iterator[Found]:
    file, head = peeked(file)
    if not head.strip() and len(head) < HEAD:
        raise UnreadableInput("the input is empty; give a dispatch as text")
    packed = None if form or warc.knows(head, "") else archive.kind(head)
    if packed:
        yield from unpacked(file, packed, asked, budget, depth)
        return
    chosen = form or known(head, asked.name)
    if chosen == "text" and not form and asked.columns:
        chosen = "csv"  # of what else would there be columns
    try:
        yield from dict(FORMATS)[chosen].read(file, asked)
    except (ParleyError, OSError):
        raise
    except Exception as trouble:  # of a library that reads the format: whatever it was, the batch goes on
        told = f"cannot be read as {chosen} ({type(trouble).__name__}: {str(trouble)[:200]})"
        raise UnreadableInput(told) from trouble


def unpacked(
    file: BinaryIO, kind: archive.Kind, asked: Asked, budget: archive.Budget | None, depth: int
) -> Iterator[Found]:
    """The dispatches of each member that may be one. Raises UnreadableInput where none is, or the archive is bad."""
    if depth == archive.DEPTH:
        raise UnreadableInput(f"archives within archives, more than {archive.DEPTH} deep; unpack them first")
    taken = 0
    for spending, (member, inside) in archive.members(file, kind, budget):
        if kind in ("zip", "tar") and not likely(member):
            continue
        taken += 1
        within = asked.inside(shown(member)) if kind in ("zip", "tar") else asked.inflated()
        yield from of_member(inside, within, spending, depth)
    if not taken:
        raise UnreadableInput("an archive without a file of a format that Parley reads")


def of_member(inside: BinaryIO | str, asked: Asked, budget: archive.Budget, depth: int) -> Iterator[Found]:
    if isinstance(inside, str):
        yield BadInput(asked.name, inside)
        return
    try:
        again, head = peeked(inside)
        if not (asked.name.lower().endswith(COMMON) and known(head, "") in UNKNOWN):
            yield from opened(again, asked, None, budget, depth + 1)
    except archive.Swollen:
        raise
    except (ParleyError, OSError) as trouble:
        yield BadInput(asked.name, str(trouble))


def shown(member: str) -> str:
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in member)[:300]


def likely(name: str) -> bool:
    """Of a folder's or an archive's files, those whose name's ending tells a format; hidden ones never."""
    *folders, last = name.lower().replace("\\", "/").split("/")
    hidden = last.startswith(".") or "__macosx" in folders
    return not hidden and last.endswith(ENDINGS)


def worth_reading(path: Path) -> bool:
    """Is a file of a folder likely a dispatch? Of endings that many things have, its bytes must tell."""
    if not likely(path.name):
        return False
    if not path.name.lower().endswith(COMMON):
        return True
    with open(path, "rb") as file:
        return known(file.read(HEAD), "") not in UNKNOWN


def known(head: bytes, name: str) -> str:
    """The format's name in FORMATS."""
    *marked, (last, _) = FORMATS
    for told in ("", name):
        for form, module in marked:
            if module.knows(head, told):
                return form
    return last
