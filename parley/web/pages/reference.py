"""`/api`: what programs can ask, from the same schema that answers for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, FastAPI, Request, Response

from parley.web.desk import asked_of, page

router = APIRouter(include_in_schema=False)
# What an example asks for, where the parameter is known here; an example needs no more than is required, and a day.
SAMPLES = {"name": "NAME", "dispatch": "ID", "id": "ID", "q": "truce", "as_of": "2024-09-20"}


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    place: str
    required: bool
    values: str
    default: str
    told: str


@dataclass(frozen=True, slots=True)
class Address:
    """An address, its parameters, and the same question as a line for curl and for Python."""

    id: str
    path: str
    told: str
    parameters: tuple[Parameter, ...]
    curl: str
    python: str


@router.get("/api")
def html(request: Request) -> Response:
    app: FastAPI = request.app
    base = str(request.base_url).rstrip("/")
    return page(
        request, "api.html", asked_of(request), addresses=tuple(addresses(app.openapi(), base)), base=base
    )


def addresses(schema: dict[str, Any], base: str) -> Iterator[Address]:
    for path, methods in schema["paths"].items():
        for told in methods.values():
            known = tuple(parameter(p) for p in told.get("parameters", ()))
            url = base + example(path, known)
            yield Address(
                told["operationId"], path, told.get("description", ""), known,
                f"curl -g '{url}'", f"import json, urllib.request\njson.load(urllib.request.urlopen({url!r}))",
            )  # fmt: skip


def parameter(told: dict[str, Any]) -> Parameter:
    schema = told["schema"]
    default = schema.get("default")
    words = told.get("description") or schema.get("description") or ""
    return Parameter(
        told["name"], told["in"], told.get("required", False), values(schema), "" if default is None else str(default).lower(), words
    )  # fmt: skip


def values(schema: dict[str, Any]) -> str:
    """What may stand there, in words: "held · released", "1 to 500", "yes or no", "a day"."""
    if "enum" in schema:
        return " · ".join(map(str, schema["enum"]))
    if schema.get("type") == "boolean":
        return "true · false"
    if schema.get("type") == "integer":
        return f"{schema['minimum']} to {schema['maximum']}"
    return f"like {schema['examples'][0]}" if schema.get("examples") else "words"


def example(path: str, known: tuple[Parameter, ...]) -> str:
    for name, sample in SAMPLES.items():
        path = path.replace(f"{{{name}}}", sample)
    asks = {
        p.name: SAMPLES[p.name] for p in known if p.place == "query" and (p.required or p.name == "as_of")
    }
    return path + (f"?{urlencode(asks)}" if asks else "")
