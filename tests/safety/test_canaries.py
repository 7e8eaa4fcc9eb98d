"""Personal data through every error path: none in logs, stderr, crash reports, other files, the ledger."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from rowpost.sandbox import PracticeServer
from tests.safety.canaries import Canary, found_in, people, write_workbook
from tests.support.figures import Figure
from tests.support.practice import practice
from tests.support.program import command, environment

CANARIES = people()
GOSSIP = " ".join(word for canary in CANARIES[:8] for word in canary.words)
POST, LOOK_UPS = ["createInvoices"], ["getInvoices", "getBatches"]
LOST: dict[str, Any] = {"at": POST, "cutHead": 0, "ending": "reset", "applied": True}
QUICK = {
    "sending.poll_first_seconds": "0.05",
    "sending.poll_max_seconds": "0.1",
    "sending.settle_seconds": "0.4",
    "sending.post_deadline_seconds": "1",
    "sending.part_size": "20",
    "sending.give_up_polling_seconds": "2",
    "network.get_deadline_seconds": "1",
}
GOSSIPING = {"status": 200, "json": {"data": {"status": GOSSIP, "failed": GOSSIP}}}
BROKEN_HEAD = f"HTTP/1.1 200 OK\r\n{GOSSIP}\r\nX: {GOSSIP}\r\n\r\n"
NAMED = {"errors": {"invoices[3].debtors[0].lastname": [GOSSIP]}}
FAULTS: dict[str, list[dict[str, Any]]] = {
    "all is well": [],
    "no sign-in": [{"at": ["token"], "status": 401, "text": GOSSIP}],
    "sign-in garbled": [{"at": ["token"], "text": GOSSIP, "status": 200}],
    "answer lost": [LOST],
    "refused, with gossip": [{"at": POST, "status": 422, "json": {"errors": {GOSSIP: [GOSSIP]}}}],
    "refused, rows named": [{"at": POST, "status": 422, "json": NAMED}],
    "a web page": [{"at": POST, "status": 502, "text": f"<html>{GOSSIP}</html>"}],
    "forbidden": [{"at": POST, "status": 403, "text": GOSSIP}],
    "redirected": [{"at": POST, "status": 307, "headers": {"Location": f"/{GOSSIP}"}, "text": GOSSIP}],
    "not HTTP": [{"at": POST, "raw": GOSSIP}],
    "a broken head": [{"at": POST, "raw": BROKEN_HEAD}],
    "cut answers": [{"at": POST, "applied": True, "cutAfter": 20}],
    "a batch full of gossip": [{"at": ["getBatch"], **GOSSIPING}],
    "batch refused": [{"at": ["getBatch"], "status": 500, "text": GOSSIP}],
    "look-up full of gossip": [LOST, {"at": LOOK_UPS, "status": 200, "json": {"data": [{"id": GOSSIP}]}}],
    "look-up in a broken head": [LOST, {"at": LOOK_UPS, "raw": BROKEN_HEAD}],
}
REJECT = [{"invoiceNumber": "7003", "code": "X", "message": GOSSIP}]


class Household:
    """The program's folders in a test of its own: everything it may write to."""

    def __init__(self, folder: Path) -> None:
        self.home, self.temporary = folder / "home", folder / "tmp"
        self.workbook = folder / "faktura.xlsx"
        self.temporary.mkdir()
        self.stderr: list[bytes] = []

    def call(self, *arguments: str, server: PracticeServer | None = None, kill: bool = False) -> int:
        """Call the program; return how it ended. With `kill` it dies as soon as the server is posted to."""
        env = environment({"ROWPOST_HOME": str(self.home), **_temporary(self.temporary)})
        if server is not None:
            env["ROWPOST_CLIENT_SECRET"] = server.client_secret
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        with subprocess.Popen(command(*arguments), env=env, **pipes) as process:  # type: ignore[call-overload] # of a dict
            if kill and server is not None:
                while "createInvoices" not in server.books()["requests"] and process.poll() is None:
                    os.sched_yield()
                process.send_signal(signal.SIGKILL)
            _, err = process.communicate(timeout=60)
        self.stderr.append(err)
        return process.returncode

    def send(self, server: PracticeServer, *, kill: bool = False, again: str = "", **more: str) -> int:
        """Send the workbook; with `again` what that run has rejected."""
        options = [f"--option={name}={value}" for name, value in {**QUICK, **more}.items()]
        target = ("--api-url", server.api_url, "--token-url", server.token_url)
        who = ("--org", server.organization_id, "--client-id", server.client_id)
        arguments = (str(self.workbook), *target, *who, "--yes", "--json", *options)
        arguments += ("--again", again) if again else ()
        return self.call("send", *arguments, server=server, kill=kill)

    def gossip(self, canaries: list[Canary]) -> list[str]:
        """Everything that turned up where it does not belong."""
        files = [path for root in (self.home, self.temporary) for path in root.rglob("*") if path.is_file()]
        contents = {str(path): path.read_bytes() for path in files}
        contents |= {f"stderr {n}": text for n, text in enumerate(self.stderr)}
        found = ((name, found_in(content, canaries)) for name, content in contents.items())
        return [f"{name}: {words[0]}" for name, words in found if words]


