"""The verbs that ask a ledger, and their options."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from parley.cli.asking import Shape

Place = Annotated[
    str | None,
    typer.Option(
        "--ledger", help="Path or database URL.", envvar="PARLEY_LEDGER", show_default="./parley.db"
    ),
]
AsOf = Annotated[str | None, typer.Option("--as-of", help="What was known on that day, by publication.")]
TrustIn = Annotated[str, typer.Option("--trust", help="Rows to answer from: unrejected, accepted, all.")]
Since = Annotated[str | None, typer.Option(help="From this day on.")]
Until = Annotated[str | None, typer.Option(help="Up to this day.")]
Party = Annotated[str | None, typer.Option(help="A name, as you would write it.")]
Json = Annotated[bool, typer.Option("--json", help="One object a line, with sources.")]
Csv = Annotated[bool, typer.Option("--csv", help="With a header; safe for spreadsheets.")]
Plain = Annotated[bool, typer.Option("--no-color", help="Plain text.")]


def ask(
    question: str,
    *given: Any,
    ledger: str | None,
    as_of: str | None,
    trust: str,
    json: bool,
    csv: bool,
    no_color: bool,
    **asked: Any,
) -> None:
    from parley.cli.asking import print_answer
    from parley.errors import WrongQuestion
    from parley.ledger import Ledger

    if trust not in ("unrejected", "accepted", "all"):
        raise WrongQuestion(f"--trust {trust}: there are unrejected, accepted, all")
    shape = Shape.json if json else Shape.csv if csv else Shape.table
    with Ledger.open(ledger) as opened:
        answer = opened.ask(question, *given, as_of=as_of, trust=trust, **asked)  # type: ignore[arg-type]
        raise typer.Exit(print_answer(question, answer, shape, no_color=no_color))


def figures(
    status: Annotated[str | None, typer.Option(help="dead, wounded, held, released …")] = None,
    who: Annotated[str | None, typer.Option(help="hostages, civilians …")] = None,
    place: Annotated[str | None, typer.Option(help="Where, by name.")] = None,
    authority: Annotated[str | None, typer.Option(help="Whose figure; part of the name.")] = None,
    by: Annotated[str | None, typer.Option(help="Who killed, took, holds or frees.")] = None,
    latest: Annotated[bool, typer.Option("--latest", help="The last of each series only.")] = False,
    since: Since = None, until: Until = None, as_of: AsOf = None, trust: TrustIn = "unrejected", ledger: Place = None,
    json: Json = False, csv: Csv = False, no_color: Plain = False,
) -> None:  # fmt: skip
    """Figures by series: state, people, place and authority, never joined across two of them."""
    ask("figures", ledger=ledger, as_of=as_of, trust=trust, json=json, csv=csv, no_color=no_color, status=status,
        who=who, place=place, authority=authority, by=by, latest=latest, since=since, until=until)  # fmt: skip


def audit(
    by: Annotated[str | None, typer.Option(help="Who holds them.")] = None,
    as_of: AsOf = None, trust: TrustIn = "unrejected", ledger: Place = None,
    json: Json = False, csv: Csv = False, no_color: Plain = False,
) -> None:  # fmt: skip
    """The books of people held: taken less freed, rescued and recovered, against those held."""
    ask("audit", ledger=ledger, as_of=as_of, trust=trust, json=json, csv=csv, no_color=no_color, by=by)


def timeline(
    party: Party = None,
    type: Annotated[str | None, typer.Option(help="A PLOVER type: CONSULT, ASSAULT …")] = None,
    state: Annotated[str | None, typer.Option(help="occurred, ongoing, planned, hypothetical, denied.")] = None,
    since: Since = None, until: Until = None,
    most: Annotated[int, typer.Option(min=1, help="The newest so many tellings.")] = 1000,
    as_of: AsOf = None, trust: TrustIn = "unrejected", ledger: Place = None,
    json: Json = False, csv: Csv = False, no_color: Plain = False,
) -> None:  # fmt: skip
    """What is told to have been done, day by day; one act told again is one row."""
    ask("timeline", ledger=ledger, as_of=as_of, trust=trust, json=json, csv=csv, no_color=no_color, party=party,
        type=type, state=state, since=since, until=until, most=most)  # fmt: skip


def meetings(
    party: Party = None,
    state: Annotated[str | None, typer.Option(help="planned, held, cancelled, unconfirmed, possible.")] = None,
    since: Since = None, until: Until = None, as_of: AsOf = None, trust: TrustIn = "unrejected",
    ledger: Place = None, json: Json = False, csv: Csv = False, no_color: Plain = False,
) -> None:  # fmt: skip
    """Meetings planned, held, cancelled, or due and not confirmed, with rosters."""
    ask("meetings", ledger=ledger, as_of=as_of, trust=trust, json=json, csv=csv, no_color=no_color, party=party,
        state=state, since=since, until=until)  # fmt: skip


def places(
    kind: Annotated[str | None, typer.Option(help="meeting, event, figure, dateline.")] = None,
    gazetteer: Annotated[
        str | None, typer.Option(help="Your own places: name, latitude, longitude, precision, by tabs.", envvar="PARLEY_PLACES")
    ] = None,
    party: Party = None, since: Since = None, until: Until = None, as_of: AsOf = None, trust: TrustIn = "unrejected",
    ledger: Place = None, json: Json = False, csv: Csv = False, no_color: Plain = False,
) -> None:  # fmt: skip
    """Places of events, figures and datelines, and how surely each is found."""
    ask("places", ledger=ledger, as_of=as_of, trust=trust, json=json, csv=csv, no_color=no_color, kind=kind,
        gazetteer=gazetteer, party=party, since=since, until=until)  # fmt: skip


def positions(
    party: Party = None,
    issue: Annotated[str | None, typer.Option(help="truce, hostages, prisoners, withdrawal …")] = None,
    history: Annotated[bool, typer.Option("--history", help="Every line, not only the latest.")] = False,
    since: Since = None, until: Until = None, as_of: AsOf = None, trust: TrustIn = "unrejected",
    ledger: Place = None, json: Json = False, csv: Csv = False, no_color: Plain = False,
) -> None:  # fmt: skip
    """The latest line of each party on each issue; a mediator's reading stands apart."""
    ask("positions", ledger=ledger, as_of=as_of, trust=trust, json=json, csv=csv, no_color=no_color, party=party,
        issue=issue, history=history, since=since, until=until)  # fmt: skip


