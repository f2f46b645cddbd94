"""One request → a page, with a limit to all of it: whom it asks, how long it takes, how much it brings, where it leads."""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from functools import cache
from urllib.parse import urljoin

from urllib3 import exceptions as broken
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.response import HTTPResponse

from parley import __version__
from parley.errors import NotFetched
from parley.feeds.addresses import Place, Resolver, checked, lookup, place_of

REDIRECTS = 5
CUT_OFF, NO_HTTP = "ends before it is whole", "does not answer as HTTP has it"
ONE_READ = 1 << 16
LONGEST_WAIT_S = 7 * 86_400.0
WANTED = (
    "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/html;q=0.9, "
    "application/json;q=0.8, text/plain;q=0.8, */*;q=0.1"
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a page may cost: bytes once unpacked, seconds in all and redirects among them, seconds of silence."""

    bytes: int = 8 << 20
    seconds: float = 60.0
    silence: float = 20.0


@dataclass(frozen=True, slots=True)
class Manner:
    """How Parley asks: under which name, within which limits; `now` (seconds since 1970) and `resolver` are the
    machine's own but in tests."""

    agent: str = f"Parley/{__version__}"
    limits: Limits = Limits()
    resolver: Resolver = lookup
    now: Callable[[], float] = time.time
    context: ssl.SSLContext | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """What a host called the page that it gave last; asked again with it, it answers with a page only if that changed."""

    etag: str | None = None
    modified: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        told = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in told.items() if value}


@dataclass(frozen=True, slots=True)
class Page:
    """What came: the URL it came from at last, its media type and version. `moved` is where the page asked for has
    gone for good."""

    url: str
    body: bytes = field(repr=False)
    kind: str
    version: Version
    moved: str | None = None


def nothing(place: Place) -> None:
    """Whoever asks may."""


def fetched(
    url: str,
    manner: Manner,
    known: Version | None = None,
    *,
    allow_private: bool = False,
    before: Callable[[Place], None] = nothing,
) -> Page | None:
    """The page at a URL, or None where it is still the version that is `known`. `before` is called with each place
    before it is asked, those of redirects too. Raises NotFetched."""
    place, until = place_of(url), time.monotonic() + manner.limits.seconds
    seen, moved, for_good = [place.url], None, True
    while True:
        before(place)
        headers = {"Accept": WANTED, "Accept-Encoding": "gzip", **(known or Version()).headers}
        with asked(place, manner, until, headers, allow_private=allow_private) as response:
            if response.status not in (301, 302, 303, 307, 308):
                return page(place, response, manner, known, moved)
            for_good = for_good and response.status in (301, 308)
            place = next_place(place, response.headers.get("Location"), seen)
        moved = place.url if for_good else moved
        seen.append(place.url)


def next_place(place: Place, location: str | None, seen: list[str]) -> Place:
    if not location:
        raise NotFetched("redirects", f"{place.url} redirects to nowhere")
    found = place_of(urljoin(place.url, location))
    if found.url in seen:
        raise NotFetched("redirects", f"redirects in a circle: {' → '.join((*seen, found.url))}")
    if len(seen) > REDIRECTS:
        raise NotFetched("redirects", f"more than {REDIRECTS} redirects, the last to {found.url}")
    if (place.scheme, found.scheme) == ("https", "http"):
        raise NotFetched(
            "redirects", f"redirects from https to {found.url}, which anybody on the way could change"
        )
    return found


# ── a request and its end ────────────────────────────────────────────────────────────────────────


