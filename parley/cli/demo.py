"""`parley demo`: the invented examples read, put into a ledger, briefed on, and served as pages."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from parley.errors import ParleyError

DAY = "2024-09-20"
Where = Annotated[
    Path | None, typer.Option("--ledger", help="Where the example ledger goes.", show_default="a temporary folder")
]  # fmt: skip


def demo(
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="End by serving it in a browser.")] = True,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: any that is free.")] = 8700,
    ledger: Where = None,
) -> None:
    """Read the invented examples, brief on an invented story, and serve it as pages; nothing is fetched."""
    import tempfile

    from parley.cli.output import Format, Input
    from parley.cli.reading import Order, run

    files = sorted(str(p) for p in examples().glob("*.txt"))
    run(Order(tuple(files), None, Input.text, Format.table, None, False, True))
    with tempfile.TemporaryDirectory() as folder:
        path = str(ledger or Path(folder) / "story.db")
        told(path)
        if serve and not os.environ.get("CI"):
            serve_it(path, port)


def told(path: str) -> None:
    """The story added and briefed on."""
    from parley.cli.ledger import add
    from parley.cli.output import Format, Input
    from parley.cli.reading import Order
    from parley.ledger import Ledger

    with Ledger.open(path, make=True) as opened:
        add(
            opened,
            Order((str(examples() / "story"),), None, Input.text, Format.jsonl, None, True, False),
            dry=False,
        )
        print(opened.brief(as_of=DAY), flush=True)


def serve_it(path: str, port: int) -> None:
    from parley.ledger import Ledger
    from parley.web.people import users_file
    from parley.web.serving import WrongPort, listening, run
    from parley.web.settings import Settings

    os.environ.setdefault("PARLEY_PLACES", str(examples() / "story" / "places.tsv"))
    try:
        listening("127.0.0.1", port).close()
    except WrongPort:
        port = 0
    print(f"The same as pages; they open on {DAY} with ?as_of={DAY}:", file=sys.stderr)
    with Ledger.open(path) as opened:
        run(opened, Settings(users=users_file(), name="invented story"), "127.0.0.1", port, False)


def examples() -> Path:
    """The examples: in the package where it was built into a wheel, beside it in a checkout."""
    here = Path(__file__).parent.parent
    found = next((p for p in (here / "examples", here.parent / "examples") if (p / "story").is_dir()), None)
    if found is None:
        raise ParleyError("the examples are not installed; they lie in the folder examples/ of the source")
    return found
