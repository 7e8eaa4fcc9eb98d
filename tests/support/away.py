"""A session that sends by courier, as the window does, and the practice server it sends to."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import active_children

from rowpost.model.assessment import Assessment
from rowpost.model.outside import no_progress
from rowpost.model.targets import Environment, Target
from rowpost.model.workbook import Opened
from rowpost.sandbox import PracticeServer
from rowpost.session import Session
from rowpost.session.away import Sent
from rowpost.session.errands import Wishes
from rowpost.session.watching import Watch

PART = 5
QUICK = (
    *(f"sending.part_size={PART}", "sending.poll_first_seconds=0.05", "sending.poll_max_seconds=0.1"),
    *("sending.settle_seconds=0.5", "network.get_tries=1", "network.connect_seconds=1"),
)
ORGANIZATION = "11111111-2222-4333-8444-555555555555"
PATIENCE = 120.0  # seconds


def target_on(port: int) -> Target:
    """A target on a practice server of the test's own."""
    url = f"http://127.0.0.1:{port}"
    urls = (f"{url}/collection/v1", f"{url}/token")
    return Target("ours", Environment.PRACTICE, *urls, ORGANIZATION, "practice", "Ours AS")


@dataclass(slots=True)
class Sitting:
    """The sample, checked; what is sent of it is sent on a thread, as in the window."""

    session: Session
    server: PracticeServer
    stop: threading.Event = field(default_factory=threading.Event)
    pause: threading.Event = field(default_factory=threading.Event)
    seen: list[Watch] = field(default_factory=list)
    opened: Opened = field(init=False)
    assessment: Assessment = field(init=False)

    def __post_init__(self) -> None:
        """Read and check the sample."""
        session, target = self.session, self.target
        session.save_target(target)
        session.keep_secret(target, "practice")
        self.opened = session.open(session.sample, stop=self.stop, progress=no_progress)
        mapping = session.suggest(self.opened).mapping
        self.assessment = session.assess(
            self.opened, mapping, target, include_hidden=False, stop=self.stop, progress=no_progress
        )

    @property
    def target(self) -> Target:
        """Where it is sent."""
        return target_on(self.server.port)

    @property
    def wishes(self) -> Wishes:
        """What the test wishes."""
        return Wishes(self.stop, self.pause)

    def send(self) -> Sent:
        """Write a run down and send it."""
        return self.session.send_new(
            self.opened, self.assessment, self.target, None, wishes=self.wishes, on_watch=self.seen.append
        )

    def go_on(self, run: str) -> Sent:
        """Go on with a run."""
        return self.session.go_on(run, wishes=self.wishes, on_watch=self.seen.append)

    @property
    def posts(self) -> int:
        """How many parts the server has got."""
        return int(self.server.books()["requests"].get("createInvoices", 0))


def meanwhile(work: Callable[[], Sent], deed: Callable[[], object]) -> Sent:
    """Do something while the work is under way; return what the work came to."""
    with ThreadPoolExecutor(1) as pool:
        under_way: Future[Sent] = pool.submit(work)
        deed()
        return under_way.result(PATIENCE)


def until(true: Callable[[], bool]) -> None:
    """Wait until something is true. TimeoutError if it never is."""
    late = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > late:
            raise TimeoutError
        time.sleep(0.005)


def kill_courier() -> None:
    """End the courier as the operating system does when memory is short."""
    tell_courier(signal.SIGKILL)


def tell_courier(sign: signal.Signals) -> None:
    """Send the courier a signal."""
    (courier,) = (child for child in active_children() if child.name == "courier")
    os.kill(courier.pid or 0, sign)