@contextlib.contextmanager
def asked(
    place: Place,
    manner: Manner,
    until: float,
    headers: Mapping[str, str],
    *,
    method: str = "GET",
    body: bytes | None = None,
    allow_private: bool = False,
) -> Iterator[HTTPResponse]:
    """The answer to one request, open, until the moment `until` (monotonic seconds); whatever goes wrong with it, inside
    too, is a NotFetched."""
    address = checked(place, manner.resolver, allow_private=allow_private)
    connection = connection_to(place, address, manner)
    name = place.origin.partition("://")[2]
    own = {"Host": name, "User-Agent": manner.agent, "Connection": "close", **headers}
    with told_of(place), contextlib.closing(connection), Deadline(until, manner) as deadline:
        connection.connect()
        deadline.hold(connection.sock)
        connection.request(method, place.target, body, own, preload_content=False, decode_content=False)
        with contextlib.closing(connection.getresponse()) as response:
            yield response


def connection_to(place: Place, address: str, manner: Manner) -> HTTPConnection:
    """To the very address that was checked: a name looked up twice may lead to two places. A certificate is still
    that of the name."""
    silence = manner.limits.silence
    if place.scheme == "http":
        return HTTPConnection(address, place.port, timeout=silence)
    context = manner.context or trusting()
    return HTTPSConnection(
        address, place.port, timeout=silence, server_hostname=place.host, ssl_context=context
    )


@cache
def trusting() -> ssl.SSLContext:
    """Certificates as this system trusts them; SSL_CERT_FILE names others."""
    return ssl.create_default_context()


class Deadline:
    """Ends a connection at a moment, whatever it waits for: a host that sends a byte a second is never silent."""

    def __init__(self, until: float, manner: Manner) -> None:
        self.manner, self.late = manner, threading.Event()
        self.socket: socket.socket | None = None
        self.timer = threading.Timer(max(0.0, until - time.monotonic()), self.end)
        self.timer.daemon = True

    def hold(self, opened: socket.socket | None) -> None:
        self.socket = opened
        if self.late.is_set():
            self.end()

    def end(self) -> None:
        self.late.set()
        with contextlib.suppress(OSError):
            if self.socket is not None:
                self.socket.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> Deadline:
        self.timer.start()
        return self

    def __exit__(self, kind: object, trouble: BaseException | None, trace: object) -> None:
        """What came may have been ended here, and look whole."""
        self.timer.cancel()
        self.timer.join()
        if self.late.is_set() and isinstance(trouble, Exception | None):
            raise too_slow(self.manner) from trouble


def too_slow(manner: Manner) -> NotFetched:
    return NotFetched("slow", f"took more than {manner.limits.seconds:g} seconds in all")


@contextlib.contextmanager
def told_of(place: Place) -> Iterator[None]:
    """Whatever the libraries below raise, as what happened."""
    try:
        yield
    except broken.NewConnectionError as trouble:
        raise NotFetched("unreachable", f"nothing answers at {place.origin}") from trouble
    except (broken.ConnectTimeoutError, broken.ReadTimeoutError, TimeoutError) as trouble:
        raise NotFetched("slow", f"{place.host} does not answer") from trouble
    except (broken.SSLError, ssl.SSLError) as trouble:
        raise NotFetched("certificate", f"{place.host}: {certificate(trouble)}") from trouble
    except (broken.IncompleteRead, http.client.IncompleteRead) as trouble:
        raise NotFetched("cut off", CUT_OFF) from trouble
    except broken.ProtocolError as trouble:
        if isinstance(trouble.__cause__, http.client.IncompleteRead | broken.IncompleteRead | OSError):
            raise NotFetched("cut off", CUT_OFF) from trouble
        raise NotFetched("garbled", NO_HTTP) from trouble
    except (broken.HTTPError, http.client.HTTPException, ValueError) as trouble:
        raise NotFetched("garbled", NO_HTTP) from trouble
    except OSError as trouble:
        raise NotFetched("cut off", f"the connection broke ({trouble.strerror or trouble})") from trouble


def certificate(trouble: Exception) -> str:
    inner = trouble.args[0] if trouble.args and isinstance(trouble.args[0], ssl.SSLError) else trouble
    told = getattr(inner, "verify_message", "")
    return f"its certificate does not hold: {told}" if told else "no secure connection as TLS has it"


