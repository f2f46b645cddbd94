"""The desk on a port: uvicorn, told to keep addresses and forms out of its log."""

from __future__ import annotations

import gc
import socket
import sys

from parley.errors import ParleyError
from parley.ledger import Ledger
from parley.web.settings import Settings


class WrongPort(ParleyError):
    """A port that cannot be listened on."""


def run(ledger: Ledger, settings: Settings, host: str, port: int, quiet: bool) -> None:
    """Serve until interrupted; the address is printed when the port is open."""
    import uvicorn

    from parley.web.app import make_app

    taken = listening(host, port)
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{taken.getsockname()[1]}/"
    print(address if quiet else f"{settings.name}: {address} (Ctrl-C ends it)", file=sys.stdout, flush=True)
    config = uvicorn.Config(
        make_app(ledger, settings), log_level="warning", access_log=False, server_header=False, date_header=False,
        timeout_graceful_shutdown=3, limit_concurrency=200,
    )  # fmt: skip
    loaded()
    uvicorn.Server(config).run(sockets=[taken])


def loaded() -> None:
    """What is in memory by now stays there; Python need not look through it for waste again, in the middle of a page."""
    gc.collect()
    gc.freeze()


def listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
        made.listen(128)  # who comes before the first page is ready waits
    except OSError as trouble:
        made.close()
        raise WrongPort(
            f"{host}:{port}: {trouble.strerror}; another desk may be running there, or choose --port 0"
        ) from trouble
    return made
