"""The sidecar of an export: how to cite it, what was asked for, and what its format could not hold."""

import datetime

import msgspec

import foreshock
from foreshock.exchange.protect import SMALLEST_CELL, Protection


class Sidecar(msgspec.Struct, frozen=True, kw_only=True):
    """What stands beside an export as `NAME.about.json`."""

    citation: str
    made_at: str
    tool: str
    format: str
    what: str
    filters: dict[str, str]
    rows: int
    not_held: tuple[str, ...]
    protection: tuple[str, ...]


def sidecar(
    what: str, form: str, filters: dict[str, str], rows: int, not_held: tuple[str, ...], done: Protection | None
) -> Sidecar:
    """The sidecar of one export, dated now."""
    now = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    asked = "; ".join(f"{name} {value}" for name, value in sorted(filters.items())) or "everything"
    tool = f"Foreshock {foreshock.__version__}"
    return Sidecar(
        citation=f"{tool}: {what} ({asked}), {rows} rows, {form}, made {now.date().isoformat()}.",
        made_at=now.isoformat(),
        tool=tool,
        format=form,
        what=what,
        filters=filters,
        rows=rows,
        not_held=not_held,
        protection=_told(done) if done is not None else (),
    )


def _told(done: Protection) -> tuple[str, ...]:
    if done.lifted_by is not None:
        return ("Places are as precise as the record has them: the protection of deserters was lifted and logged.",)
    return (
        "Rows about defection are told by first-level region, without coordinates and without the text's words; of "
        f"actors and recipients only those that the registry has are named: {done.generalised} rows.",
        f"Regions with fewer than {SMALLEST_CELL} such rows in a month, and rows without a known region, are left out: "
        f"{done.left_out} rows.",
        f"Other rows of texts that tell of defection are told in the same way, by region only: {done.beside} rows.",
    )


def to_json(about: Sidecar) -> bytes:
    """The sidecar as it is written."""
    return msgspec.json.format(msgspec.json.encode(about), indent=2) + b"\n"
