"""Sending over real connections: signed, tried again, never twice, never to an address inside unless told."""

import datetime
import email
import hashlib
import hmac
import json
import os
import shutil
import signal
import subprocess
import threading
from email import policy
from pathlib import Path

import certifi
import msgspec
import pytest
from sqlalchemy import insert, select, update

from foreshock.model.alert import Action, Alert
from foreshock.model.board import State
from foreshock.record.store import Record
from foreshock.record.watch_tables import watch_alerts, watch_deliveries
from foreshock.watch.channels import Feed, Mail
from foreshock.watch.decided import decide
from foreshock.watch.deliver import Delivered, deliver
from foreshock.watch.deliveries import deliveries_of, send_again
from foreshock.watch.store import alerts, keep_alerts
from tests.watch.sending import KEY, sent, webhook
from tests.watch.servers import breaking_server, dripping_server, hook_server, mail_server


@pytest.fixture(autouse=True)
def _secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOOK_KEY", KEY)


def more_of(alert: Alert, number: int) -> list[Alert]:
    """As many alerts of other rules that are otherwise the same."""
    return [msgspec.structs.replace(alert, id=f"{one:016x}", rule=f"coup:made-{one}") for one in range(number)]


def alarms(record: Record) -> set[str]:
    return {one.alert.id for one in alerts(record) if one.alert.state is State.ALARM}


