"""Kills a sender at each of its steps in turn and lets another one take over; run by `test_killed.py` in a folder of its own.

Prints one JSON line a step: {"step": n, "killed": bool, "states": {body: state}}. A step is the moment before or after a call that
speaks with the server or writes to the database; in the middle of the body is one of them.
"""

# ruff: noqa: PLC0415 - models can be read only once Django is set up

import json
import os
import signal
import smtplib
import sys
from collections.abc import Callable
from typing import Any

import django

MESSAGES = 2


class Points:
    """Counts the steps of this process and ends it at one of them, as a power cut does."""

    def __init__(self, last: int) -> None:
        self.last, self.now = last, 0

    def passed(self) -> None:
        self.now += 1
        if self.now == self.last:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, holder: Any, name: str) -> None:
        function: Callable[..., Any] = getattr(holder, name)

        def wrapped(*args: Any, **kwargs: Any) -> Any:
            self.passed()
            answer = function(*args, **kwargs)
            self.passed()
            return answer

        setattr(holder, name, wrapped)

    def in_the_middle(self) -> None:
        send = smtplib.SMTP.send

        def halved(smtp: smtplib.SMTP, said: bytes | str) -> None:
            half = len(said) // 2
            if isinstance(said, bytes) and half > 3:
                send(smtp, said[:half])
                self.passed()
                send(smtp, said[half:])
            else:
                send(smtp, said)

        smtplib.SMTP.send = halved


def main() -> None:
    django.setup()
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", "outbox", verbosity=0)
    call_command("migrate", "django_tasks_database", verbosity=0)
    step, killed = 0, True
    while killed:
        step += 1
        _queue(step)
        connections.close_all()
        child = os.fork()
        if child == 0:
            _send(step)
        killed = os.WIFSIGNALED(os.waitpid(child, 0)[1])
        _take_over()
        sys.stdout.write(json.dumps({"step": step, "killed": killed, "states": _states()}) + "\n")


def _queue(step: int) -> None:
    from django.utils import timezone

    from commonground.outbox.models import Message

    Message.objects.all().delete()
    rows = [
        {"kind": "test", "to": f"p{n}@northlight.test", "subject": "Hello", "body": f"step {step} message {n}"}
        for n in range(MESSAGES)
    ]
    Message.objects.queue_many(rows, at=timezone.now())


def _send(step: int) -> None:
    from django.utils import timezone

    from commonground.outbox import post, sending

    points = Points(step)
    for name in ("claim", "_hand_over", "_end", "written"):
        points.around(sending, name)
    for name in ("_command", "_end", "__init__"):
        points.around(post.Line, name)
    points.in_the_middle()
    sending.send_due(timezone.now)
    os._exit(0)


def _take_over() -> None:
    from django.utils import timezone

    from commonground.outbox.sending import send_due

    for _ in range(3):
        send_due(timezone.now)


def _states() -> dict[str, str]:
    from commonground.outbox.models import Message

    return dict(Message.objects.values_list("body", "state"))


if __name__ == "__main__":
    main()