def _temporary(folder: Path) -> Mapping[str, str]:
    return dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))


@pytest.fixture
def household(tmp_path: Path) -> Household:
    """A household with a workbook."""
    made = Household(tmp_path)
    write_workbook(made.workbook, CANARIES)
    return made


def test_there_are_enough_of_them_and_they_would_be_found() -> None:
    assert len({word for canary in CANARIES for word in canary.words}) >= 5 * 50
    for canary in CANARIES:
        for word in canary.words:
            assert found_in(f"x{word}y".encode(), CANARIES)
            assert found_in(f"xy{word}".encode("utf-16-le"), CANARIES)


@pytest.mark.parametrize("fault", FAULTS)
def test_sending(fault: str, household: Household, figure: Figure) -> None:
    with practice(faults=FAULTS[fault], reject=REJECT, queuedPolls=1) as server:
        code = household.send(server)
        assert server.books()["requests"].get("token"), "nothing was sent"
    assert code in (1, 4, 5, 6, 7)  # one invoice is rejected at the least; 7: somebody has to be called
    assert b"Traceback" not in b"".join(household.stderr)
    assert household.gossip(CANARIES) == []
    figure("canaries: error paths", 1)


def test_killed_while_sending(household: Household, figure: Figure) -> None:
    with practice(latencySeconds=0.2) as server:
        assert household.send(server, kill=True) == -signal.SIGKILL
    assert household.gossip(CANARIES) == []
    figure("canaries: error paths", 1)


def test_what_a_person_decides_afterwards(household: Household, figure: Figure) -> None:
    """Sent again, adopted, closed, released, forgotten: rightly, and with gossip for a name."""
    with practice(faults=[{**LOST, "times": 1}], reject=REJECT) as server:
        household.send(server)
        (ledger,) = household.home.rglob("*.sqlite")  # its lock and its journal lie beside it
        with closing(sqlite3.connect(ledger)) as db:
            (run,) = db.execute("SELECT name FROM run").fetchone()
        for which, batch in ((run, "b-1"), (GOSSIP, GOSSIP)):
            # nothing so far, on stderr neither
            assert household.gossip(CANARIES) == []
            household.send(server, again=which)
            household.call("batches", batch, "--adopt", which, server=server)
            household.call("close", which, "--row", "4", "--not-there", "--reason", "called them")
            household.call("release", which, "--row", "4", "--reason", "called them")
            assert household.call("forget", which, "--yes", "--give-up-waiting") in (0, 2, 3, 4, 5, 6)
    assert b"Traceback" not in b"".join(household.stderr)
    household.stderr.clear()  # whoever typed it may read it
    assert household.gossip(CANARIES) == []
    figure("canaries: error paths", 10)


@pytest.mark.parametrize("heading", ["Fødselsnummer", "Fakturadato", "Restbeløp", "Postnr", "Valuta"])
def test_cells_that_are_wrong(heading: str, household: Household, figure: Figure) -> None:
    write_workbook(household.workbook, CANARIES, **{heading: GOSSIP})
    assert household.call("check", str(household.workbook), "--json") in (1, 3)
    assert household.gossip(CANARIES) == []
    figure("canaries: error paths", 1)


def test_a_workbook_that_is_none(household: Household, figure: Figure) -> None:
    for content in (GOSSIP.encode(), b"PK\x03\x04" + GOSSIP.encode(), household.workbook.read_bytes()[:3000]):
        household.workbook.write_bytes(content)
        assert household.call("check", str(household.workbook), "--json") == 3
        figure("canaries: error paths", 1)
    assert household.gossip(CANARIES) == []
