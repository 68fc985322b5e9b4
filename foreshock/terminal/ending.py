"""How a command that is told to end does so: in good order, as one that is interrupted from the keyboard does."""

import contextlib
import os
import signal
import threading
from collections.abc import Iterator
from types import FrameType
from typing import Final, NoReturn

_ENDING: Final = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
"""What tells a program to end: a service's stop, a time limit, a terminal that is closed."""


class _Ended(BaseException):
    """The program was told to end."""


@contextlib.contextmanager
def ended_in_good_order() -> Iterator[None]:
    """What is told to end in here lets go of what it holds, its processes and files that were to go, and then ends by
    the same signal, as whoever sent it expects. A signal that was ignored from the start stays so.
    """
    if threading.current_thread() is not threading.main_thread():  # only there can it be done
        yield
        return
    told: list[int] = []

    def end(number: int, _: FrameType | None) -> NoReturn:
        told.append(number)
        raise _Ended

    before = {one: signal.getsignal(one) for one in _ENDING}
    for one, handler in before.items():
        if handler is signal.SIG_DFL:
            signal.signal(one, end)
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
        if told:
            os.kill(os.getpid(), told[0])
