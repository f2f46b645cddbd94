"""Files wherever they lie: a path, or a URL that fsspec knows (s3://, gs://, memory://); written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from parley.errors import ParleyError, UnreadableInput

HIDDEN = (".", "_")  # marks and leftovers of other programs, and of a data set


def found(place: str, worth: Callable[[str], bool]) -> list[str]:
    """The files that a path, glob or URL names, in order of their names; of a folder those `worth` reading."""
    fs, path = filesystem(place)
    if fs.isfile(path):
        return [full(fs, path)]
    if not fs.isdir(path):
        return [full(fs, p) for p in sorted(fs.glob(path)) if fs.isfile(p)]
    files = (
        full(fs, p) for p in sorted(fs.find(path)) if not any(n.startswith(HIDDEN) for n in parts(p, path))
    )
    return [file for file in files if worth(file)]


def parts(path: str, root: str) -> list[str]:
    return path[len(root) :].strip("/").split("/")


@contextlib.contextmanager
def opened(place: str) -> Iterator[BinaryIO]:
    """A file's bytes, with `seek`. Raises UnreadableInput where it cannot be opened."""
    fs, path = filesystem(place)
    try:
        file = fs.open(path, "rb")
    except OSError as trouble:
        raise UnreadableInput(f"{(trouble.strerror or str(trouble)).lower()}; check the path") from trouble
    with file:
        yield file


@dataclass(frozen=True, slots=True)
class Folder:
    """Where a data set lies. Names are relative to it, parted by "/"."""

    fs: Any
    root: str

    @classmethod
    def at(cls, place: str) -> Folder:
        fs, path = filesystem(place)
        return cls(fs, path.rstrip("/"))

    @property
    def place(self) -> str:
        """The path or URL by which any process finds it."""
        return full(self.fs, self.root)

    def names(self, under: str = "") -> list[str]:
        """All files below, in order."""
        with contextlib.suppress(FileNotFoundError):
            self.fs.invalidate_cache()
            return sorted(f[len(self.root) + 1 :] for f in self.fs.find(f"{self.root}/{under}".rstrip("/")))
        return []

    def read(self, name: str) -> bytes | None:
        with contextlib.suppress(FileNotFoundError):
            held: bytes = self.fs.cat_file(f"{self.root}/{name}")
            return held
        return None

    def write(self, name: str, data: bytes) -> None:
        """A disk gets the file under another name first; an object store keeps only whole objects anyway."""
        path = f"{self.root}/{name}"
        if not local(self.fs):
            self.fs.pipe_file(path, data)
            return
        os.makedirs(os.path.dirname(path), exist_ok=True)
        part = f"{path}.{uuid.uuid4().hex[:8]}.part"
        try:
            with open(part, "wb") as file:
                file.write(data)
            os.replace(part, path)
        except BaseException:
            with contextlib.suppress(OSError):
                os.remove(part)
            raise

    def remove(self, name: str) -> None:
        """A file, or a folder with all that is in it; it need not be there."""
        with contextlib.suppress(FileNotFoundError):
            self.fs.rm(f"{self.root}/{name}", recursive=True)


def filesystem(place: str) -> tuple[Any, str]:
    """(where it lies, its path there); a relative path is made whole, since workers may stand in other folders."""
    try:
        from fsspec.core import url_to_fs
    except ModuleNotFoundError as trouble:
        raise ParleyError("this needs fsspec and pyarrow; pip install 'parley-record[run]'") from trouble
    try:
        fs, path = url_to_fs(place)
    except (ImportError, ValueError) as trouble:
        raise ParleyError(f"{place}: {trouble}") from trouble
    return fs, path


def full(fs: Any, path: str) -> str:
    return path if local(fs) else str(fs.unstrip_protocol(path))


def local(fs: Any) -> bool:
    return "file" in ((fs.protocol,) if isinstance(fs.protocol, str) else fs.protocol)


def only_here(place: str) -> bool:
    """Does it lie in the memory of this process, where no other could reach it?"""
    return place.startswith("memory:")
