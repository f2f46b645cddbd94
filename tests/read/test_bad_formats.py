"""Bad input of every format: cut off, mislabelled, nested, hostile. One clear line, and the rest goes on."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import struct
import tarfile
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from parley.document import Document
from parley.errors import ParleyError
from parley.read import archive, feed
from parley.read.found import BadInput, Found, Linked, SetAside
from parley.read.inputs import ENDINGS, FORMATS, dispatches_in

from .made import pdf, tarred, warc, whole_pdf, zipped

FIXTURES = Path(__file__).parent / "fixtures"
TEXT = b"TAMRIN, Sept 4 (VNA) - The army said on Wednesday that it had left the town.\n"


def fixture(name: str) -> bytes:
    return (FIXTURES / name).read_bytes()


def found_in(data: bytes, name: str = "-") -> list[Found]:
    return list(dispatches_in(io.BytesIO(data), name))


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE nitf [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><nitf><body><body.content><p>&c;</p></body.content></body></nitf>'
)
OUTSIDE = b'<!DOCTYPE nitf [<!ENTITY x SYSTEM "file:///etc/passwd">]><nitf><body><body.content><p>&x;</p></body.content></body></nitf>'
NEWSML = b'<newsItem xmlns="http://iptc.org/std/nar/2006-10/" guid="g" version="1">%s</newsItem>'
RSS = b'<rss version="2.0"><channel><title>x</title>%s</channel></rss>'

UNREADABLE = {
    "a NITF that is cut off": (fixture("initials.nitf")[:1800], "NITF that is not whole"),
    "entities that grow": (BOMB, "declares entities"),
    "entities in UTF-16": (BOMB.decode().replace('"1.0"', '"1.0" encoding="utf-16"').encode("utf-16"), "declares entities"),
    "entities of other files": (OUTSIDE, "declares entities"),
    "entities in a feed": (RSS.replace(b"<rss", b'<!DOCTYPE rss [<!ENTITY a "b">]><rss') % b"", "declares entities"),
    "elements without end": (b"<nitf>" + b"<p>" * 100_000, "NITF that is not whole"),
    "a NewsML that is cut off": (fixture("signoff.newsml")[:2000], "NewsML-G2 that is not whole"),
    "a NewsML of pictures": (NEWSML % b'<itemMeta><itemClass qcode="ninat:picture"/></itemMeta>', "without a news item of text"),
    "a ninjs that is cut off": (fixture("byline-3.ninjs")[:900], "not JSON"),
    "brackets without end": (b'[{"uri": "a", "headline": ' + b"[" * 200_000, "brackets within brackets"),
    "a feed that is cut off": (fixture("dashes.rss")[:700], "not whole"),
    "a page without an article": (b"<!doctype html><html><body><nav><a href=/>Home</a></nav></body></html>", "without an article"),
    "a page that a script fills": (b'<html><body><div id="app"></div><script>go()</script></body></html>', "without an article"),
    "a page of elements without end": (b"<html><body>" + b"<p>The army left." * 30_000, "more than 20,000 elements"),
    "a PDF that is cut off": (pdf(TEXT.decode())[:300], "PDF"),
    "a PDF that is none": (b"%PDF-1.4\nnothing of it is true", "PDF"),
    "a PDF of a picture": (whole_pdf("q 10 0 0 10 0 0 cm Q"), "without text"),
    "a mail without text": (b"From: a@b\nTo: c@d\nSubject: x\nContent-Type: image/png\n\nabc", "mail without text"),
    "a zip that is cut off": (zipped([("a.txt", TEXT * 40)])[:-30], "cut off or damaged"),
    "a zip of nothing to read": (zipped([("a.exe", b"MZ")]), "without a file of a format"),
    "a tar that is cut off": (tarred([("a.txt", TEXT * 40)])[:520], "cut off or damaged"),
    "a drawing": (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "its root is <svg>"),
    "a NewsML of old without NITF": (b"<NewsML><NewsItem/></NewsML>", "NewsML 1 without NITF"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\xff\xfe" * 20, "no text"),
}  # fmt: skip


@pytest.mark.parametrize("what", UNREADABLE)
def test_what_cannot_be_read_is_said_in_a_line(what: str) -> None:
    data, words = UNREADABLE[what]
    with pytest.raises(ParleyError, match=words) as raised:
        found_in(data)
    assert "\n" not in str(raised.value) and len(str(raised.value)) < 500


GZ = gzip.compress(TEXT * 400)
LOCKED = bytearray(zipped([("a.txt", TEXT), ("b.txt", TEXT)]))
for at in (6, LOCKED.index(b"PK\1\2") + 8):  # the first member's own flags, and those in the list at the end
    LOCKED[at] |= 1

ITEMS = {
    "a message without STX": (fixture("german.7901") + b"\1VNA0124 4 INT 41\r\n", "-, message 2", "no STX"),
    "an item of NewsML without words": (
        b"<newsMessage>" + NEWSML % b"" + fixture("signoff.newsml").split(b"?>", 1)[1] + b"</newsMessage>", "-, item 1", "without a word"),
    "text elsewhere": (NEWSML % b'<contentSet><remoteContent href="https://vna.invalid/1.txt"/></contentSet>', "-", "https://vna.invalid/1.txt"),
    "ninjs of a picture": (b'[{"uri": "a", "type": "picture", "headline": "b"}]', "-", "only text is read"),
    "a NITF without words": (b"<nitf><body><body.content/></body></nitf>", "-", "without a word"),
    "one of two NITF without words": (b"<NewsML><nitf/>" + fixture("initials.nitf").split(b"-->", 1)[1] + b"</NewsML>", "-, item 1", "without a word"),
    "NewsML that is withheld": (NEWSML % b'<itemMeta><pubStatus qcode="stat:withheld"/></itemMeta>', "-", "withheld"),
    "ninjs that is withheld": (b'[{"uri": "a", "pubstatus": "withheld", "body_text": "The army left."}]', "-", "withheld"),
    "ninjs without words": (b'{"uri": "a", "versioncreated": "2024-09-04",\n "headline": "b"}', "-", "without a word"),
    "a ninjs in a line": (b'{"uri": "a", "headline": "b"}\n{"id": "7", "text": "The army left."}\n', "-, line 1", "without a word"),
    "half a character in ninjs": (b'[{"uri": "a", "body_text": "The \\ud800 army"}]', "-", "half a character"),
    "an item without anything": (RSS % b"<item><title>Quay</title></item>", "-, item 1", "without text and without a link"),
    "a gz that is cut off": (GZ[:-20], "-", "cut off or damaged"),
    "a gz that is damaged": (GZ[:12] + b"\xff\xff\xff" + GZ[15:], "-", "cut off or damaged"),
    "a bz2 that is cut off": (bz2.compress(TEXT * 400)[:-20], "-", "cut off or damaged"),
    "an xz that is cut off": (lzma.compress(TEXT * 400)[:-20], "-", "cut off or damaged"),
    "a member that is locked": (bytes(LOCKED), "-/a.txt", "locked with a password"),
    "a member that is no text": (zipped([("a.txt", b"\x89PNG\1\2\3\4\xff" * 40), ("b.txt", TEXT)]), "-/a.txt", "no text"),
    "an empty member": (zipped([("a.txt", b""), ("b.txt", TEXT)]), "-/a.txt", "empty"),
    "a page that is cut off": (warc(fixture("reporting.html")) + warc(fixture("reporting.html"))[:-900], "-, record 2 (https://a.invalid/)", "cut off"),
    "a page without an article": (warc(b"<html><body></body></html>") + warc(fixture("reporting.html")), "-, record 1 (https://a.invalid/)", "without"),
}  # fmt: skip


@pytest.mark.parametrize("what", ITEMS)
def test_a_bad_item_is_told_with_its_place_and_the_rest_goes_on(what: str) -> None:
    data, where, words = ITEMS[what]
    found = found_in(data)
    (bad,) = (f for f in found if isinstance(f, BadInput))
    assert bad.where == where and words in bad.what
    assert "VNA" not in str(data) or len(found) in (1, 2)


def test_copy_that_is_cut_off_is_read_and_told() -> None:
    (document,) = found_in(fixture("slugged.anpa")[:200])
    assert isinstance(document, Document) and "without ETX" in document.problems[0].what
    (document,) = found_in(fixture("german.7901").replace(b" 41 ", b" 410 "))
    assert isinstance(document, Document) and "410 words" in document.problems[0].what


MISLABELLED = [
    ("reporting.html", "a.pdf", "html"), ("initials.nitf", "a.html", "nitf"), ("dashes.rss", "a.json", "feed"),
    ("byline-1.ninjs", "a.xml", "ninjs"), ("signoff.newsml", "a.txt", "newsml"), ("mailed.eml", "a.csv", "mail"),
    ("slugged.anpa", "a.eml", "anpa"), ("dashes.atom", "a.zip", "feed"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "name", "form"), MISLABELLED)
def test_the_bytes_are_believed_before_the_name(file: str, name: str, form: str) -> None:
    (document,) = found_in(fixture(file), name)
    assert isinstance(document, Document) and document.envelope and document.envelope.format == form


@pytest.mark.parametrize("ending", sorted(ENDINGS))
def test_plain_text_under_any_name_is_text_or_told(ending: str) -> None:
    try:
        found = found_in(TEXT, f"a{ending}")
    except ParleyError as trouble:
        assert "column" in str(trouble) or "not JSON" in str(trouble)
        return
    assert all(f.text == TEXT.decode() if isinstance(f, Document) else "not JSON" in f.what for f in found)


# ── feeds: what is to be fetched ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "body",
    [
        b"<description>The army left ...</description>",
        b"<description>The army left the town, a spokesman said.</description>",
        b"",
        b'<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/">&lt;p&gt;The army left. Read more&lt;/p&gt;</content:encoded>',
    ],
)
def test_an_item_without_its_text_gives_its_link(body: bytes) -> None:
    item = b"<item><title>Army leaves</title><link>https://vna.invalid/1</link><pubDate>Wed, 04 Sep 2024 18:05:00 GMT</pubDate>"
    (found,) = found_in(RSS % (item + body + b"</item>"))
    assert isinstance(found, Linked) and found.url == "https://vna.invalid/1" and "parley fetch" in found.what
    assert found.published == "2024-09-04T18:05:00+00:00" and found.envelope.headline == "Army leaves"


def test_an_item_that_was_only_updated_has_that_day() -> None:
    entry = b"<entry><title>Quay</title><id>1</id><updated>2024-09-10T13:30:00Z</updated><content>The army left the quay.</content></entry>"
    (found,) = found_in(b'<feed xmlns="http://www.w3.org/2005/Atom">' + entry + b"</feed>")
    assert isinstance(found, Document) and found.published == "2024-09-10T13:30:00+00:00"


def test_of_a_feed_one_bad_item_is_told_and_the_rest_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(given: object) -> str:
        raise IndexError("oh")

    item = b"<item><title>Quay</title><pubDate>%s</pubDate><description>The army left.</description></item>"
    data = RSS % (item % b"" + item % b"Tue, 10 Sep 2024 13:07:00 GMT")
    real = feed.stamp
    monkeypatch.setattr(feed, "stamp", lambda given: broken(given) if given else real(given))
    first, second = found_in(data)
    assert isinstance(first, Document) and second == BadInput("-, item 2", "cannot be read (IndexError: oh)")


def test_a_description_that_is_the_text_is_read() -> None:
    words = b"The army said that it had left the town and would not come back. " * 12
    item = b"<item><link>https://vna.invalid/1</link><description>&lt;p&gt;%s&lt;/p&gt;</description></item>"
    (found,) = found_in(RSS % (item % words))
    assert isinstance(found, Document)


@pytest.mark.parametrize(
    "link", [b"javascript:alert(1)", b"file:///etc/passwd", b"ftp://a.invalid/x", b"//a.invalid"]
)
def test_only_addresses_of_the_web_are_links(link: bytes) -> None:
    (found,) = found_in(RSS % (b"<item><title>Quay</title><link>%s</link></item>" % link))
    assert isinstance(found, BadInput) and not isinstance(found, Linked)


# ── archives ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_an_archive_that_swells_is_refused_soon() -> None:
    begin = time.monotonic()
    zeros = b"\n" * (200 << 20)
    for data in (
        gzip.compress(zeros),
        zipped([("a.txt", zeros)]),
        bz2.compress(zeros),
        tarred([("a.txt", zeros)], "w:gz"),
    ):
        with pytest.raises(ParleyError, match="bomb"):
            found_in(data)
    assert time.monotonic() - begin < 30


@pytest.mark.slow
def test_members_that_share_their_bytes_swell_together() -> None:
    data = zipped((f"{n}.txt", b"\n" * (1 << 20)) for n in range(400))
    with pytest.raises(ParleyError, match="bomb"):
        found_in(data)


def test_archives_nest_only_so_deep() -> None:
    data, depth = TEXT, 0
    while depth < archive.DEPTH:
        data, depth = zipped([("a.txt" if depth == 0 else "a.zip", data)]), depth + 1
    assert isinstance(found_in(data)[0], Document)
    (bad,) = found_in(zipped([("a.zip", data)]))
    assert isinstance(bad, BadInput) and "deep" in bad.what


def test_members_have_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MEMBERS", 3)
    with pytest.raises(ParleyError, match="more than 3 files"):
        found_in(zipped((f"{n}.txt", TEXT) for n in range(4)))


def test_names_of_members_lead_nowhere_and_links_are_not_followed(tmp_path: Path) -> None:
    (found,) = found_in(zipped([("../../etc/a.txt", TEXT)]), str(tmp_path / "a.zip"))
    assert isinstance(found, Document) and found.source_id == "a.zip/../../etc/a.txt"
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as opened:
        link = tarfile.TarInfo("a.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        opened.addfile(link)
    (bad,) = found_in(made.getvalue())
    assert isinstance(bad, BadInput) and "a link" in bad.what
    assert list(tmp_path.iterdir()) == []


def test_names_of_members_cannot_drive_a_terminal() -> None:
    (bad,) = found_in(zipped([("\x1b[2Ja\n.txt", b"")]))
    assert isinstance(bad, BadInput) and bad.where.isprintable()


def test_a_sparse_tar_does_not_fill_the_memory() -> None:
    header = bytearray(tarred([("a.txt", b"")])[:512])
    header[156:157] = b"S"  # GNU sparse: a file of a terabyte without a byte of it
    header[483:495] = b"%011o\0" % (1 << 40 if 1 << 40 < 8**11 else 8**11 - 1)
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    with pytest.raises(ParleyError, match="bomb"):
        found_in(bytes(header) + b"\0" * 1024)


# ── languages ────────────────────────────────────────────────────────────────────────────────────

OTHERS = {
    "es": ("Spanish", "TAMRIN, 4 sep (VNA).- El ejército dijo este miércoles que había abandonado la ciudad tras dos semanas de combates."),
    "fr": ("French", "TAMRIN, 4 sept. (VNA) - L'armée a annoncé mercredi qu'elle avait quitté la ville après deux semaines de combats."),
    "de": ("German", "Tamrin (VNA) - Die Armee hat nach eigenen Angaben am Mittwoch die Stadt nach zwei Wochen verlassen."),
    "pt": ("Portuguese", "TAMRIN, 4 set (VNA) - O exército disse que deixou a cidade após duas semanas de combates."),
    "da": ("Danish", "TAMRIN (VNA) - Hæren sagde onsdag, at den havde forladt byen efter to uger, og at der ikke var flere soldater."),
    "nl": ("Dutch", "TAMRIN (VNA) - Het leger zei woensdag dat het de stad had verlaten na twee weken van gevechten."),
    "ru": ("Russian", "ТАМРИН, 4 сентября (ВНА) - Армия сообщила в среду, что покинула город."),
    "ar": ("Arabic", "قال الجيش يوم الأربعاء إنه غادر المدينة بعد أسبوعين من القتال."),
    "zh": ("Chinese", "军队星期三表示，经过两周的战斗，已经离开该市。"),
    "id": ("Indonesian", "TAMRIN (VNA) - Tentara mengatakan pada hari Rabu bahwa mereka telah meninggalkan kota setelah dua minggu."),
}  # fmt: skip


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("case", [str, str.upper])
def test_another_language_is_set_aside_and_named(code: str, case: type[str]) -> None:
    name, text = OTHERS[code]
    (found,) = found_in(case(text).encode(), "a.txt")
    assert isinstance(found, SetAside) and found.language == code
    assert (
        found.where == "a.txt" and found.what.startswith(f"in {name} (0.") and "reads English" in found.what
    )


@pytest.mark.parametrize(
    "text",
    [
        "TAMRIN (VNA)",
        "Five died.",
        "Irena Sol, Oran Vell, Dovan Rell, Lena Marsh; Port Selin, Orsk Vale, Tamrin, Kelbarra, Varosia, Torpress.",
        "REBELS ATTACKED ORSK VALE MONDAY, KILLING NINE SOLDIERS, WOUNDING DOZENS.",
        "El Frente said “queremos paz” on Wednesday, and its spokesman added that talks would go on.",
        "Toll: 5 dead, 20 wounded, 14 missing.",
        "",
    ],
)
def test_english_and_what_is_too_short_or_mixed_to_tell_is_read(text: str) -> None:
    (found,) = found_in(f"{text}\n.".encode(), "a.txt")
    assert isinstance(found, Document)


def test_of_a_batch_only_the_others_are_set_aside() -> None:
    lines = [{"id": code, "text": text} for code, (_, text) in OTHERS.items()]
    lines.insert(2, {"id": "en", "text": TEXT.decode()})
    found = found_in("\n".join(map(json.dumps, lines)).encode(), "a.jsonl")
    assert [f.where if isinstance(f, SetAside) else f.source_id for f in found][:3] == [
        "a.jsonl, es", "a.jsonl, fr", "en"]  # fmt: skip


# ── anything at all ──────────────────────────────────────────────────────────────────────────────

WHOLE = [fixture(p.name) for p in sorted(FIXTURES.iterdir()) if p.suffix != ".md"]
PACKED = [
    zipped([("a.txt", TEXT)]),
    gzip.compress(TEXT),
    tarred([("a.txt", TEXT)]),
    pdf(TEXT.decode()),
    warc(WHOLE[0]),
]


def quietly_read(data: bytes, name: str, form: str | None) -> None:
    begin = time.monotonic()
    try:
        for found in dispatches_in(io.BytesIO(data), name, form=form):
            assert isinstance(found, Document | BadInput)
    except ParleyError as trouble:
        assert str(trouble)
    assert time.monotonic() - begin < 20


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["-", *(f"a{e}" for e in ENDINGS)]))
@example(b"PK\3\4", "-")
@example(b"\1\2", "-")
@example(b"\x1f\x8b", "a.warc.gz")
def test_any_bytes_under_any_name_are_read_or_told(data: bytes, name: str) -> None:
    quietly_read(data, name, None)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from([*WHOLE, *PACKED]),
    st.integers(0, 3000),
    st.binary(max_size=6),
    st.integers(0, 40),
    st.sampled_from([None, None, *(form for form, _ in FORMATS)]),
)
def test_files_with_a_wrong_stretch_are_read_or_told(
    data: bytes, at: int, put: bytes, gone: int, form: str | None
) -> None:
    at %= len(data)
    quietly_read(data[:at] + put + data[at + gone :], "-", form)


def test_the_table_of_zip_headers_is_not_believed() -> None:
    data = bytearray(zipped([("a.txt", TEXT)], zipfile.ZIP_STORED))
    at = data.index(b"PK\1\2")
    struct.pack_into("<I", data, at + 24, 0xFFFFFFF0)  # told to be four gigabytes
    quietly_read(bytes(data), "a.zip", None)
