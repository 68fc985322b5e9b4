"""An acronym of a group or a state's organ means it where its country is spoken of; elsewhere it is somebody else's."""

import datetime

import pytest

from foreshock.actors.context import context_of
from foreshock.actors.resolve import Registry

DAY = datetime.date(2024, 5, 15)


@pytest.mark.parametrize(
    ("text", "mention", "identity"),
    [
        ("In Sagaing, Myanmar, the PDF mined a road.", "the PDF", "mmr-pdf"),
        ("Sudan's old regime armed the PDF.", "the PDF", "sdn-popular-defence-forces"),
        ("Cameroon's army fled. The ADF burned a school.", "The ADF", "cmr-ambazonia-defence-forces"),
        ("In Kasese, Uganda, ADF rebels burned a school.", "ADF rebels", "cod-adf"),
        ("Syria's SDF held the dam.", "the SDF", "syr-sdf"),
        ("In Tripoli, Libya, the SDF freed ten men.", "the SDF", "lby-special-deterrence-force"),
        ("In Uganda the NUP walked out of parliament.", "the NUP", "uga-nup"),
        ("Sudan's war went on. The RSF took El Fasher.", "The RSF", "sdn-rapid-support-forces"),
        ("Fuel for the RSF crosses Chad.", "the RSF", "sdn-rapid-support-forces"),
        ("Mali has jailed a reporter, the RSF said.", "the RSF", "int-reporters-without-borders"),
        ("The Rapid Support Forces bought drones in Serbia. The RSF denied it.", "The RSF", "sdn-rapid-support-forces"),
        ("Nobody has seen the RSF here.", "the RSF", "sdn-rapid-support-forces"),
        ("In Iraq, the PKK left Sinjar.", "the PKK", "tur-pkk"),
        ("Sweden will hand over members of the PKK to Turkey.", "members of the PKK", "tur-pkk"),
        ("In Moscow, Russia, the SVR denied it.", "the SVR", "rus-svr"),
        ("In Khorog, Tajikistan, an officer of the GKNB was shot.", "the GKNB", "tjk-gknb"),
        ("In Bishkek, Kyrgyzstan, the GKNB searched a house.", "the GKNB", "kgz-gknb"),
        ("In Addis Ababa, Ethiopia, the NISS held ten men.", "the NISS", "eth-niss"),
        ("In Bamako, Mali, the DGSE held ten men.", "the DGSE", "mli-dgse"),
        ("In Laos the army hunts men whom the CIA once armed.", "the CIA", "usa-cia"),
        ("Estonia expelled three spies of the GRU.", "the GRU", "rus-gru"),
    ],
)
def test_an_acronym_is_that_of_the_group_whose_country_is_spoken_of(
    text: str, mention: str, identity: str, registry: Registry
) -> None:
    match = registry.resolve(mention, context_of(text, DAY, registry.sought))
    assert match is not None and match.actor.id == identity


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("In Barcelona, Spain, the ANC called for a march.", "the ANC"),
        ("Mauritania's anti-slavery movement IRA stayed at home.", "IRA"),
        ("In Mali the FARC asked for peace.", "FARC fighters"),
        ("France and Norway met the PDF.", "PDF fighters"),
        ("In Sri Lanka STF men were posted at the hill.", "STF men"),
        ("In Myanmar a commander told SVR that they surrendered.", "SVR"),
        ("In Bangladesh the ISPR says soldiers kept calm.", "the ISPR"),
        ("In Ecuador the CNE counted the votes.", "the CNE"),
        ("In Togo the CENI counted the votes.", "the CENI"),
    ],
)
def test_an_acronym_abroad_is_a_namesake_s(text: str, mention: str, registry: Registry) -> None:
    match = registry.resolve(mention, context_of(text, DAY, registry.sought))
    assert match is None or match.is_new