def test_a_webhook_gets_every_alarm_once_and_can_check_who_sent_it(watched: Record) -> None:
    with hook_server(200) as hook:
        assert {one.state for one in sent(watched, webhook(hook.url))} == {"sent"}
        assert {one.state for one in sent(watched, webhook(hook.url))} == {"known"}
    assert len(hook.requests) == len(alarms(watched)) > 0
    for headers, body in hook.requests:
        moment, digest = (part.split("=")[1] for part in headers["Foreshock-Signature"].split(","))
        assert digest == hmac.new(KEY.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
        assert json.loads(body)["alert"]["id"] == headers["Idempotency-Key"]


def test_a_refusal_is_tried_again_and_then_again_in_the_next_run(watched: Record) -> None:
    with hook_server(503, 500, 200) as hook:
        assert {one.state for one in sent(watched, webhook(hook.url))} == {"sent"}
        assert len(hook.requests) == len(alarms(watched)) + 2
    with hook_server(503) as hook:
        assert {one.state for one in sent(watched, webhook(hook.url))} == {"failed"}
        hook.answers = [204]
        assert {one.state for one in sent(watched, webhook(hook.url))} == {"sent"}


def test_a_connection_that_breaks_before_the_answer_is_not_repeated(watched: Record) -> None:
    with hook_server(0) as hook:
        assert {one.state for one in sent(watched, webhook(hook.url))} == {"unsure"}
        once = len(hook.requests)
        hook.answers = [200]
        assert {one.state for one in sent(watched, webhook(hook.url))} == {"still unsure"}
        assert len(hook.requests) == once == len(alarms(watched))


@pytest.mark.parametrize("answer", [502, 504])
def test_what_a_gateway_answers_for_may_have_arrived_and_is_not_repeated(watched: Record, answer: int) -> None:
    with hook_server(answer) as hook:
        assert {one.state for one in sent(watched, webhook(hook.url))} == {"unsure"}
        assert {one.state for one in sent(watched, webhook(hook.url))} == {"still unsure"}
    assert len(hook.requests) == len(alarms(watched))


def test_what_may_not_have_arrived_is_told_in_every_run_until_it_is_sent_again_or_handled(watched: Record) -> None:
    with hook_server(502) as hook:
        sent(watched, webhook(hook.url))
        hook.answers = [200]
        first, second, *others = alarms(watched)
        assert send_again(watched, first, "Amal") == 1 and send_again(watched, "0" * 16, "Amal") == 0
        told = {one.alert: (one.state, one.arrived) for one in sent(watched, webhook(hook.url))}
        assert told == {first: ("sent", True), **dict.fromkeys((second, *others), ("still unsure", False))}
        for identity in (second, *others):
            decide(watched, Action.ACKNOWLEDGE, "Amal", alert=identity)
        assert {one.state for one in sent(watched, webhook(hook.url))} == {"known"}
    (went,), (lost,) = deliveries_of(watched, first), deliveries_of(watched, second)
    assert (went.state, went.attempts, went.why) == ("sent", 2, "")
    assert (lost.state, lost.attempts) == ("unsure", 1) and "a gateway answers 502" in lost.why


def test_a_receiver_that_knows_what_it_has_is_sent_again_what_it_may_lack(watched: Record) -> None:
    with hook_server(504) as hook:
        knowing = msgspec.structs.replace(webhook(hook.url), idempotent=True)
        assert {one.state for one in sent(watched, knowing)} == {"unsure"}
        hook.answers = [200]
        assert {one.state for one in sent(watched, knowing)} == {"sent"}
        assert {one.state for one in sent(watched, knowing)} == {"known"}
    keys = [headers["Idempotency-Key"] for headers, _ in hook.requests]
    assert sorted(keys) == sorted([*alarms(watched)] * 2)


def test_what_a_receiver_never_answers_for_keeps_nothing_else_from_it(watched: Record) -> None:
    keep_alerts(watched, more_of(alerts(watched)[0].alert, 5))
    with hook_server(504) as hook:
        knowing = msgspec.structs.replace(webhook(hook.url), idempotent=True)
        lost = {one.alert for one in sent(watched, knowing) if one.state == "unsure"}
        number = len(alarms(watched))
        hook.answers = [*[200] * (number - 3), 504]
        states = {one.alert: one.state for one in sent(watched, knowing)}
    assert len(lost) == 3
    assert states == {one: "unsure" if one in lost else "sent" for one in alarms(watched)}


def test_a_gateway_whose_server_is_down_costs_no_more_than_three_alerts(watched: Record) -> None:
    keep_alerts(watched, more_of(alerts(watched)[0].alert, 5))
    number = len(alarms(watched))
    with hook_server(502) as hook:
        states = [one.state for one in sent(watched, webhook(hook.url))]
        assert sorted(states) == ["failed"] * (number - 3) + ["unsure"] * 3 and len(hook.requests) == 3
        hook.answers = [200]
        states = [one.state for one in sent(watched, webhook(hook.url))]
        assert sorted(states) == ["sent"] * (number - 3) + ["still unsure"] * 3


def test_what_went_before_is_not_told_as_failed_where_a_server_is_down(watched: Record) -> None:
    with hook_server(200) as hook:
        before = {one.alert: one.state for one in sent(watched, webhook(hook.url))}
        number = len(before)
        one = next(one.alert for one in alerts(watched) if one.alert.id in before)
        more = more_of(msgspec.structs.replace(one, period=datetime.date(2030, 1, 1)), 4)
        keep_alerts(watched, more)
        hook.answers = [502]
        states = {one.alert: one.state for one in sent(watched, webhook(hook.url))}
    assert sorted(states[one.id] for one in more) == ["failed", "unsure", "unsure", "unsure"]
    assert {states[one] for one in before} == {"known"} and number > 0


def test_who_is_stopped_while_waiting_leaves_it_to_the_next_run(watched: Record) -> None:
    def stop_once_failed() -> None:
        asked = threading.Event()
        while True:
            with watched.begin() as connection:
                states = set(connection.scalars(select(watch_deliveries.c.state)))
            if "failed" in states:
                return os.kill(os.getpid(), signal.SIGINT)
            asked.wait(0.01)

    with hook_server(503) as hook:
        watching = threading.Thread(target=stop_once_failed)
        # Whoever is started in the background ignores the signal.
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            watching.start()
            with pytest.raises(KeyboardInterrupt):
                deliver(watched, alerts(watched), {}, [webhook(hook.url)], "", [60.0])
        finally:
            signal.signal(signal.SIGINT, before)
        watching.join()
        hook.answers = [200]
        assert {one.state for one in sent(watched, webhook(hook.url))} == {"sent"}


def test_a_delivery_that_was_broken_off_is_told_and_not_repeated(watched: Record) -> None:
    with hook_server(200) as hook:
        channel = webhook(hook.url)
        begun = [
            {"alert": name, "channel": channel.name, "state": "sending", "attempts": 0, "why": "",
             "at": datetime.datetime(2023, 2, 1, tzinfo=datetime.UTC)}
            for name in alarms(watched)
        ]  # fmt: skip
        with watched.begin(writing=True) as connection:
            connection.execute(insert(watch_deliveries), begun)
        assert {(one.state, one.why) for one in sent(watched, channel)} == {
            ("still unsure", "an earlier run was broken off while it sent")
        }
        assert {one.state for one in sent(watched, channel)} == {"still unsure"}
    assert hook.requests == []


def mail(port: int, *to: str) -> Mail:
    return Mail(server="localhost", port=port, sender="watch@x.org", to=to, security="none", private=True)


def test_a_receiver_that_answers_without_end_holds_nobody_up(watched: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("foreshock.watch.senders.LONGEST", 0.2)
    with dripping_server(b"HTTP/1.1 100 Go on\r\n\r\n", after=b"\r\n") as port:
        found = sent(watched, webhook(f"http://127.0.0.1:{port}/alerts"))
    assert {one.state for one in found} == {"unsure"}, "it was sent, and nobody knows whether it was taken"
    assert any("TimeoutError" in one.why for one in found)
    with dripping_server(b"220-wait\r\n") as port:
        found = sent(watched, mail(port, "chief@x.org"))
    assert {one.state for one in found} == {"failed"}, "no letter was given to it"


def by_recipient(found: list[Delivered]) -> dict[str, set[str]]:
    return {one.channel: {each.state for each in found if each.channel == one.channel} for one in found}


def test_whom_the_mail_server_does_not_know_is_named_and_not_tried_again_at_once(watched: Record) -> None:
    with mail_server(unknown="chief@x.org") as post:
        found = sent(watched, mail(post.port, "desk@x.org", "chief@x.org"))
    assert by_recipient(found) == {"mail to desk@x.org": {"sent"}, "mail to chief@x.org": {"failed"}}
    assert all("answers 550" in one.why for one in found if one.state == "failed")
    with watched.begin() as connection:
        assert set(connection.scalars(select(watch_deliveries.c.attempts))) == {1}


def test_one_who_was_put_off_gets_it_later_and_the_others_not_again(watched: Record) -> None:
    """As a server does that does not know the sender yet (greylisting)."""
    with mail_server(deferred="chief@x.org") as post:
        both = mail(post.port, "desk@x.org", "chief@x.org")
        found = sent(watched, both)
        assert by_recipient(found) == {"mail to desk@x.org": {"sent"}, "mail to chief@x.org": {"failed"}}
        post.deferred = ""
        assert by_recipient(sent(watched, both)) == {"mail to desk@x.org": {"known"}, "mail to chief@x.org": {"sent"}}
    number = len(alarms(watched))
    assert sorted(post.recipients) == ["chief@x.org"] * number + ["desk@x.org"] * number


def test_one_more_recipient_or_another_server_sends_nothing_again(watched: Record) -> None:
    with mail_server() as post, mail_server() as another:
        sent(watched, mail(post.port, "Desk <desk@x.org>"))
        found = sent(watched, mail(another.port, "desk@x.org", "new@x.org"))
    assert by_recipient(found) == {"mail to desk@x.org": {"known"}, "mail to new@x.org": {"sent"}}
    assert set(post.recipients) == {"desk@x.org"} and set(another.recipients) == {"new@x.org"}


def test_what_an_earlier_version_sent_to_all_recipients_together_is_not_sent_again(watched: Record) -> None:
    """It wrote one delivery down for all; one of them failed, so nobody had it."""
    failed, *done = alarms(watched)
    with mail_server() as post:
        both = mail(post.port, "desk@x.org", "chief@x.org")
        together = hashlib.sha256(f"mail\0localhost:{post.port}\0chief@x.org\0desk@x.org".encode()).hexdigest()
        begun = [
            {"alert": name, "channel": together, "state": "failed" if name == failed else "sent", "attempts": 1,
             "why": "", "at": datetime.datetime(2023, 2, 1, tzinfo=datetime.UTC)}
            for name in (failed, *done)
        ]  # fmt: skip
        with watched.begin(writing=True) as connection:
            connection.execute(insert(watch_deliveries), begun)
        states = {(one.alert, one.state) for one in sent(watched, both)}
        assert states == {(failed, "sent"), *((name, "known") for name in done)} and done
        # Known by each from now on, whoever else is to be written to.
        assert by_recipient(sent(watched, mail(post.port, "desk@x.org"))) == {"mail to desk@x.org": {"known"}}
    assert sorted(post.recipients) == ["chief@x.org", "desk@x.org"]


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A key and a certificate of this machine's own."""
    if (program := shutil.which("openssl")) is None:
        pytest.skip("needs the program openssl")
    path = tmp_path / "localhost.pem"
    given = [
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=localhost",
        "-addext",
        "subjectAltName=DNS:localhost",
    ]
    subprocess.run([program, "req", *given, "-keyout", path, "-out", path], check=True, capture_output=True)
    return path


def test_a_secured_connection_that_breaks_after_the_request_is_not_repeated(
    watched: Record, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with breaking_server(certificate) as hook:
        # Not trusted: nothing was asked, so it certainly did not arrive.
        assert {one.state for one in sent(watched, webhook(hook.url))} == {"failed"} and hook.requests == []
        monkeypatch.setattr(certifi, "where", lambda: str(certificate))
        assert {one.state for one in sent(watched, webhook(hook.url))} == {"unsure"}
        assert {one.state for one in sent(watched, webhook(hook.url))} == {"still unsure"}
    assert sorted(headers["Idempotency-Key"] for headers, _ in hook.requests) == sorted(alarms(watched))


def test_a_dead_channel_keeps_no_other_waiting(watched: Record, tmp_path: Path) -> None:
    """The first webhook answers 503 to all, the feed has no folder; mail and the other feed come through at once."""
    number, feed = len(alarms(watched)), tmp_path / "alerts.atom"
    with hook_server(503) as dead, mail_server() as post:
        lost = Feed(path=str(tmp_path / "nowhere" / "alerts.atom"))
        configured = [webhook(dead.url), lost, mail(post.port, "desk@x.org"), Feed(path=str(feed))]
        found = deliver(watched, alerts(watched), {}, configured, "", (0.0, 0.0))
    assert number > 1 and len(post.letters) == number and feed.exists()
    # One is tried in each round, and in the last of three all are.
    assert len(dead.requests) == 2 + number
    assert [one.why for one in found if one.channel == f"feed {lost.path}"] == [
        "the feed cannot be written (No such file or directory)"
    ]
    assert [one.state for one in found if one.channel == "webhook"] == ["failed"] * number


def test_nothing_is_sent_to_an_address_inside(watched: Record) -> None:
    with hook_server(200) as hook, mail_server() as post:
        inside = Mail(server="127.0.0.1", port=post.port, sender="a@x.org", to=("b@x.org",), security="none")
        found = sent(watched, webhook(hook.url, private=False), inside)
    assert {one.state for one in found} == {"failed"} and all("not a public address" in one.why for one in found)
    assert hook.requests == [] and post.letters == []


def test_redirects_are_not_followed(watched: Record) -> None:
    with hook_server(302) as hook:
        assert {one.state for one in sent(watched, webhook(hook.url))} == {"failed"}


def test_mail_says_why_and_goes_once(watched: Record) -> None:
    with mail_server(refusing=1) as post:
        assert {one.state for one in sent(watched, mail(post.port, "desk@x.org"))} == {"sent"}
        assert {one.state for one in sent(watched, mail(post.port, "desk@x.org"))} == {"known"}
    assert len(post.letters) == len(alarms(watched))
    letter = email.message_from_string(post.letters[0], policy=policy.default)
    assert letter["To"] == "desk@x.org" and "alarm: SDN" in letter["Subject"]
    words = letter.get_content()
    assert "by luck" in words and "Independent reports: 18" in words and "not measured yet" in words


@pytest.mark.parametrize(
    ("raised", "late", "words"),
    [
        (datetime.date(2023, 1, 31), 0, "Raised on 2023-01-31; the time that it warns of ends on 2023-07-31."),
        (datetime.date(2023, 6, 20), 140, "140 days after its period had ended; the time that it warns of ends on"),
        (
            datetime.date(2023, 8, 1),
            182,
            "in hindsight: the time that it warns of ended on 2023-07-31. It is no warning",
        ),
    ],
)
def test_what_is_sent_says_how_late_it_comes(watched: Record, raised: datetime.date, late: int, words: str) -> None:
    hindsight = late > 181
    with watched.begin(writing=True) as connection:
        moment = datetime.datetime.combine(raised, datetime.time(12), datetime.UTC)
        connection.execute(update(watch_alerts).values(raised_at=moment))
    with mail_server() as post, hook_server(200) as hook:
        late_too = mail(post.port, "desk@x.org"), webhook(hook.url)
        sent(watched, *(msgspec.structs.replace(one, days=100_000) for one in late_too))
    letter = email.message_from_string(post.letters[0], policy=policy.default)
    assert ("Foreshock in hindsight: alarm: SDN" in letter["Subject"]) is hindsight
    assert words in " ".join(letter.get_content().split())
    told = json.loads(hook.requests[0][1])
    assert (told["days_late"], told["in_hindsight"], told["stands_until"]) == (late, hindsight, "2023-07-31")


def raised(record: Record, days_ago: int) -> None:
    """Set back when the alerts were raised."""
    moment = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=days_ago)
    with record.begin(writing=True) as connection:
        connection.execute(update(watch_alerts).values(raised_at=moment))


def test_a_new_address_is_not_sent_what_is_old(watched: Record) -> None:
    """Told once; a person has one sent all the same."""
    with hook_server(200) as hook:
        sent(watched, webhook(hook.url))
        raised(watched, 15)
        number, renamed = len(hook.requests), webhook(f"{hook.url}?token=new")
        [told] = [one for one in sent(watched, renamed) if one.state != "known"]
        assert (told.state, told.arrived) == ("too old", True)
        assert told.why.startswith(f"{number} alerts raised more than 14 days before")
        assert {one.state for one in sent(watched, renamed)} == {"known"} and len(hook.requests) == number
        one = min(alarms(watched))
        assert send_again(watched, one, "Amal") == 1
        assert [each.alert for each in sent(watched, renamed) if each.state == "sent"] == [one]


def test_what_was_tried_in_time_is_sent_however_long_the_channel_was_dead(watched: Record) -> None:
    keep_alerts(watched, more_of(alerts(watched)[0].alert, 5))
    with hook_server(503) as hook:
        assert {one.state for one in sent(watched, webhook(hook.url))} == {"failed"}
        raised(watched, 40)
        hook.answers = [200]
        assert [one.state for one in sent(watched, webhook(hook.url))] == ["sent"] * len(alarms(watched))


def test_what_was_handled_is_not_sent(watched: Record) -> None:
    for identity in alarms(watched):
        decide(watched, Action.DISMISS, "Amal", "a drill", alert=identity)
    with hook_server(200) as hook:
        assert sent(watched, webhook(hook.url)) == []
    assert hook.requests == []
