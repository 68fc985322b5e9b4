"""Sending as a run of the watch does, without its waits."""

from foreshock.model.board import State
from foreshock.record.store import Record
from foreshock.watch.channels import Feed, Mail, Webhook
from foreshock.watch.deliver import Delivered, deliver
from foreshock.watch.store import alerts

KEY = "a key of the receiver's"
QUICK = (0.0, 0.0, 0.0, 0.0)


def webhook(url: str, private: bool = True) -> Webhook:
    return Webhook(url=url, secret_variable="HOOK_KEY", private=private, level=State.ALARM)


def sent(record: Record, *configured: Webhook | Mail | Feed) -> list[Delivered]:
    return deliver(record, alerts(record), {}, configured, "http://desk.example", QUICK)
