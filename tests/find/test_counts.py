"""Tables of sentences: how many people, in which state, whose, where, when, and part of what."""

from __future__ import annotations

import pytest

import parley
from parley.facts import Count

DAY = "2024-05-15"  # a Wednesday


def counts(text: str) -> tuple[Count, ...]:
    return parley.read(text, published=DAY).counts


def bare(text: str) -> list[tuple[int | None, int | None, str, str]]:
    return [(c.low, c.high, c.status, c.who) for c in counts(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Twelve villagers were killed.", [(12, 12, "dead", "villagers")]),
        ("A court will try whoever is guilty of the murder of six farmers.", [(6, 6, "dead", "farmers")]),
        ("The masterminds of the six farmers' murder are soldiers.", [(6, 6, "dead", "farmers")]),
        ("They threatened the killing of six farmers.", []),
        ("Six people were killed and several injured.", [(6, 6, "dead", "people"), (3, None, "wounded", "people")]),
        ("He was killed along with two of his guards.", [(2, 2, "dead", "guards")]),
        ("He spoke along with two of his guards.", []),
        ("None of the four guards was hurt.", []),
        ("Eight women and four men were injured.", [(8, 8, "wounded", "women"), (4, 4, "wounded", "men")]),
        ("We heard that one person had died.", [(1, 1, "dead", "person")]),
        ("Fishermen found 28 bodies.", [(28, 28, "dead", "people")]),
        ("The raid killed at least five and wounded 12.", [(5, None, "dead", "people"), (12, 12, "wounded", "people")]),
        ("Guards shot dead two smugglers.", [(2, 2, "dead", "smugglers")]),
        ("The flood left 900 homeless and 14 missing.", [(900, 900, "displaced", "people"), (14, 14, "missing", "people")]),
        ("The fighting has claimed around 60 lives.", [(60, 60, "dead", "lives")]),
        ("The death toll rose to 52 late on Tuesday.", [(52, 52, "dead", "people")]),
        ("They found the bodies of three divers.", [(3, 3, "dead", "divers")]),
        ("The shelling forced about 2,000 villagers to flee.", [(2000, 2000, "displaced", "villagers")]),
        ("Rebels took six engineers hostage.", [(6, 6, "kidnapped", "engineers")]),
        ("The army took 60 rebels prisoner.", [(60, 60, "detained", "rebels")]),
        ("Hundreds of dissidents are in jail.", [(200, None, "detained", "dissidents")]),
        ("Some 200 fighters laid down their arms.", [(200, 200, "surrendered", "fighters")]),
        ("Nearly 90 militants crossed the river at dawn.", [(90, 90, "other", "militants")]),
        ("The shooting and killing of four nurses shocked the town.", [(4, 4, "dead", "nurses")]),
        ("The blast killed 12 people: nine soldiers, two drivers and a nurse.", [(12, 12, "dead", "people"), (9, 9, "dead", "soldiers"), (2, 2, "dead", "drivers"), (1, 1, "dead", "nurse")]),
        ("The blast killed 12 people; two soldiers saw it.", [(12, 12, "dead", "people")]),
        ("Wounded in the blast were two nurses and a guard.", [(2, 2, "wounded", "nurses"), (1, 1, "wounded", "guard")]),
        ("Among the dead were a priest and two nuns.", [(1, 1, "dead", "priest"), (2, 2, "dead", "nuns")]),
        ("The dead included four children.", [(4, 4, "dead", "children")]),
        ("An explosion injured nine, three seriously.", [(9, 9, "wounded", "people"), (3, 3, "wounded", "people")]),
        ("The number of people killed by the flood has reached 1,200.", [(1200, 1200, "dead", "people")]),
        ("The number of dead could rise to 45.", []),
        ("The raid wounded a general and four of his men.", [(1, 1, "wounded", "general"), (4, 4, "wounded", "men")]),
        ("They called a strike to protest against the attack, killing seven.", [(7, 7, "dead", "people")]),
        ("He fled after releasing six hostages.", [(6, 6, "released", "hostages")]),
        ("The mayor attended the funeral of six priests.", [(6, 6, "dead", "priests")]),
        ("Some 1,500 prisoners are to be freed.", [(1500, 1500, "detained", "prisoners")]),
        ("They demanded that Kenya release 400 prisoners.", [(400, 400, "detained", "prisoners")]),
        ("More than 70 of the divers died.", [(71, None, "dead", "divers")]),
        ("The agency recorded 350 executions.", [(350, 350, "dead", "people")]),
        ("A court passed 45 death sentences.", []),
        ("Axel Doma, 22, was shot dead.", []),
        ("A bomb killed seven Kenyans and injured over 30 others in June.", [(7, 7, "dead", "Kenyans"), (31, None, "wounded", "Kenyans")]),
        ("Six people were killed and 14 wounded Friday when a boiler blew up.", [(6, 6, "dead", "people"), (14, 14, "wounded", "people")]),
        ("Eleven of the 26 men kidnapped in Friday's raid have been released.", [(11, 11, "released", "men"), (26, 26, "kidnapped", "men")]),
        ("All 14 hostage-takers were killed.", [(14, 14, "dead", "hostage-takers")]),
        ("The collapse trapped 15 miners.", [(15, 15, "other", "miners")]),
        ("The 15 miners trapped by the flood were rescued.", [(15, 15, "rescued", "miners")]),
        ("The death toll of a blast at a school in the west of the port rose to 35.", [(35, 35, "dead", "people")]),
        ("The blast killed Doma, a member of the choir, and three other people.", [(3, 3, "dead", "other people")]),
        ("He was jailed for killing and torturing some 300 people.", [(300, 300, "dead", "people")]),
        ("Some 250 swans died.", []),
        ("The project, with a cost of 16 million Kenyan shillings, was executed by the council.", []),
        ("Ten Kenyans, aged between 25 and 35, were arrested.", [(10, 10, "detained", "Kenyans")]),
        ("More than 100 Kenyans are killed daily.", []),
        ("The road changed the lives of six farmers.", []),
        ("About 2, 400 people were killed.", [(2400, 2400, "dead", "people")]),
        ("The two rebels were asleep when they were captured.", [(2, 2, "detained", "rebels")]),
        ("According to six nurses held in the port, two guards were shot dead.", [(6, 6, "held", "nurses"), (2, 2, "dead", "guards")]),
        ("Two policemen, one of them an officer, were shot and killed.", [(2, 2, "dead", "policemen"), (1, 1, "dead", "policemen")]),
    ],
)  # fmt: skip
def test_people_are_counted_in_their_state(
    text: str, expected: list[tuple[int | None, int | None, str, str]]
) -> None:
    assert bare(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The team won by 25 points.",
        "Two cows were killed by the train.",
        "The company shed 400 jobs.",
        "No one was killed.",
        "Fifty delegates attended the talks.",
        "He was sentenced to 14 years in prison.",
        "The candidate won 300 votes.",
        "The disease kills 3,000 children a day.",
        "The district officer, 45, arrived on Monday.",
        "A soldier said the road was open.",
    ],
)
def test_what_is_not_counted_people_is_left_alone(text: str) -> None:
    assert counts(text) == ()


