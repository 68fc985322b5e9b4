"""Alerts as an Atom feed (RFC 4287)."""

import datetime
import re
from collections.abc import Mapping, Sequence

from lxml import etree
from lxml.builder import ElementMaker

from foreshock.model.alert import RuleRecord, alert_path
from foreshock.watch.messages import subject, text
from foreshock.watch.store import Handled

_NOT_IN_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ATOM = "http://www.w3.org/2005/Atom"
_E = ElementMaker(namespace=_ATOM, nsmap={None: _ATOM})


def atom(handled: Sequence[Handled], fared: Mapping[str, RuleRecord], address: str = "") -> bytes:
    """A feed of these alerts, each with why it fired; `address` is the desk's, for links."""
    newest = max((one.raised_at for one in handled), default=datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC))
    feed = _E.feed(
        _E.id("urn:foreshock:alerts"), _E.title("Foreshock alerts"), _E.updated(_stamp(newest)),
        _E.author(_E.name("Foreshock")),
    )  # fmt: skip
    if address:
        feed.append(_E.link(rel="self", href=f"{address}/alerts.atom"))
    for one in handled:
        alert = one.alert
        entry = _E.entry(
            _E.id(f"urn:foreshock:alert:{alert.id}"), _E.title(_clean(subject(one))),
            _E.updated(_stamp(one.raised_at)),
            _E.content(_clean(text(one, fared.get(alert.rule), address)), type="text"),
        )  # fmt: skip
        if address:
            entry.append(_E.link(rel="alternate", href=f"{address}{alert_path(alert.id)}"))
        for name in filter(None, (alert.state.value, alert.where.country, alert.board)):
            entry.append(_E.category(term=name))
        feed.append(entry)
    return bytes(etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True))


def _stamp(at: datetime.datetime) -> str:
    return at.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _clean(words: str) -> str:
    """Without the characters that XML does not allow; names of places and boards come from outside."""
    return _NOT_IN_XML.sub("", words)
