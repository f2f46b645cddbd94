"""XML without entities, network or size without end: its root element, and the words in it.

As a format it is what no other knows: XML of a kind that is not read, and says so.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from parley.errors import UnreadableInput
from parley.read.found import Asked, Found

NAMES = ()
LOOKED, MANY = 16_384, 100  # bytes, and declarations or comments, before which the root must stand
SKIPPED = (("<?", "?>"), ("<!--", "-->"))
ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)")
NAMED, OWN = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,30});"), ("amp", "lt", "gt", "quot", "apos")
DECLARES = re.compile(rb"<!ENTITY", re.IGNORECASE)


def knows(head: bytes, name: str) -> bool:
    return head[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml") or (
        name.lower().endswith(".xml") and root_of(head) is not None
    )


def read(file: BinaryIO, asked: Asked) -> Iterator[Found]:
    """Raises UnreadableInput, with what it is."""
    root = root_of(file.read(LOOKED))
    told = f"its root is <{root[:60]}>" if root else "it has no root"
    raise UnreadableInput(f"XML of a kind that is not read: {told}; NewsML-G2, NITF, RSS, Atom and pages are")
    yield


def root_of(head: bytes) -> str | None:
    """The name of the first element, without its prefix; None where the bytes begin with anything else."""
    wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = head[:LOOKED].decode("utf-16" if wide else "latin-1", "replace").lstrip("\xef\xbb\xbf \t\r\n")
    for _ in range(MANY):
        if not text.startswith(("<?", "<!")):
            break
        end = next((close for begin, close in SKIPPED if text.startswith(begin)), None)
        after = text.find(end) + len(end) if end and end in text else past_doctype(text)
        if not after:
            return None
        text = text[after:].lstrip()
    found = ROOT.match(text)
    return found[1] if found else None


def past_doctype(text: str) -> int:
    """Where a document type declaration ends, with its own declarations in brackets; 0 where it does not."""
    if text[:9].upper() != "<!DOCTYPE":
        return 0
    end, bracket = text.find(">"), text.find("[")
    if 0 <= bracket < end:
        end = text.find(">", text.find("]", bracket)) if "]" in text[bracket:] else -1
    return end + 1


def parsed(data: bytes, what: str) -> Any:
    """The root element (lxml). Raises UnreadableInput for what is cut off, no XML, or declares entities."""
    from lxml import etree

    if DECLARES.search(data.replace(b"\0", b"")):
        raise UnreadableInput(
            f"{what} that declares entities of its own, which are not followed; send it without them"
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(NAMED.sub(numbered, data), parser)
    except (etree.XMLSyntaxError, ValueError) as trouble:
        raise UnreadableInput(
            f"{what} that is not whole or not well formed: {str(trouble)[:200]}"
        ) from trouble


def numbered(named: re.Match[bytes]) -> bytes:
    """ "&nbsp;" and "&eacute;", which a DTD that is not loaded would declare, by their numbers; the five of XML stay."""
    from html.entities import html5

    name = named[1].decode("ascii")
    meant = html5.get(f"{name};") if name not in OWN else None
    return "".join(f"&#{ord(c)};" for c in meant).encode() if meant else named[0]


def local(element: Any) -> str:
    """The element's name without its namespace; "" for comments, instructions and entities."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def every(element: Any, *names: str) -> Iterator[Any]:
    """The elements of these names at or below this one, in order, whatever their namespace."""
    return (e for e in element.iter() if local(e) in names)


def first(element: Any, *path: str) -> Any:
    """The first element below by a path of names, each anywhere below the one before; None where there is none."""
    for name in path:
        element = (
            None if element is None else next((e for e in every(element, name) if e is not element), None)
        )
    return element


def words(element: Any, *without: str) -> str:
    """The text in an element, white space as one space, leaving out elements of some names."""
    return " ".join("".join(pieces(element, without)).split()) if element is not None else ""


def pieces(element: Any, without: tuple[str, ...]) -> Iterator[str]:
    if not local(element):
        return  # a comment
    yield element.text or ""
    for child in element:
        if local(child) not in without:
            yield from pieces(child, without)
        yield " " if local(child) == "br" else ""
        yield child.tail or ""


def attribute(element: Any, name: str) -> str | None:
    found = None if element is None else element.get(name)
    return str(found) if found else None