def test_one_person_counts_only_among_casualties_or_captives() -> None:
    text = "Nine rebels and a young soldier were killed."
    assert [(c.span.of(text), c.low) for c in counts(text)] == [("Nine", 9), ("a young soldier", 1)]


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("The rebels freed 61 divers, 17 of them trainees.", 17, 61),
        ("Twelve people were killed, including two children.", 2, 12),
        ("Of the 240 people taken hostage, 129 remain in captivity.", 129, 240),
        ("Two of the 18 miners were rescued.", None, None),
        ("Nine rebels were killed. Five rebels died in Omdal. Four rebels died in Kelbarra.", 5, 9),
    ],
)
def test_a_part_knows_its_whole(text: str, part: int | None, whole: int | None) -> None:
    found = counts(text)
    low = {c.id: c.low for c in found}
    assert [(c.low, low[c.part_of]) for c in found if c.part_of][:1] == ([(part, whole)] if part else [])


@pytest.mark.parametrize(
    ("text", "believed"),
    [
        ("About 20 sailors are believed to have died.", True),
        ("Some 30 miners may have been killed.", True),
        ("Thirty miners are feared dead.", True),
        ("Thirty miners are dead.", False),
    ],
)
def test_a_hedged_count_is_believed(text: str, believed: bool) -> None:
    (count,) = counts(text)
    assert (count.status, count.believed) == ("dead", believed)


