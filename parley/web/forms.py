"""What a form sends: its fields and files, within the sizes of the desk."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData

from parley.web.desk import desk_of

MOST_FILES = 20
MOST_FIELDS = 2_000


async def posted(request: Request) -> AsyncIterator[FormData]:
    """The form; its files are closed when the answer has gone out."""
    most = desk_of(request).settings.most_bytes
    async with request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=most) as form:
        yield form


Posted = Annotated[FormData, Depends(posted)]


def field(form: FormData, name: str) -> str:
    """A field's words; "" where there is none, or a file was sent in its place."""
    found = form.get(name)
    return found.strip() if isinstance(found, str) else ""


def fields(form: FormData, name: str) -> list[str]:
    return [value for value in form.getlist(name) if isinstance(value, str)]
