"""5,000 people answer a round through the real server, which is killed (-9) in the middle and started again: none lost, none twice.

    python bench/answering.py [--people 5000] [--clients 24] [--kills 1] [--limit 600] [--json]

Starts `commonground serve` on a data folder of its own. Each person opens the page of questions and sends an answer like nobody else's. Who
loses the line, or is answered by nobody, tries again as a browser's user would; one who is then told that the code was used already
has arrived. In the end the answers in the database are held against what was sent. Exit code 1 when one is lost, twice or changed, or when
the time limit (ten minutes) is missed.
"""

import argparse
import contextlib
import http.client
import json
import os
import re
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import Empty, Queue
from urllib.parse import urlencode

ASKED = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
ASKED.add_argument("--people", type=int, default=5000)
ASKED.add_argument("--clients", type=int, default=24)
ASKED.add_argument("--kills", type=int, default=1)
ASKED.add_argument("--limit", type=float, default=600.0)
ASKED.add_argument("--json", action="store_true")
GIVEN = ASKED.parse_args()
FOLDER = tempfile.TemporaryDirectory()
DATA = Path(FOLDER.name)
os.environ["COMMONGROUND_DATA"] = str(DATA)
os.environ["DJANGO_SETTINGS_MODULE"] = "commonground.config.settings"
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

NAME = re.compile(r'<input type="radio" name="([^"]+)"')
TRIES, PAUSE = 240, 0.25


@dataclass
class Person:
    """Somebody who answers. values: what they will choose; tries: how often they had to send; seconds: of page and of sending."""

    token: str
    number: int
    values: dict[str, int] = field(default_factory=dict)
    tries: int = 0
    page: float = 0.0
    sending: float = 0.0
    said: str = ""