# ── the answer ───────────────────────────────────────────────────────────────────────────────────


def page(
    place: Place, response: HTTPResponse, manner: Manner, known: Version | None, moved: str | None
) -> Page | None:
    if response.status == 304 and known and known.headers:
        return None
    if response.status != 200:
        raise failure(response, manner)
    headers = response.headers
    kind = headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind.startswith(NO_PAGES):
        raise NotFetched("kind", f"is {kind[:60]}, no page, feed or text")
    body = whole(response, manner.limits.bytes)
    return Page(place.url, body, kind, Version(headers.get("ETag"), headers.get("Last-Modified")), moved)


NO_PAGES = ("image/", "audio/", "video/", "font/", "text/css", "text/javascript", "application/javascript")
TOLD = {401: "refused", 403: "refused", 404: "missing", 410: "gone", 451: "refused"}
MENDS = {
    "refused": "does not give the page to Parley (HTTP {})",
    "missing": "there is no such page (HTTP {}); check the address",
    "gone": "the page is gone for good (HTTP {}); it is not asked for again",
}


def failure(response: HTTPResponse, manner: Manner) -> NotFetched:
    status = response.status
    if status in (408, 425, 429) or status >= 500:
        wait = seconds(response.headers.get("Retry-After"), manner.now())
        asks = f"; it asks to be left alone for {wait:,.0f} seconds" if wait else ""
        return NotFetched("busy", f"the host cannot answer now (HTTP {status}){asks}", wait)
    fault = TOLD.get(status, "refused" if status >= 400 else "garbled")
    words = MENDS.get(fault, "answers with no page (HTTP {})").format(status)
    return NotFetched(fault, words)  # type: ignore[arg-type]


def seconds(retry_after: str | None, now: float) -> float | None:
    """How long a host asks to be left alone, from seconds or a date.

    >>> seconds("120", 0), seconds("Thu, 01 Jan 1970 00:05:00 GMT", 60), seconds("soon", 0)
    (120.0, 240.0, None)
    """
    given = (retry_after or "").strip()
    if given.isascii() and given.isdigit():
        return min(float(given[:9]), LONGEST_WAIT_S)
    try:
        return max(0.0, min(parsedate_to_datetime(given).timestamp() - now, LONGEST_WAIT_S))
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def whole(response: HTTPResponse, most: int) -> bytes:
    """The body, unpacked as it comes, so that neither a long one nor one that swells is ever held beyond `most`."""
    if int_of(response.headers.get("Content-Length")) > most:
        raise too_large(most)
    packed = response.headers.get("Content-Encoding", "identity").strip().lower()
    if packed in ("", "identity"):
        return b"".join(measured(chunks(response), most))
    if packed not in ("gzip", "x-gzip"):
        raise NotFetched("garbled", f"is packed as {packed[:40]}, which was not asked for")
    return b"".join(measured(inflated(chunks(response)), most))


def chunks(response: HTTPResponse) -> Iterator[bytes]:
    while data := response.read1(ONE_READ, decode_content=False):
        yield data


def inflated(packed: Iterator[bytes]) -> Iterator[bytes]:
    inflating = zlib.decompressobj(wbits=31)
    try:
        for data in packed:
            while data:
                yield inflating.decompress(data, ONE_READ)
                data = inflating.unconsumed_tail
    except zlib.error as trouble:
        raise NotFetched("garbled", "says that it is packed as gzip, and is not") from trouble
    if not inflating.eof:
        raise NotFetched("cut off", CUT_OFF)


def measured(pieces: Iterator[bytes], most: int) -> Iterator[bytes]:
    held = 0
    for piece in pieces:
        held += len(piece)
        if held > most:
            raise too_large(most)
        yield piece


def too_large(most: int) -> NotFetched:
    return NotFetched("too large", f"is more than {most:,} bytes")


def int_of(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 18 else 0