@pytest.mark.parametrize(
    "text",
    [
        "The rebels will release 40 soldiers.",
        "The bomb could kill 300 people.",
        "Kenya plans to send 600 troops.",
        "The army denied that 12 rebels were killed.",
        "The rebels threatened to kill ten villagers.",
    ],
)
def test_what_is_planned_feared_or_denied_has_not_happened(text: str) -> None:
    assert counts(text) == ()


def test_captives_whose_release_is_only_demanded_are_held() -> None:
    (count,) = counts("The rebels demanded the release of 400 prisoners.")
    assert count.status in ("held", "detained")


def test_the_cells_of_a_count_come_from_its_own_clause() -> None:
    text = "Kenya said on Tuesday that Sudan had killed nine farmers in Uganda on Sunday."
    record = parley.read(text, published=DAY)
    (count,) = record.counts
    assert (record.name(count.by), record.name(count.place), count.time) == ("Sudan", "Uganda", "2024-05-12")
    assert count.claim is not None
    assert set(count.evidence) == {"status", "by", "place", "time"}


def test_the_captor_of_a_dispatch_holds_its_captives() -> None:
    text = "The Varosian Liberation Front kidnapped 30 miners in May. The 30 hostages remain in Omdal."
    record = parley.read(text, published=DAY)
    assert {record.name(c.by) for c in record.counts} == {"Varosian Liberation Front"}


def test_an_act_referred_to_keeps_its_day() -> None:
    text = "An explosion killed four miners on Monday. Six others were injured in the explosion."
    assert [c.time for c in counts(text)] == ["2024-05-13", "2024-05-13"]


def test_a_figure_named_again_is_not_counted_again() -> None:
    assert len(counts("Six monks were killed in March. The six monks were killed by gunmen.")) == 1


TALKS = "Kenya and the Red Front held talks on Sunday. "


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("Two people were killed in a Kenyan air strike.", "Kenya"),
        ("Two people were killed by Kenyan gunfire.", "Kenya"),
        ("Fire from Kenyan tanks killed two boys.", "Kenya"),
        ("A bomb planted by the Red Front killed nine people.", "Red Front"),
        ("Three soldiers were wounded in an attack by the Red Front.", "Red Front"),
        ("Three rebels were killed in a Red Front attack.", None),
        ("Two people were killed in clashes between Kenyan troops and the Red Front.", None),
        ("The Red Front wants Kenya to free 400 prisoners.", "Kenya"),
    ],
)
def test_who_kills_is_told_by_the_act_and_the_weapon_too(text: str, holder: str | None) -> None:
    record = parley.read(TALKS + text, published=DAY)
    assert [record.name(c.by) for c in record.counts] == [holder]


@pytest.mark.parametrize(
    ("text", "wholes"),
    [
        ("The blast killed 12 people: nine soldiers and three drivers.", [None, "n1", "n1"]),
        ("The blast killed five soldiers, three guards and two nurses.", [None, None, None]),
        ("An explosion injured nine, three seriously.", [None, "n1"]),
    ],
)
def test_a_list_that_adds_up_is_part_of_its_whole(text: str, wholes: list[str | None]) -> None:
    assert [c.part_of for c in counts(text)] == wholes


def test_the_clause_of_the_moment_gives_day_and_place() -> None:
    (count,) = counts(
        "The ministry said on Wednesday that 23 people were killed when a bomb went off in Nairobi on Tuesday."
    )
    assert (count.time, count.place) == ("2024-05-14", "nairobi")


def test_an_act_is_where_and_when_it_was_first_told_of() -> None:
    text = "An attack on the port of Mombasa on Monday was condemned. The attack killed nine people."
    (count,) = counts(text)
    assert (count.time, count.place) == ("2024-05-13", "mombasa")
