"""Channels as a file configures them, and the feed."""

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from lxml import etree

from foreshock.errors import UsageError
from foreshock.record.store import Record
from foreshock.watch.channels import Feed, Webhook, channels
from foreshock.watch.feed import atom
from foreshock.watch.store import alerts
from tests.watch.sending import sent, webhook
from tests.watch.servers import hook_server


def test_a_feed_is_atom(watched: Record, tmp_path: Path) -> None:
    path = tmp_path / "alerts.atom"
    sent(watched, Feed(path=str(path)))
    space = {"a": "http://www.w3.org/2005/Atom"}
    feed = etree.fromstring(path.read_bytes())
    entries = feed.findall("a:entry", space)
    assert len(entries) == len(alerts(watched))
    for entry in (feed, *entries):
        assert all(entry.find(f"a:{name}", space) is not None for name in ("id", "title", "updated"))
    assert len({entry.findtext("a:id", namespaces=space) for entry in entries}) == len(entries)


def test_a_feed_leaves_out_what_xml_cannot_hold(watched: Record) -> None:
    (one, *_) = alerts(watched)
    odd = replace(one, alert=msgspec.structs.replace(one.alert, title="Kha\ufffert\x0boum\ud800"))
    assert "Khartoum" in etree.fromstring(atom([odd], {})).findtext(".//{*}entry/{*}title")


def test_a_channel_without_its_secret_stops_before_anything_is_sent(
    watched: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HOOK_KEY", raising=False)
    with hook_server(200) as hook:
        with pytest.raises(UsageError, match="HOOK_KEY"):
            sent(watched, webhook(hook.url))
        assert hook.requests == []


def test_channels_are_read_from_yaml(tmp_path: Path) -> None:
    path = tmp_path / "channels.yaml"
    path.write_text(
        "channels:\n- {kind: webhook, url: 'https://x.org/h', secret_variable: K}\n- {kind: feed, path: f}\n"
    )
    assert [type(one) for one in channels(str(path))] == [Webhook, Feed]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (
            "channels:\n- {kind: feed, path: f}\n- {kind: pigeon}\n",
            "3: 'pigeon' is no kind; one of: webhook, mail, feed",
        ),
        ("channels:\n- {kind: [feed], path: f}\n", "2: ['feed'] is no kind; one of: webhook, mail, feed"),
        ("channels:\n- {path: f}\n", "2: lacks 'kind': one of webhook, mail, feed"),
        ("channels:\n- kind: webhook\n  urll: x\n", "2: lacks 'secret_variable'"),
        ("channels:\n- kind: webhook\n  urll: x\n", "3: 'urll' is no field here; 'url'?"),
        ("channels:\n- kind: mail\n  port: many\n", "3: port: a whole number is expected, not 'many'"),
        ('channels:\n- {kind: mail, server: x, sender: "a\\nb@x.org", to: [d@x.org]}\n', "2: 'a\\nb@x.org' is no mail"),
        ("channels:\n- {kind: mail, server: x, sender: a, to: [d@x.org]}\n", "2: 'a' is no mail address"),
        ("channels:\n- {kind: mail, server: x, sender: a@x.org, to: [jürgen@x.org]}\n", "2: 'jürgen@x.org' is no mail"),
        ("channels:\n- {kind: mail, server: x, sender: a@x.org, to: []}\n", "2: at least one address is wanted"),
        ("channels:\n- {kind: mail, server: x, sender: a@x.org, to: ['b@x.org, c@x.org']}\n", "2: 'b@x.org, c@x.org'"),
        ("channels:\n- {kind: mail, server: 'x:25', sender: a@x.org, to: [d@x.org]}\n", "2: 'x:25' is no server's"),
        ("channels:\n- {kind: mail, server: x, port: 70000, sender: a@x.org, to: [d@x.org]}\n", "2: 70000 is no port"),
        ("channels:\n- {kind: webhook, url: x.org/h, secret_variable: K}\n", "2: 'x.org/h' is no web address, such as"),
        ("channels:\n- {kind: webhook, url: 'https://x.org', secret_variable: K, days: 0}\n", "2: at least 1 day is"),
        ("channels:\n- {kind: feed, path: f}\n- {kind: feed, path: .}\n", "3: '.' is no file"),
        ("channels:\n- feed\n", "2: channels: fields are expected, kind (webhook, mail, feed) among them, not 'feed'"),
        ("channel: []\n", "1: 'channel' is no field here; 'channels'?"),
        ("channels: []\n", "1: at least one channel is wanted"),
        ("", "1: the file is empty"),
        ("channels: [\n", "2: not YAML"),
    ],
)
def test_faults_of_a_channel_file_are_told_with_their_lines(tmp_path: Path, written: str, told: str) -> None:
    path = tmp_path / "channels.yaml"
    path.write_text(written)
    with pytest.raises(UsageError) as raised:
        channels(str(path))
    assert f"channels.yaml:{told}" in str(raised.value)
