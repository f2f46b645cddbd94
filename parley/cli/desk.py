"""`parley serve` and `parley user`: the desk, and who may change things there."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from parley.cli.questions import Place
from parley.errors import WrongQuestion

Users = Annotated[
    Path | None, typer.Option("--users", help="The file of users.", envvar="PARLEY_USERS", show_default="your settings")
]  # fmt: skip
user = typer.Typer(no_args_is_help=True, help="Who may change things on the desk.", rich_markup_mode=None)


def serve(
    ledger: Place = None,
    host: Annotated[str, typer.Option(help="Where to listen. Anything but this machine asks everybody to log in.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: any that is free.")] = 8700,
    name: Annotated[list[str] | None, typer.Option(help="A name that the desk answers to, where it is not on this machine.")] = None,
    https: Annotated[bool, typer.Option("--https", help="Behind a proxy that speaks https: cookies go over nothing else.")] = False,
    users: Users = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print the address alone.")] = False,
) -> None:  # fmt: skip
    """Serve the ledger as pages in a browser, on this machine alone unless told otherwise."""
    from parley.ledger import Ledger
    from parley.web.people import load, users_file
    from parley.web.serving import run
    from parley.web.settings import LOOPBACK, Settings

    path = users_file(users)
    outside = host not in ("127.0.0.1", "::1", "localhost")
    if outside and not load(path):
        raise WrongQuestion(
            f"--host {host}: others could read this ledger; make a user first: parley user add NAME"
        )
    hosts = (*LOOPBACK, *(name or ()), *((host,) if outside else ()))
    with Ledger.open(ledger) as opened:
        told = Path(opened.name).stem if "://" not in opened.name else opened.name.rpartition("/")[2]
        run(
            opened,
            Settings(hosts=hosts, closed=outside, users=path, secure=https, name=told),
            host,
            port,
            quiet,
        )


@user.command("add")
def add_user(
    name: Annotated[str, typer.Argument(help="A name or a pseudonym.")],
    role: Annotated[str, typer.Option(help="reader, reviewer (accepts, fixes, rejects) or editor (also adds).")] = "reviewer",
    stdin: Annotated[bool, typer.Option("--password-stdin", help="The password is the first line of stdin.")] = False,
    users: Users = None,
) -> None:  # fmt: skip
    """Add a user, or give one another role and password."""
    from parley.web.people import add, users_file

    password = sys.stdin.readline().rstrip("\n") if stdin else asked_twice()
    made = add(users_file(users), name, role, password)
    print(f"{made.name}: {made.role}, in {users_file(users)}", file=sys.stderr)


def asked_twice() -> str:
    if not sys.stdin.isatty():
        raise WrongQuestion("no terminal to ask for a password; give it with --password-stdin")
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))


@user.command("list")
def list_users(users: Users = None) -> None:
    """Names and roles."""
    from parley.web.people import load, users_file

    for each in load(users_file(users)).values():
        print(f"{each.name}\t{each.role}")


@user.command("remove")
def remove_user(name: Annotated[str, typer.Argument()], users: Users = None) -> None:
    """Take a user out; what they said of rows stays."""
    from parley.web.people import remove, users_file

    remove(users_file(users), name)
