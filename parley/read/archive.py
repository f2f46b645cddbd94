"""zip, tar, gz, bz2 and xz → the files in them, one after the other, none of them written anywhere.

What swells, nests or has members without end is refused: an archive may hold a bomb.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import IO, Any, BinaryIO, Literal, cast

from parley.errors import UnreadableInput
from parley.read.found import whole

Kind = Literal["zip", "tar", "gz", "bz2", "xz"]
NAMES = (".zip", ".tar", ".tgz", ".gz", ".tbz2", ".bz2", ".txz", ".xz")
MARKS: tuple[tuple[Kind, int, bytes], ...] = (
    ("zip", 0, b"PK\3\4"),
    ("zip", 0, b"PK\5\6"),
    ("gz", 0, b"\x1f\x8b"),
    ("bz2", 0, b"BZh"),
    ("xz", 0, b"\xfd7zXZ\0"),
    ("tar", 257, b"ustar"),
)
DEPTH = 4  # archives within archives; a .tar.gz is two
MEMBERS = 100_000
RATIO, FREE = (
    200,
    32 << 20,
)  # times its size that an archive may swell to, and bytes from which on that is asked
ZIP = (
    256 << 20
)  # bytes of a zip that comes through a pipe or lies in another archive: its list stands at its end

Member = tuple[str, BinaryIO | str]  # its name, and the file or why it is not read


def kind(head: bytes) -> Kind | None:
    return next((name for name, at, mark in MARKS if head[at:].startswith(mark)), None)


class Swollen(UnreadableInput):
    """An archive that gives more than any archive of dispatches does: nothing more of it is read."""


class Budget:
    """How much may still come out of an archive, by how much of it went in."""

    def __init__(self) -> None:
        self.given = self.taken = 0

    def take(self, count: int) -> None:
        self.taken += count
        if self.taken > FREE and self.taken > RATIO * self.given:
            raise Swollen(f"an archive that swells to more than {RATIO} times its size; it may be a bomb")


class Stream(io.RawIOBase):
    """A file read forward only, each stretch of it told to `count`; trouble in it is UnreadableInput."""

    def __init__(self, file: IO[bytes], count: Callable[[int], None]) -> None:
        self.file, self.count = file, count

    def readable(self) -> bool:
        return True

    def readinto(self, into: object) -> int:
        room = memoryview(into).cast("B")  # type: ignore[arg-type]
        try:
            data = self.file.read(len(room))
        except UnreadableInput:
            raise
        except Exception as trouble:  # of many libraries, for what is cut off or was never an archive
            raise broken(trouble) from trouble
        self.count(len(data))
        room[: len(data)] = data
        return len(data)


def broken(trouble: Exception) -> UnreadableInput:
    return UnreadableInput(
        f"an archive that is cut off or damaged ({str(trouble)[:200] or type(trouble).__name__})"
    )


def buffered(file: IO[bytes], count: Callable[[int], None]) -> BinaryIO:
    return cast(BinaryIO, io.BufferedReader(Stream(file, count)))


def members(file: BinaryIO, form: Kind, budget: Budget | None) -> Iterator[tuple[Budget, Member]]:
    """Each file of an archive, to be read before the next is asked for. `budget` is that of the archive round it.

    Raises UnreadableInput where the archive is damaged, has members without end, or swells.
    """
    spending = budget or Budget()
    if form == "zip":
        found = zipped(file, spending, outermost=budget is None)
    else:
        source = file if budget else buffered(file, lambda count: grow(spending, count))
        found = tarred(source, spending) if form == "tar" else inflated(source, form, spending)
    for number, member in enumerate(found):
        if number == MEMBERS:
            raise UnreadableInput(
                f"more than {MEMBERS:,} files in one archive; unpack it and give the folder"
            )
        yield spending, member


def grow(budget: Budget, count: int) -> None:
    budget.given += count


def inflated(file: BinaryIO, form: Kind, budget: Budget) -> Iterator[Member]:
    import bz2
    import gzip
    import lzma

    openers: dict[str, Callable[[BinaryIO], Any]] = {"gz": gzip.open, "bz2": bz2.open, "xz": lzma.open}
    yield "", buffered(openers[form](file), budget.take)


def tarred(file: BinaryIO, budget: Budget) -> Iterator[Member]:
    import tarfile

    try:
        with tarfile.open(fileobj=file, mode="r|") as opened:
            for info in opened:
                if info.isfile():
                    yield info.name, buffered(cast(IO[bytes], opened.extractfile(info)), budget.take)
                elif not info.isdir():
                    yield info.name, "a link or a device; only files are read"
                cast(Any, opened).members = []  # or it keeps them all
    except (tarfile.TarError, OSError, EOFError, ValueError) as trouble:
        raise broken(trouble) from trouble


def zipped(file: BinaryIO, budget: Budget, *, outermost: bool) -> Iterator[Member]:
    import zipfile

    if not (outermost and file.seekable()):
        data = whole(file, ZIP)
        file = io.BytesIO(data)
    if outermost:
        budget.given += file.seek(0, io.SEEK_END)
    try:
        with zipfile.ZipFile(file) as opened:
            for info in opened.infolist():
                if not info.is_dir():
                    yield info.filename, of_zip(opened, info, budget)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, LookupError) as trouble:
        raise broken(trouble) from trouble


def of_zip(opened: Any, info: Any, budget: Budget) -> BinaryIO | str:
    if info.flag_bits & 1:
        return "locked with a password; unpack it first"
    try:
        return buffered(opened.open(info), budget.take)
    except Exception as trouble:  # a member whose own header is none costs only itself
        return str(broken(trouble))
