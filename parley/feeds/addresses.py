"""A URL → where on the net to ask for it, looked up and checked; addresses inside a network are refused."""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

from parley.errors import NotFetched

Resolver = Callable[[str, int], Sequence[str]]  # host, port → addresses as text
IP = ipaddress.IPv4Address | ipaddress.IPv6Address
PORTS = {"http": 80, "https": 443}
LOOKUP_S = 10.0
# Never asked: nobody serves news from there, and routers may turn some of them back into addresses inside a network.
NEVER = tuple(
    map(ipaddress.ip_network, ("2002::/16", "2001::/32", "64:ff9b:1::/48", "::/96", "fec0::/10", "192.88.99.0/24", "192.0.0.0/24"))
)  # fmt: skip
SHARED_BY_PROVIDERS = ipaddress.IPv4Network("100.64.0.0/10")
NAT64 = ipaddress.IPv6Network(
    "64:ff9b::/96"
)  # the public IPv4 network as hosts see it that have none of their own


@dataclass(frozen=True, slots=True)
class Place:
    """A URL taken apart: `host` as a certificate names it, `target` what is asked of the host, `url` the whole."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def origin(self) -> str:
        shown = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{shown}" + ("" if self.port == PORTS[self.scheme] else f":{self.port}")

    @property
    def url(self) -> str:
        return self.origin + self.target


def place_of(url: str) -> Place:
    """Raises NotFetched for what is no web address, and for one with a password in it."""
    try:
        parts = parse_url(url.strip())
        port = parts.port
    except (LocationParseError, ValueError) as trouble:
        raise NotFetched("address", f"no web address: {trouble}") from trouble
    if parts.scheme not in PORTS or not parts.host:
        raise NotFetched("address", "no address of the web; write it like https://news.example/feed.xml")
    if parts.auth:
        raise NotFetched(
            "address", "has a name or password in it, which Parley does not send; leave them out"
        )
    host = parts.host.strip("[]").rstrip(".")
    if not host or "%" in host:
        raise NotFetched("address", f"no host of the web: {parts.host}")
    if not (port := PORTS[parts.scheme] if port is None else port):
        raise NotFetched("address", "port 0 is none")
    return Place(parts.scheme, host, port, (parts.path or "/") + (f"?{parts.query}" if parts.query else ""))


def lookup(host: str, port: int) -> Sequence[str]:
    """The addresses of a host, as this machine's resolver has them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))


def checked(place: Place, resolver: Resolver = lookup, *, allow_private: bool = False) -> str:
    """The address to connect to. Raises NotFetched where there is none, or where any of a host's addresses may not be
    asked: a name that is outside and inside at once is a trap."""
    found = in_time(resolver, place)
    if not found:
        raise NotFetched("unreachable", f"{place.host} has no address; check its spelling")
    for text in found:
        if why := refused(text, allow_private):
            shown = place.host if text == place.host else f"{place.host} is {text}, which"
            raise NotFetched("private", f"{shown} {why}")
    return found[0]


def in_time(resolver: Resolver, place: Place) -> Sequence[str]:
    """What the resolver says; it has no time limit of its own."""
    told: list[Sequence[str] | OSError | UnicodeError] = []

    def ask() -> None:
        try:
            told.append(resolver(place.host, place.port))
        except (OSError, UnicodeError) as trouble:
            told.append(trouble)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(LOOKUP_S)
    if not told:
        raise NotFetched("slow", f"{place.host} was not found in {LOOKUP_S:.0f} seconds")
    if isinstance(told[0], OSError | UnicodeError):
        raise NotFetched("unreachable", f"{place.host} is not known; check its spelling") from told[0]
    return told[0]


NO_PLACE = "is no place for pages"
INSIDE = "is inside a network; allow_private (--allow-private) lets Parley ask there"


def refused(text: str, allow_private: bool) -> str | None:
    """Why an address is not asked; None where it may be."""
    try:
        address = carried(ipaddress.ip_address(text))
    except ValueError:
        return "is no address"
    if not address.is_loopback and nobodys(address):
        return NO_PLACE
    inside = address.is_loopback or address.is_private or address in SHARED_BY_PROVIDERS
    if inside and not allow_private:
        return INSIDE
    return None if inside or address.is_global else NO_PLACE


def carried(address: IP) -> IP:
    """The IPv4 address that an IPv6 address stands for, where it does."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return address.ipv4_mapped
        if address in NAT64:
            return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def nobodys(address: IP) -> bool:
    """Of no host, or of none that could be meant."""
    if address.is_link_local or address.is_multicast or address.is_unspecified or address.is_reserved:
        return True
    return any(address in net for net in NEVER)
