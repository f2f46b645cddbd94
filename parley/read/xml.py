"""XML without entities, network or size without end: its root element, and the words in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5
from typing import Any

from parley.errors import UnreadableInput
from parley.read.encoding import encoding_of

SKIPPED = (("<?", "?>"), ("<!--", "-->"))
ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)")
DECLARES = re.compile(rb"<!ENTITY", re.IGNORECASE)


def root_of(head: bytes) -> str | None:
    """The name of the first element, without its prefix; None where the bytes begin with anything else."""
    text = head.decode(encoding_of(head), "replace").lstrip("\ufeff \t\r\n")
    while text.startswith(("<?", "<!")):
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
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as trouble:
        raise UnreadableInput(
            f"{what} that is not whole or not well formed: {str(trouble)[:200]}"
        ) from trouble


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
    name = local(element)
    if not name:
        yield html5.get(f"{getattr(element, 'name', '')};", "")
        return
    yield element.text or ""
    for child in element:
        if local(child) not in without:
            yield from pieces(child, without)
        yield " " if local(child) == "br" else ""
        yield child.tail or ""


def attribute(element: Any, name: str) -> str | None:
    found = None if element is None else element.get(name)
    return str(found) if found else None
