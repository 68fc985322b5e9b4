"""Participants that are a part of a name which stands there in full."""

import pytest

from foreshock.actors.resolve import Registry
from tests.actors.conftest import Told, statements

RSF = "sdn-rapid-support-forces"


@pytest.mark.parametrize(
    ("text", "marked", "told"),
    [
        ("The Rapid Support Forces struck Nyala.", ("Support Forces",), [("Rapid Support Forces", RSF)]),
        ("Rapid Support Forces struck Nyala.", ("Rapid", "Support Forces"), [("Rapid Support Forces", RSF)]),
        (
            "Fighters of the Movement for the Salvation of Azawad struck.",
            ("Fighters of the Movement", "Salvation of Azawad"),
            [("Fighters of the Movement for the Salvation of Azawad", "mli-msa")],
        ),
        ("The African Union's envoys struck.", ("Union",), [("African Union", "int-african-union")]),
        ("The MDC Alliance struck.", ("Alliance",), [("MDC Alliance", "zwe-mdc")]),
        (
            "Russian President Vladimir Putin struck.",
            ("Russian", "Vladimir Putin"),
            [("Russian President Vladimir Putin", "rus-vladimir-putin")],
        ),
        # near it, and as they were
        ("Russian President, Putin struck.", ("Russian", "Putin"), [("Russian President", None), ("Putin", None)]),
        ("Rapid Brick Forces struck Nyala.", ("Rapid", "Brick Forces"), [("Rapid", None), ("Brick Forces", None)]),
        ("Soldiers of the Rapid Support Forces struck.", ("Soldiers",), [("Soldiers", None)]),
        ("Mali's army and Niger struck.", ("army", "Niger"), [("army", None), ("Niger", "ner")]),
        ("The Support Forces struck.", ("Support Forces",), [("Support Forces", None)]),
        ("The rapid support forces struck.", ("support forces",), [("support forces", None)]),
    ],
)  # fmt: skip
def test_a_part_of_a_known_name_is_the_whole(
    text: str, marked: tuple[str, ...], told: list[tuple[str, str | None]], registry: Registry
) -> None:
    (struck,) = statements(text, registry, Told("struck", marked))
    assert [one.text for one in struck.actors] == [words for words, _ in told]
    for one, (_, identity) in zip(struck.actors, told, strict=True):
        assert identity is None or one.id == identity
        assert one.text == text[one.start : one.end]


def test_one_name_is_not_on_both_sides(registry: Registry) -> None:
    told = Told("struck", ("Rapid",), ("Support Forces", "Nyala"))
    (struck,) = statements("Rapid Support Forces struck Nyala.", registry, told)
    assert [one.text for one in struck.actors] == ["Rapid Support Forces"]
    assert [one.text for one in struck.recipients] == ["Nyala"]


@pytest.mark.parametrize(
    ("marked", "told"),
    [
        ("SAF & RSF", [("SAF", "sdn-saf"), ("RSF", RSF)]),
        ("Burhan & Hemedti", [("Burhan", "sdn-abdel-fattah-al-burhan"), ("Hemedti", "sdn-mohamed-hamdan-dagalo")]),
        ("Hamas & Hezbollah", [("Hamas", "pse-hamas"), ("Hezbollah", "lbn-hezbollah")]),
        ("gunmen & soldiers", [("gunmen", None), ("soldiers", None)]),
        # near it, and as they were
        ("Bosnia & Herzegovina", [("Bosnia & Herzegovina", "bih")]),
        ("Trinidad & Tobago", [("Trinidad & Tobago", None)]),
        ("Johnson & Johnson", [("Johnson & Johnson", None)]),
        ("Ministry of Health & Sports", [("Ministry of Health & Sports", None)]),
        ("Smith & Wesson", [("Smith & Wesson", None)]),
    ],
)
def test_an_ampersand_joins_two_parties(marked: str, told: list[tuple[str, str | None]], registry: Registry) -> None:
    (fought,) = statements(f"In Sudan, {marked} fought.", registry, Told("fought", (marked,)))
    assert [one.text for one in fought.actors] == [words for words, _ in told]
    assert [one.id for one in fought.actors if one.id and not one.id.startswith("new:")] == [
        identity for _, identity in told if identity
    ]
