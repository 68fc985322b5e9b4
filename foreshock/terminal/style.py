"""How kinds, places, times and likelihoods are written for people: the same words and colours everywhere."""

from foreshock.model.statement import Likelihood, Place, Source, Statement, Time
from foreshock.model.vocabulary import MECHANISMS, Granularity, Kind, Polarity, Precision

COLOURS: dict[Kind, str] = {
    Kind.REPORT: "#5b9bd5",
    Kind.JUDGEMENT: "#e0a53f",
    Kind.FORECAST: "#b583e0",
    Kind.COMMITMENT: "#3fb5a3",
    Kind.RECOMMENDATION: "#e57897",
}
"""One colour a kind, told apart by colour-blind readers too; a label always stands beside it."""

PLURALS: dict[Kind, str] = {kind: f"{kind.value}s" for kind in Kind}


def where(place: Place) -> str:
    """The place in words, with what is unsure about it."""
    if place.name is None:
        return f"{place.text} (not placed: {place.reason})" if place.reason else str(place.text)
    parts = [place.name]
    if place.admin1 and place.admin1 != place.name:
        parts.append(place.admin1)
    if place.country and place.precision is not Precision.COUNTRY:
        parts.append(place.country)
    words = ", ".join(parts)
    if place.members:
        words += " (" + ", ".join(member.name or "?" for member in place.members) + ")"
    return words


def when(time: Time) -> str | None:
    """The time in words: the text's own, and the days it stands for."""
    days = _days(time)
    if time.text is None:
        return None
    return f"{time.text} ({days})" if days else time.text


def _days(time: Time) -> str | None:
    if time.from_ is None and time.to is None:
        return None
    if time.from_ is None:
        return f"to {time.to}"
    if time.to is None:
        return f"from {time.from_}"
    if time.from_ == time.to or time.granularity is Granularity.OPEN:
        return str(time.from_)
    return f"{time.from_} – {time.to}"


def chance(likelihood: Likelihood) -> str:
    """The text's likelihood phrase with the interval it stands for."""
    return f"“{likelihood.text}” {likelihood.low:.0%}–{likelihood.high:.0%}".replace("%–", "–")


def who(sources: tuple[Source, ...]) -> str:
    """The attribution chain, the innermost first; the author where it is empty."""
    if not sources:
        return "the author"
    names = [source.name or source.text for source in reversed(sources)]
    return ", told by ".join(names)


def what(statement: Statement) -> str | None:
    """Type and mode of the act, with its negation."""
    if statement.type is None:
        return "not" if statement.polarity is Polarity.NEGATIVE else None
    words = statement.type.value.lower() + (f" {statement.mode}" if statement.mode else "")
    return f"not {words}" if statement.polarity is Polarity.NEGATIVE else words


def mechanisms(statement: Statement) -> list[str]:
    """The neutral labels of the mechanisms that a statement bears on."""
    return [MECHANISMS[name] for name in statement.contexts if name in MECHANISMS]


def closing_line(kinds: dict[Kind, int]) -> str:
    """*56 statements: 22 reports, 19 judgements … More than half of this text is not report.*"""
    total = sum(kinds.values())
    if not total:
        return "No statements about the political world were found."
    told = ", ".join(
        f"{number} {PLURALS[kind] if number != 1 else kind.value}" for kind, number in kinds.items() if number
    )
    reports = kinds.get(Kind.REPORT, 0)
    if reports == total:
        share = "All of this text is report."
    elif 2 * reports < total:
        share = "More than half of this text is not report."
    elif 2 * reports == total:
        share = "Half of this text is not report."
    else:
        share = f"{round(100 * (total - reports) / total)} % of this text is not report."
    return f"{total} statement{'s' if total != 1 else ''}: {told}. {share}"
