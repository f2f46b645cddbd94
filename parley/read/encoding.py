"""Bytes → text: UTF-8 first, marks of other encodings next, a stated guess last; never a crash."""

from __future__ import annotations

import codecs

from parley.errors import Problem, UnreadableInput

MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SAMPLE = 200_000


def decode(data: bytes) -> tuple[str, tuple[Problem, ...]]:
    """The text, and a Problem where its encoding had to be guessed.

    Raises UnreadableInput for bytes that hold no text at all.
    """
    if not data.strip():
        raise UnreadableInput("the input is empty; give a dispatch as text")
    for mark, encoding in MARKED:
        if data.startswith(mark):
            return marked(data, encoding)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as trouble:
        return guessed(data, trouble.start)


def marked(data: bytes, encoding: str) -> tuple[str, tuple[Problem, ...]]:
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError as trouble:
        raise UnreadableInput(
            f"begins with the mark of {encoding}, but byte {trouble.start} is none of it; save the file as UTF-8"
        ) from trouble


def guessed(data: bytes, byte: int) -> tuple[str, tuple[Problem, ...]]:
    if binary(data):
        raise UnreadableInput(f"is no text (byte {byte} on); give text, or a format that Parley reads")
    encoding = guess(data)
    text = data.decode(encoding, "replace")
    told = f"not UTF-8 from byte {byte} on: read as {encoding}; save it as UTF-8 to be sure"
    return text, (Problem(told),)


def encoding_of(head: bytes) -> str:
    """How a long text is written, by its first bytes, the last of which may be half a character."""
    for mark, encoding in MARKED:
        if head.startswith(mark):
            return encoding
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return guess(head)
    return "utf-8"


def guess(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:SAMPLE]).best()
    return best.encoding if best else "cp1252"


def binary(data: bytes) -> bool:
    """Pictures, archives and programs have many control characters; text has hardly any."""
    sample = data[:4096]
    control = sum(b < 32 and b not in b"\t\n\r\f" for b in sample)
    return control > len(sample) * 0.02
