"""One request: what comes back, and the faults of hosts, each told and none waited for."""

from __future__ import annotations

import gzip
import shutil
import ssl
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parley import __version__
from parley.errors import NotFetched
from parley.feeds.fetching import Limits, Manner, Page, Version, fetched, seconds

from .serving import Serve, Server, bomb, dripping, hanging, raw, redirect, status, text, versioned

MANNER = Manner(limits=Limits(bytes=50_000, seconds=0.6, silence=0.4), now=lambda: 1_726_000_000.0)


def fetch(server: Server, path: str, known: Version | None = None) -> Page | None:
    return fetched(server.address + path, MANNER, known, allow_private=True)


def fault(server: Server, serve: Serve) -> NotFetched:
    server.pages["/x"] = serve
    with pytest.raises(NotFetched) as told:
        fetch(server, "/x")
    return told.value


def test_a_page_comes_with_its_kind_and_version(server: Server) -> None:
    server.pages["/a?b=1"] = text(
        "Talks began.",
        "text/plain; charset=utf-8",
        ETag='"v1"',
        Last_Modified="Tue, 10 Sep 2024 08:00:00 GMT",
    )
    page = fetch(server, "/a?b=1#part")
    assert page == Page(
        f"{server.address}/a?b=1",
        b"Talks began.",
        "text/plain",
        Version('"v1"', "Tue, 10 Sep 2024 08:00:00 GMT"),
    )


def test_the_host_hears_who_asks_and_nothing_else(server: Server) -> None:
    server.pages["/a"] = text("Talks began.", Set_Cookie="who=you")
    fetch(server, "/a")
    fetch(server, "/a")
    for _, headers in server.asked:
        assert (
            headers["user-agent"] == f"Parley/{__version__}"
            and headers["host"] == f"127.0.0.1:{server.server_port}"
        )
        assert headers.keys() == {"user-agent", "host", "accept", "accept-encoding", "connection"}


def test_what_has_not_changed_is_not_sent_again(server: Server) -> None:
    server.pages["/a"] = versioned("Talks began.", '"v1"')
    first = fetch(server, "/a")
    assert first and fetch(server, "/a", first.version) is None
    assert server.asked[-1][1]["if-none-match"] == '"v1"'
    server.pages["/a"] = versioned("Talks ended.", '"v2"')
    assert (again := fetch(server, "/a", first.version)) and again.body == b"Talks ended."


def test_packed_pages_are_unpacked(server: Server) -> None:
    server.pages["/a"] = text(gzip.compress(b"Talks began." * 1000), Content_Encoding="gzip")
    assert (page := fetch(server, "/a")) and page.body == b"Talks began." * 1000


CUT = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nTalks"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nTalks\r\n"
PACKED = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"Talks began. " * 99)[:-20]


