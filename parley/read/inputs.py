"""Any file → its dispatches: the format is known by the bytes first and by the name second, plain text comes last."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
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
COMMON = (".json", ".xml", ".csv", ".tsv")  # endings of much that is no dispatch


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
    for number, found in enumerate(opened(file, Asked(name, source_id, published, columns or {}), form), 1):
        yield set_aside(found, name, number) if isinstance(found, Document) else found


def opened(
    file: BinaryIO, asked: Asked, form: str | None, budget: archive.Budget | None = None, depth: int = 0
) -> Iterator[Found]:
    """What a file holds, or the files in it. Raises UnreadableInput where it is none of any format."""
    file, head = peeked(file)
    if not head.strip() and len(head) < HEAD:
        raise UnreadableInput("the input is empty; give a dispatch as text")
    packed = None if "warc" in (form, known(head, "")) else archive.kind(head)
    if packed:
        yield from unpacked(file, packed, asked, form, budget, depth)
        return
    chosen = form or chosen_for(head, asked)
    try:
        yield from reader(chosen)(file, asked)
    except (ParleyError, OSError):
        raise
    except Exception as trouble:  # of a library that reads the format: whatever it was, the batch goes on
        told = f"cannot be read as {chosen} ({type(trouble).__name__}: {str(trouble)[:200]})"
        raise UnreadableInput(told) from trouble


def chosen_for(head: bytes, asked: Asked) -> str:
    """The format's name; what nobody knows is a table where its columns are named."""
    found = known(head, asked.name)
    table = found == "text" and asked.columns and not asked.name.lower().endswith(plain.NAMES)
    return "csv" if table else found


def reader(form: str) -> Callable[[BinaryIO, Asked], Iterator[Found]]:
    formats = dict(FORMATS)
    if form not in formats:
        raise UnreadableInput(f"no format {form!r}; there are {', '.join(formats)}")
    reading: Callable[[BinaryIO, Asked], Iterator[Found]] = formats[form].read
    return reading


def unpacked(
    file: BinaryIO,
    kind: archive.Kind,
    asked: Asked,
    form: str | None,
    budget: archive.Budget | None,
    depth: int,
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
        yield from of_member(inside, within, form, spending, depth)
    if not taken:
        raise UnreadableInput("an archive without a file of a format that Parley reads")


def of_member(
    inside: BinaryIO | str, asked: Asked, form: str | None, budget: archive.Budget, depth: int
) -> Iterator[Found]:
    if isinstance(inside, str):
        yield BadInput(asked.name, inside)
        return
    try:
        again, head = peeked(inside)
        if form or not common(asked.name, head, asked.columns):
            yield from opened(again, asked, form, budget, depth + 1)
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


def worth_reading(path: Path, columns: Mapping[str, str] | None = None) -> bool:
    """Is a file of a folder likely a dispatch? Of endings that many things have, its bytes must tell."""
    if not likely(path.name):
        return False
    if not path.name.lower().endswith(COMMON):
        return True
    with open(path, "rb") as file:
        return not common(path.name, file.read(HEAD), columns)


def common(name: str, head: bytes, columns: Mapping[str, str] | None) -> bool:
    """Is it no dispatch, by all that its bytes tell? Where columns are named, tables are taken to have them."""
    if not name.lower().endswith(COMMON) or (columns and name.lower().endswith(csv.NAMES)):
        return False
    return known(head, "") in UNKNOWN


def known(head: bytes, name: str) -> str:
    """The format's name in FORMATS."""
    *marked, (last, _) = FORMATS
    for told in ("", name):
        for form, module in marked:
            if module.knows(head, told):
                return form
    return last