def prepare() -> list[Person]:
    """A round that asks all of them, and their tokens as they would stand in their mail."""
    import django

    django.setup()
    from commonground.access.actor import OPERATOR
    from commonground.assessments.models import Invited, Round
    from commonground.assessments.opening import open_round
    from commonground.assessments.tokens import key_of, personal, written
    from commonground.config.tables import bring_up_to_date
    from commonground.organization.models import Assignment, Unit, UnitPeriod
    from commonground.organization.models import Person as Row
    from commonground.programs.models import Program

    bring_up_to_date()
    at = datetime.now(UTC)
    program = Program.objects.create(slug="p", name="P", started=at.date())
    units = [Unit.objects.create(key=f"U{number:02d}") for number in range(max(1, min(40, GIVEN.people // 30)))]
    for unit in units:
        UnitPeriod.objects.create(unit=unit, name=unit.key, path=f"/{unit.pk}/")
    Row.objects.bulk_create(
        Row(key=f"P{number:05d}", name=f"P {number}", email=f"p{number}@example.org") for number in range(GIVEN.people)
    )
    begin = at.date() - timedelta(days=30)
    Assignment.objects.bulk_create(
        Assignment(person=row, unit=units[place % len(units)], start=begin)
        for place, row in enumerate(Row.objects.order_by("pk"))
    )
    row = Round(
        name="R", instrument="readiness", attributes=["unit"], tables=[[]], languages=["en"],
        opens_on=at.date(), closes_on=at.date() + timedelta(days=7),
    )  # fmt: skip
    opened = open_round(program.add(row, by=OPERATOR, at=at), by=OPERATOR, at=at)
    key = key_of(opened.pk)
    people = Invited.objects.order_by("?").values_list("person", flat=True)
    return [Person(written(personal(key, person)), number) for number, person in enumerate(people)]


@dataclass
class Server:
    """The instance, which can be killed with all its parts and started again at the same address."""

    port: int
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        command = [sys.executable, "-m", "commonground", "serve", "--empty", "--port", str(self.port)]
        path = {"PYTHONPATH": str(Path(__file__).resolve().parents[1] / "src")}
        with (DATA / "serve.log").open("ab") as log:
            self.process = subprocess.Popen(command, env={**os.environ, **path}, stdout=log, stderr=log)
        for _ in range(1200):
            with contextlib.suppress(OSError, http.client.HTTPException):
                if asked(self.port, "GET", "/answer/thanks/")[0] == 200:
                    return
            if self.process.poll() is not None:
                raise RuntimeError((DATA / "serve.log").read_text())
            time.sleep(0.1)
        raise RuntimeError("The server did not start.")

    def parts(self) -> list[int]:
        """The processes of the instance, those below first."""
        assert self.process is not None
        below: dict[int, list[int]] = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError, IndexError):
                words = stat.read_text().rpartition(")")[2].split()
                below.setdefault(int(words[1]), []).append(int(stat.parent.name))
        found, line = [], [self.process.pid]
        while line:
            one = line.pop()
            found.append(one)
            line += below.get(one, [])
        return found

    def kill(self) -> None:
        """Ends all at once, without a chance to write anything."""
        assert self.process is not None
        for pid in self.parts():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()
        (DATA / "serve.pid").unlink(missing_ok=True)

    def stop(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(20)


class Crowd:
    """All who answer, by some clients at a time."""

    def __init__(self, port: int, people: Sequence[Person]) -> None:
        self.port, self.done = port, 0
        self.queue: Queue[Person] = Queue()
        for one in people:
            self.queue.put(one)
        self.lock = threading.Lock()

    def run(self) -> list[threading.Thread]:
        threads = [threading.Thread(target=self._client, daemon=True) for _ in range(GIVEN.clients)]
        for thread in threads:
            thread.start()
        return threads

    def _client(self) -> None:
        while True:
            try:
                one = self.queue.get_nowait()
            except Empty:
                return
            self._answer(one)
            with self.lock:
                self.done += 1

    def _answer(self, one: Person) -> None:
        url = f"/answer/{one.token}/"
        for _ in range(TRIES):
            try:
                if not one.values:
                    began = time.perf_counter()
                    status, text = self._ask("GET", url)
                    one.page = time.perf_counter() - began
                    if status != 200:
                        one.said = f"GET {status}"
                        return
                    one.values = chosen(one.number, text)
                one.tries += 1
                began = time.perf_counter()
                status, text = self._ask("POST", url, urlencode(one.values))
                one.sending = time.perf_counter() - began
            except (OSError, http.client.HTTPException):
                time.sleep(PAUSE)
                continue
            if status >= 500:
                time.sleep(PAUSE)
                continue
            arrived = status == 302 or (status == 410 and one.tries > 1 and "used already" in text)
            one.said = "arrived" if arrived else f"POST {status}"
            return
        one.said = "gave up"

    def _ask(self, method: str, url: str, body: str = "") -> tuple[int, str]:
        return asked(self.port, method, url, body)


def asked(port: int, method: str, url: str, body: str = "") -> tuple[int, str]:
    """One request on a line of its own: the status and the page."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
    with contextlib.closing(line):
        line.request(method, url, body or None, headers)
        answer = line.getresponse()
        return answer.status, answer.read().decode()


def free_port() -> int:
    """A port that no client is given by the system: whoever calls a port of its own range while nobody listens can reach itself."""
    for port in range(21_000, 30_000):
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port
    raise RuntimeError("No port is free.")


def chosen(number: int, page: str) -> dict[str, int]:
    """An answer like nobody else's: the number of the person, written with the digits 1 to 5."""
    names = sorted(set(NAME.findall(page)))
    return {name: number // 5**place % 5 + 1 for place, name in enumerate(names)}


def judge(people: Sequence[Person]) -> dict[str, int]:
    """What the database holds, against what was sent."""
    with contextlib.closing(sqlite3.connect(DATA / "commonground.sqlite3")) as file:
        held = Counter(
            json.dumps(json.loads(values), sort_keys=True)
            for (values,) in file.execute('SELECT "values" FROM assessments_answer')
        )
        spent = file.execute("SELECT COUNT(*) FROM assessments_token WHERE spent").fetchone()[0]
    sent = Counter(json.dumps(one.values, sort_keys=True) for one in people)
    log = (DATA / "serve.log").read_text(errors="replace")
    return {
        "answers": sum(held.values()),
        "spent": spent,
        "lost": sum((sent - held).values()),
        "twice_or_changed": sum((held - sent).values()),
        "not_told": sum(one.said != "arrived" for one in people),
        "sent_again": sum(one.tries > 1 for one in people),
        "tokens_in_the_log": sum(one.token in log or one.token.replace("-", "") in log for one in people),
    }


def main() -> int:
    people = prepare()
    server = Server(free_port())
    server.start()
    crowd = Crowd(server.port, people)
    began, down = time.perf_counter(), 0.0
    threads = crowd.run()
    for kill in range(1, GIVEN.kills + 1):
        while crowd.done < len(people) * kill / (GIVEN.kills + 1):
            time.sleep(0.01)
        fell = time.perf_counter()
        server.kill()
        server.start()
        down += time.perf_counter() - fell
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - began
    server.stop()
    found = judge(people) | {"people": len(people), "kills": GIVEN.kills}
    good = not any(found[name] for name in ("lost", "twice_or_changed", "not_told", "tokens_in_the_log"))
    good = good and found["answers"] == found["spent"] == len(people) and seconds <= GIVEN.limit
    times = {"seconds": seconds, "down": down, "a_second": len(people) / (seconds - down)}
    for name in ("page", "sending"):
        took = statistics.quantiles([getattr(one, name) for one in people], n=20)
        times |= {f"{name}_p50": took[9], f"{name}_p95": took[18]}
    if GIVEN.json:
        print(json.dumps(found | times | {"good": good}))
    else:
        for name, value in (found | times).items():
            print(
                f"{name.replace('_', ' '):20} {value:,.3f}"
                if isinstance(value, float)
                else f"{name.replace('_', ' '):20} {value:,}"
            )
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
