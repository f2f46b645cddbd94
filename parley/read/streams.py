"""A file that may be read only once, looked into before it is read: its first bytes, and all of it again."""

from __future__ import annotations

import contextlib
import io
import shutil
import tempfile
from collections.abc import Iterator
from typing import BinaryIO, cast

HEAD = 1 << 16  # bytes by which a format is known
IN_MEMORY = 64 << 20


class Rejoined(io.RawIOBase):
    """What was read of a file already, then the rest; closing it leaves the file open."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self.head, self.rest = memoryview(head), rest

    def readable(self) -> bool:
        return True

    def readinto(self, into: object) -> int:
        room = memoryview(into).cast("B")  # type: ignore[arg-type]
        if not self.head:
            data = self.rest.read(len(room))
        else:
            data, self.head = bytes(self.head[: len(room)]), self.head[len(room) :]
        room[: len(data)] = data
        return len(data)


def peeked(file: BinaryIO) -> tuple[BinaryIO, bytes]:
    """The file as it was before, and its first bytes."""
    begin = file.tell() if file.seekable() else None
    head = b""
    while len(head) < HEAD and (more := file.read(HEAD - len(head))):
        head += more
    if begin is not None:
        file.seek(begin)
        return file, head
    return cast(BinaryIO, io.BufferedReader(Rejoined(head, file))), head


@contextlib.contextmanager
def seekable(file: BinaryIO) -> Iterator[BinaryIO]:
    """The file, or a copy of what a pipe still holds: in memory, if large on disk."""
    if file.seekable():
        yield file
        return
    with tempfile.SpooledTemporaryFile(IN_MEMORY) as copy:
        shutil.copyfileobj(file, copy)
        copy.seek(0)
        yield cast(BinaryIO, copy)
