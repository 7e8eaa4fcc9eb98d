"""The one object that the window and the command line hold.

Every method blocks and knows no threads; the window calls them from its workers. All of them
raise `Trouble`, or `Stopped` once `stop` is set.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

from rowpost.session import files_out
from rowpost.session.away import Away
from rowpost.session.checkup import examine
from rowpost.session.comparing import Comparing
from rowpost.session.deciding import Deciding
from rowpost.session.following import Following
from rowpost.session.keeping import Keeping
from rowpost.session.looking_back import LookingBack
from rowpost.session.preparing import Preparing
from rowpost.session.repeating import Repeating
from rowpost.wording import Wording

if TYPE_CHECKING:
    from rowpost.model.assessment import Assessment
    from rowpost.model.outside import OnProgress, StopToken
    from rowpost.model.problems import Problem
    from rowpost.model.workbook import Opened
    from rowpost.reports.receipt import DrawReceipt


class Session(Preparing, Comparing, Away, LookingBack, Deciding, Following, Repeating, Keeping):
    """One person at work. Use it as a context manager, or call `close`."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def beside(self) -> Iterator[Self]:
        """Another session, for another thread, that can look into the ledger while a courier has it.

        It is never the ledger's owner: it does not try the lock, and what would write is Trouble.
        """
        opened = replace(self._parts, settings=self.settings, wording=self.wording)
        looking = type(self)(replace(opened, open_memory=self._parts.look_into_memory))
        try:
            yield looking
        finally:
            looking.leave()

    def leave(self) -> None:
        """Close what was opened, but for the log, which another session may share."""
        self._dismiss_courier()
        self._open.close()

    def close(self) -> None:
        """Close the ledger and the log, and stop the practice server, if they were needed."""
        self.leave()
        self.log.close()

    def write_template(self, out: Path, language: str = "") -> None:
        """Write an empty workbook with the right columns, in this session's language or another."""
        from rowpost.reports.save import write_whole
        from rowpost.reports.template import template_bytes

        wording = Wording(language, self.catalog) if language else self.wording
        write_whole(out, template_bytes(self.catalog, wording))

    def write_cells(self, opened: Opened, out: Path) -> None:
        """Save every cell of the sheet as Excel shows it, as CSV."""
        files_out.write_cells(opened, out)

    def write_problems(self, opened: Opened, assessment: Assessment, out: Path) -> tuple[Problem, ...]:
        """Save a copy of the workbook with every problem at its cell; return what could not be kept."""
        return files_out.write_problems(self, opened, assessment, out)

    def problems_losses(self, opened: Opened, out: Path) -> tuple[Problem, ...]:
        """Say what the problem workbook will not keep of the workbook, before it is saved."""
        return files_out.problems_losses(opened, out)

    def write_results(self, run: str, out: Path) -> tuple[Problem, ...]:
        """Save what became of every row of a run; return what could not be kept."""
        return files_out.write_results(self, self.result(run), out)

    def results_losses(self, run: str, out: Path) -> tuple[Problem, ...]:
        """Say what the results workbook of a run will not keep, before it is saved."""
        return files_out.results_losses(self.result(run), out)

    def refuse_places(self, source: Path | None, results: Path | None, receipt: Path | None) -> None:
        """Trouble where these files could not be saved; `source` is the workbook of the run."""
        files_out.refuse_places(source, results, receipt)

    def write_receipt(
        self, run: str, out: Path, draw: DrawReceipt, *, stop: StopToken, progress: OnProgress
    ) -> None:
        """Save a run's receipt, drawn by `draw`; whoever has a screen knows how."""
        from rowpost.reports.receipt import make_receipt, save_receipt

        head = self.memory.ledger.chain_head()
        now = self.clock.now().astimezone()
        receipt = make_receipt(self.result(run), self.wording, chain_head=head, made_at=now)
        save_receipt(receipt, out, draw, stop=stop, progress=progress)

    def doctor(self) -> Sequence[Problem]:
        """What this machine has (notes) and lacks (warnings, errors)."""
        return examine(self, self._parts.places, self._parts.secrets)