@pytest.mark.parametrize(
    ("serve", "kind", "words"),
    [
        (hanging, "slow", "does not answer"),
        (dripping(b"Talks began on Tuesday.", 0.05), "slow", "more than 0.6 seconds in all"),
        (raw(*(bytes([b]) for b in b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"), pause=0.05), "slow", "in all"),
        (raw(CUT), "cut off", "before it is whole"),
        (raw(CHUNKED), "cut off", "before it is whole"),
        (raw(PACKED), "cut off", "before it is whole"),
        (raw(b""), "cut off|garbled", ""),
        (raw(b"\x00\x01\x02 garbled \xff\r\n\r\n"), "garbled", "HTTP"),
        (raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nTalks"), "cut off|garbled", ""),
        (raw(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 300 + b"\r\n"), "garbled", ""),
        (text(b"not packed", Content_Encoding="gzip"), "garbled", "gzip, and is not"),
        (text(b"x", Content_Encoding="br"), "garbled", "not asked for"),
        (bomb(30_000_000), "too large", "50,000 bytes"),
        (text("x" * 50_001), "too large", "50,000 bytes"),
        (raw(b"HTTP/1.1 200 OK\r\n\r\n", *[b"x" * 9_000] * 9), "too large", "50,000 bytes"),
        (text(b"GIF", "image/gif"), "kind", "image/gif"),
        (status(404), "missing", "check the address"),
        (status(410), "gone", "for good"),
        (status(403), "refused", "403"),
        (status(418), "refused", "418"),
        (status(204), "garbled", "204"),
        (status(304), "garbled", "304"),
        (status(500), "busy", "500"),
        (status(429, Retry_After="90"), "busy", "90 seconds"),
        (status(503, Retry_After="Tue, 10 Sep 2024 20:31:40 GMT"), "busy", "300 seconds"),
        (redirect("/x"), "redirects", "in a circle"),
        (redirect(""), "redirects", "nowhere"),
        (redirect("file:///etc/passwd"), "address", "no address of the web"),
        (redirect("http://user:pass@127.0.0.1/"), "address", "password"),
    ],
)  # fmt: skip
def test_each_fault_is_told_in_time(server: Server, serve: Serve, kind: str, words: str) -> None:
    began = time.monotonic()
    told = fault(server, serve)
    assert told.fault in kind.split("|") and words in str(told)
    assert time.monotonic() - began < 4


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.binary(max_size=200),
        st.binary(max_size=200).map(lambda b: b"HTTP/1.1 200 OK\r\n" + b),
        st.binary(max_size=200).map(lambda b: b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b),
        st.binary(max_size=200).map(lambda b: b"HTTP/1.1 302 Found\r\nLocation: " + b + b"\r\n\r\n"),
        st.binary(max_size=200).map(
            lambda b: b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b\x08" + b
        ),
    )
)
def test_whatever_a_host_answers_is_a_page_or_told(server: Server, answer: bytes) -> None:
    server.pages["/x"] = raw(answer)
    try:
        assert isinstance(fetch(server, "/x"), Page)
    except NotFetched as trouble:
        assert str(trouble)


def test_a_host_that_asks_to_be_left_alone_says_how_long(server: Server) -> None:
    assert fault(server, status(429, Retry_After="90")).wait == 90
    assert fault(server, status(503)).wait is None


def test_nothing_answers_at_a_closed_port(server: Server) -> None:
    server.shutdown()
    server.server_close()
    with pytest.raises(NotFetched, match="nothing answers") as told:
        fetch(server, "/")
    assert told.value.fault == "unreachable"


@pytest.mark.parametrize(
    ("given", "wait"),
    [("0", 0.0), ("-5", None), ("1e9", None), ("99999999999", 604_800.0), ("", None), (None, None), ("Mon, 09 Sep 2024 00:00:00 GMT", 0.0)],
)  # fmt: skip
def test_how_long_to_wait(given: str | None, wait: float | None) -> None:
    assert seconds(given, 1_726_000_000.0) == wait


# ── redirects ────────────────────────────────────────────────────────────────────────────────────


def test_redirects_are_followed_a_few_steps(server: Server) -> None:
    server.pages |= {f"/{n}": redirect(f"/{n + 1}") for n in range(6)} | {"/6": text("here")}
    assert (page := fetch(server, "/1")) and (page.url, page.body, page.moved) == (
        f"{server.address}/6",
        b"here",
        None,
    )
    with pytest.raises(NotFetched, match="more than 5 redirects"):
        fetch(server, "/0")


def test_a_circle_of_redirects_is_told_whole(server: Server) -> None:
    server.pages |= {"/a": redirect("/b"), "/b": redirect("/a")}
    with pytest.raises(NotFetched, match=r"/a → .*/b → .*/a"):
        fetch(server, "/a")


def test_a_page_that_moved_for_good_says_where_to(server: Server) -> None:
    server.pages |= {"/a": redirect("/b", 301), "/b": redirect("/c", 302), "/c": text("here")}
    assert (page := fetch(server, "/a")) and page.moved == f"{server.address}/b"


def test_a_redirect_to_an_inside_address_is_refused() -> None:
    """The first host is outside by its name; what it redirects to is asked of nobody."""
    from .serving import serving

    with serving() as server:
        server.pages["/a"] = redirect("http://169.254.169.254/latest/meta-data/")
        with pytest.raises(NotFetched) as told:
            fetched(f"{server.address}/a", MANNER, allow_private=True)
        assert told.value.fault == "private"
        with pytest.raises(NotFetched) as told:
            fetched(f"{server.address}/a", MANNER)
        assert told.value.fault == "private" and server.paths() == ["/a"]


def test_a_name_is_looked_up_once_and_that_address_is_asked(server: Server) -> None:
    """A second look might give another address."""
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    manner = Manner(limits=MANNER.limits, resolver=lambda host, port: next(answers))
    server.pages["/a"] = text("here")
    page = fetched(f"http://news.example:{server.server_port}/a", manner, allow_private=True)
    assert page and page.body == b"here"
    assert server.asked[0][1]["host"] == f"news.example:{server.server_port}" and next(answers) == [
        "10.0.0.1"
    ]


# ── certificates ─────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of news.example, made for this run and trusted by nobody else."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    folder = tmp_path_factory.mktemp("tls")
    made = folder / "both.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
         "-subj", "/CN=news.example", "-addext", "subjectAltName=DNS:news.example", "-keyout", made, "-out", folder / "cert.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    made.write_text(made.read_text("ascii") + (folder / "cert.pem").read_text("ascii"), "ascii")
    return made


def secure(server: Server, certificate: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)


@pytest.mark.parametrize(
    ("host", "trusted", "words"),
    [("news.example", True, None), ("other.example", True, "does not hold: Hostname mismatch"), ("news.example", False, "self-signed")],
)  # fmt: skip
def test_a_certificate_is_that_of_the_name(
    server: Server, certificate: Path, host: str, trusted: bool, words: str | None
) -> None:
    secure(server, certificate)
    server.pages["/a"] = text("here")
    context = ssl.create_default_context(cafile=str(certificate) if trusted else None)
    manner = Manner(limits=MANNER.limits, resolver=lambda host, port: ["127.0.0.1"], context=context)
    url = f"https://{host}:{server.server_port}/a"
    if words is None:
        assert (page := fetched(url, manner, allow_private=True)) and page.body == b"here"
        return
    with pytest.raises(NotFetched, match=words) as told:
        fetched(url, manner, allow_private=True)
    assert told.value.fault == "certificate"


def test_a_redirect_that_gives_up_the_certificate_is_refused(server: Server, certificate: Path) -> None:
    secure(server, certificate)
    server.pages["/a"] = redirect("http://news.example/b")
    manner = Manner(
        limits=MANNER.limits, resolver=lambda host, port: ["127.0.0.1"],
        context=ssl.create_default_context(cafile=str(certificate)),
    )  # fmt: skip
    with pytest.raises(NotFetched, match="from https to http"):
        fetched(f"https://news.example:{server.server_port}/a", manner, allow_private=True)
