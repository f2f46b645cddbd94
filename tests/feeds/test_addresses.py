"""Which addresses are asked: spellings of inside addresses, hosts that are both, and what is no address."""

from __future__ import annotations

import pytest

from parley.errors import NotFetched
from parley.feeds.addresses import checked, place_of, refused

INSIDE = [
    "http://127.0.0.1/", "http://127.1/", "http://0x7f.1/", "http://0x7f000001/", "http://0177.0.0.1/", "http://2130706433/",
    "http://localhost./", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://0/",
    "http://[0:0:0:0:0:0:0:1]:8080/", "http://10.1.2.3/", "http://172.16.0.1/", "http://192.168.0.10/", "http://100.64.0.1/",
    "http://169.254.169.254/latest/", "http://[fe80::1]/", "http://[fd00::1]/", "http://[fec0::1]/", "http://[::]/",
    "http://224.0.0.1/", "http://[ff02::1]/", "http://255.255.255.255/", "http://240.0.0.1/", "http://192.0.2.7/",
    "http://198.18.0.1/", "http://[64:ff9b::7f00:1]/", "http://[64:ff9b::a00:1]/", "http://[2002:7f00:1::]/",
    "http://[2001:0:7f00:1::]/", "http://[::127.0.0.1]/", "http://192.0.0.8/", "http://[2001:db8::1]/", "http://[100::1]/",
]  # fmt: skip


@pytest.mark.parametrize("url", INSIDE)
def test_an_inside_address_is_refused_however_it_is_spelled(url: str) -> None:
    with pytest.raises(NotFetched) as told:
        checked(place_of(url))
    assert told.value.fault == "private"


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "2606:2800:21f:cb07::1", "::ffff:93.184.215.14", "64:ff9b::5db8:d70e"]
)
def test_an_outside_address_is_the_one_that_is_connected_to(address: str) -> None:
    assert checked(place_of("https://news.example/feed"), lambda host, port: [address]) == address


@pytest.mark.parametrize(
    "found",
    [
        ["93.184.215.14", "10.0.0.1"],
        ["127.0.0.1", "93.184.215.14"],
        ["2606:2800:21f::1", "::ffff:192.168.0.1"],
    ],
)
def test_a_name_that_is_outside_and_inside_at_once_is_refused(found: list[str]) -> None:
    with pytest.raises(NotFetched, match="inside a network"):
        checked(place_of("https://news.example/"), lambda host, port: found)


@pytest.mark.parametrize(
    ("address", "lets"),
    [("127.0.0.1", True), ("::1", True), ("10.2.3.4", True), ("fd00::7", True), ("100.64.0.1", True), ("93.184.215.14", True),
     ("169.254.169.254", False), ("fe80::1", False), ("224.0.0.1", False), ("0.0.0.0", False), ("240.0.0.1", False), ("::", False)],
)  # fmt: skip
def test_private_addresses_are_asked_where_that_is_allowed_and_no_others(address: str, lets: bool) -> None:
    assert (refused(address, allow_private=True) is None) is lets


@pytest.mark.parametrize(
    ("url", "what"),
    [("file:///etc/passwd", "no address of the web"), ("ftp://news.example/x", "no address of the web"), ("news.example", "no address of the web"),
     ("//news.example/x", "no address of the web"), ("gopher://127.0.0.1:25/", "no address of the web"), ("http:///x", "no address of the web"),
     ("http://user:secret@news.example/", "password"), ("http://news.example:0/", "port 0"), ("http://news.example:99999/", "no web address"),
     ("http://[fe80::1%25eth0]/", "no host"), ("http://[::1/", "no web address"), ("http://./", "no host")],
)  # fmt: skip
def test_what_is_no_web_address_is_told(url: str, what: str) -> None:
    with pytest.raises(NotFetched, match=what) as told:
        place_of(url)
    assert told.value.fault == "address" and "secret" not in str(told.value)


@pytest.mark.parametrize(
    ("url", "shown"),
    [("HTTPS://News.Example:443/a?b=c#d", "https://news.example/a?b=c"), ("http://news.example", "http://news.example/"),
     ("http://[::1]:8700/x", "http://[::1]:8700/x"), (" https://news.example./x ", "https://news.example/x")],
)  # fmt: skip
def test_a_url_has_one_spelling(url: str, shown: str) -> None:
    assert place_of(url).url == shown and place_of(place_of(url).url) == place_of(url)


def test_a_host_that_nobody_knows_is_told() -> None:
    def nobody(host: str, port: int) -> list[str]:
        raise OSError("no such host")

    with pytest.raises(NotFetched, match="not known; check its spelling") as told:
        checked(place_of("https://news.example/"), nobody)
    assert told.value.fault == "unreachable"