def agreements(
    party: Party = None,
    kind: Annotated[str | None, typer.Option(help="truce, exchange, aid, withdrawal, peace, other.")] = None,
    state: Annotated[str | None, typer.Option(help="proposed, agreed, in force, extended, collapsed …")] = None,
    since: Since = None, until: Until = None, as_of: AsOf = None, trust: TrustIn = "unrejected",
    ledger: Place = None, json: Json = False, csv: Csv = False, no_color: Plain = False,
) -> None:  # fmt: skip
    """Truces, exchanges and accords with their terms and their life."""
    ask("agreements", ledger=ledger, as_of=as_of, trust=trust, json=json, csv=csv, no_color=no_color, party=party,
        kind=kind, state=state, since=since, until=until)  # fmt: skip


def sources(
    party: Party = None,
    kind: Annotated[str | None, typer.Option(help="person, body, unnamed, media, document.")] = None,
    since: Since = None, until: Until = None, as_of: AsOf = None, trust: TrustIn = "unrejected",
    ledger: Place = None, json: Json = False, csv: Csv = False, no_color: Plain = False,
) -> None:  # fmt: skip
    """Who is cited, how often, on how many independent dispatches; why the unnamed stay so."""
    ask("sources", ledger=ledger, as_of=as_of, trust=trust, json=json, csv=csv, no_color=no_color, party=party,
        kind=kind, since=since, until=until)  # fmt: skip


def lineage(
    as_of: AsOf = None, trust: TrustIn = "unrejected", ledger: Place = None,
    json: Json = False, csv: Csv = False, no_color: Plain = False,
) -> None:  # fmt: skip
    """Versions, corrections, kills and copies: what is one source with a history."""
    ask("lineage", ledger=ledger, as_of=as_of, trust=trust, json=json, csv=csv, no_color=no_color)


def conflicts(
    status: Annotated[str | None, typer.Option(help="dead, wounded, held …")] = None,
    since: Since = None, until: Until = None, as_of: AsOf = None, trust: TrustIn = "unrejected",
    ledger: Place = None, json: Json = False, csv: Csv = False, no_color: Plain = False,
) -> None:  # fmt: skip
    """Figures that cannot all be true, side by side, with what each rule would choose."""
    ask("conflicts", ledger=ledger, as_of=as_of, trust=trust, json=json, csv=csv, no_color=no_color, status=status,
        since=since, until=until)  # fmt: skip


def who(
    name: Annotated[str, typer.Argument(help="A person, body or place.")],
    as_of: AsOf = None, trust: TrustIn = "unrejected", ledger: Place = None,
    json: Json = False, csv: Csv = False, no_color: Plain = False,
) -> None:  # fmt: skip
    """Who somebody is: spellings, offices with dates, what the ledger has of them."""
    ask("who", name, ledger=ledger, as_of=as_of, trust=trust, json=json, csv=csv, no_color=no_color)


def diff(
    dispatch: Annotated[str, typer.Argument(help="A file's name, or an id's beginning.")],
    as_of: AsOf = None, trust: TrustIn = "unrejected", ledger: Place = None,
    json: Json = False, csv: Csv = False, no_color: Plain = False,
) -> None:  # fmt: skip
    """What a dispatch adds, changes, confirms or contradicts, against what was known before."""
    ask("diff", dispatch, ledger=ledger, as_of=as_of, trust=trust, json=json, csv=csv, no_color=no_color)


def search(
    query: Annotated[str, typer.Argument(help='Words; "in quotes" they stand together.')],
    claims: Annotated[bool, typer.Option("--claims", help="Only what is claimed.")] = False,
    most: Annotated[int, typer.Option(min=1)] = 25,
    as_of: AsOf = None, trust: TrustIn = "unrejected", ledger: Place = None,
    json: Json = False, csv: Csv = False, no_color: Plain = False,
) -> None:  # fmt: skip
    """Full text over dispatches or claims, newest first."""
    ask("search", query, ledger=ledger, as_of=as_of, trust=trust, json=json, csv=csv, no_color=no_color,
        where="claims" if claims else "dispatches", most=most)  # fmt: skip


VERBS = (
    figures,
    audit,
    timeline,
    meetings,
    places,
    positions,
    agreements,
    sources,
    lineage,
    conflicts,
    who,
    diff,
    search,
)
