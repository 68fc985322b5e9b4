"""What was counted over a whole record, kept while nothing comes into it and nothing goes.

Whatever changes documents or statements is entered in the log of custody, so the number of its last entry tells
whether an answer still holds.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, select

from foreshock.record.custody_tables import custody_head

MOST: Final = 64
"""Answers that are kept of a record; those that were asked for longest ago go."""

Answer = TypeVar("Answer")


@dataclass
class _Kept:
    """Answers by question, as they were when the log's last entry was `head`."""

    head: int
    answers: OrderedDict[Hashable, Any] = field(default_factory=OrderedDict)


_kept: WeakKeyDictionary[Engine, _Kept] = WeakKeyDictionary()
_lock = Lock()


def remembered(connection: Connection, question: Hashable, work: Callable[[], Answer]) -> Answer:
    """What `work` answers over the record as `connection`'s transaction sees it; as it did before, where nothing came
    or went since. Whoever gets it must not change it."""
    head = connection.scalar(select(custody_head.c.number)) or 0
    with _lock:
        kept = _kept.get(connection.engine)
        if kept is not None and kept.head == head and question in kept.answers:
            kept.answers.move_to_end(question)
            answer: Answer = kept.answers[question]
            return answer
    answer = work()
    with _lock:
        kept = _kept.get(connection.engine)
        if kept is None or kept.head < head:
            kept = _kept[connection.engine] = _Kept(head)
        if kept.head == head:
            kept.answers[question] = answer
            while len(kept.answers) > MOST:
                kept.answers.popitem(last=False)
    return answer
