"""The organisation's batches, the rows of one, and tying one to a run."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QLineEdit, QStackedLayout, QWidget

from rowpost.gui.actions.following import FollowDeeds
from rowpost.gui.follow_state import FollowState
from rowpost.gui.look.look import Look
from rowpost.gui.look.tokens import Tone
from rowpost.gui.parts.build import button, column, label, row, scrolled
from rowpost.gui.parts.flow import Flow
from rowpost.gui.parts.notice import Notices
from rowpost.gui.parts.picker import Picker
from rowpost.gui.state import State
from rowpost.gui.table.batches import CASE, VERDICT, BatchGrid, BatchRowGrid
from rowpost.gui.table.model import TableModel
from rowpost.gui.table.view import TableView
from rowpost.gui.views.following import open_runs
from rowpost.gui.views.notice import NoticeView
from rowpost.gui.words import Words
from rowpost.model.answers import Batch
from rowpost.model.problems import Values

_ID_WIDTH = 320
_LOWEST_TABLE = 140


class FollowBatches(QWidget):
    """A table of batches, below it the rows of the one chosen."""

    def __init__(self, look: Look, words: Words, deeds: FollowDeeds) -> None:
        super().__init__()
        self._look, self._words, self._deeds = look, words, deeds
        self._shown = FollowState()
        self._runs: tuple[tuple[str, str], ...] = ()
        self._grid = BatchGrid((), {}, words)
        self._rows = BatchRowGrid((), (), words)
        self.table = TableView(look, words("follow.batches"), TableModel(self._grid))
        self.rows = TableView(look, words("follow.batch_rows"), TableModel(self._rows))
        self._rows_title = label(role="heading", wrap=True)
        self.entry = QLineEdit()
        self.entry.setAccessibleName(words("follow.batch.id"))
        self.entry.setPlaceholderText(words("follow.batch.id"))
        self.entry.setMinimumWidth(look.px(_ID_WIDTH if not look.is_large else _ID_WIDTH * 3 // 4))
        self.run = Picker(look, words("follow.adopt_run"))
        self.open = button(words("follow.open_batch"), self._open)
        self.adopt = button(words("follow.adopt"), self._adopt)
        self._notices = Notices(look, lambda _: None)
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        look, edge = self._look, self._look.edge
        for table in (self.table, self.rows):
            table.horizontalHeader().setStretchLastSection(True)
            table.verticalHeader().hide()
            table.setMinimumHeight(look.px(_LOWEST_TABLE))
        hint = label(self._words("follow.batches_empty"), "muted", wrap=True)
        empty, full = QWidget(), QWidget()
        empty.setLayout(column(None, row(None, hint, None), None))
        inside = column(self.table, self._rows_title, self.rows, gap=look.px(12))
        inside.setStretchFactor(self.table, 2)
        inside.setStretchFactor(self.rows, 3)
        full.setLayout(inside)
        self._stack = QStackedLayout()
        self._stack.addWidget(empty)
        self._stack.addWidget(full)
        bar = Flow(self.entry, self.open, self.run, self.adopt, gap=look.px(8))
        whole = column(
            bar,
            label(self._words("follow.adopt_hint"), "small", wrap=True),
            self._notices,
            self._stack,
            gap=look.px(12),
            margins=(edge, 0, edge, look.px(12)),
        )
        whole.setStretchFactor(self._stack, 1)
        # large text in a small window leaves no room for all of it
        self.setLayout(column(scrolled(whole)))

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.entry.textChanged.connect(lambda _: self._allow())
        self.entry.returnPressed.connect(self._open)

    def show_state(self, state: State) -> None:
        """Show the batches, and the one that is open."""
        now = state.follow
        if now.batches_of not in (None, state.target):  # another target has been chosen since
            now = replace(now, batches=None, batch=None, adoption=None)
        before, self._shown = self._shown, now
        self._offer_runs(open_runs(state, self._words))
        if now.batches is not before.batches or now.owners != before.owners:
            self._show_batches(now, same=now.batches is before.batches)
        if now.batch is not before.batch or now.adoption is not before.adoption:
            self._show_rows(now)
        self._notices.show_notices(_notices(now, self._words))
        self._stack.setCurrentIndex(int(now.batches is not None or now.batch is not None))
        self._allow()

    def _offer_runs(self, runs: tuple[tuple[str, str], ...]) -> None:
        if runs == self._runs and self.run.count():
            return
        self._runs = runs
        chosen = self.run.currentData()
        self.run.clear()
        for name, word in runs or (("", self._words("follow.no_open_run")),):
            self.run.addItem(word, name)
        self.run.setCurrentIndex(max(0, self.run.findData(chosen)))

    def _show_batches(self, now: FollowState, *, same: bool) -> None:
        batches = now.batches.batches if now.batches is not None else ()
        self._grid = BatchGrid(batches, now.owners, self._words)
        model = self.table.table_model
        if same:
            model.update_grid(self._grid)
            return
        model.show_grid(self._grid, range(self._grid.row_count))
        self.table.fit_columns()
        if now.batch is None and batches:
            self.table.setCurrentIndex(model.index(0, 0))
        else:
            self._point_at(now.batch)

    def _point_at(self, batch: Batch | None) -> None:
        """Let the field and the table point at the batch whose rows are shown, if it is among them."""
        if batch is None:
            return
        self.entry.setText(batch.batch_id)
        ids = [self._grid.batch(row).batch_id for row in range(self._grid.row_count)]
        here = self.table.currentIndex().row()
        if batch.batch_id not in ids:
            self.table.setCurrentIndex(QModelIndex())
        elif here < 0 or ids[here] != batch.batch_id:
            self.table.setCurrentIndex(self.table.table_model.index(ids.index(batch.batch_id), 0))

    def _choose(self) -> None:
        """Show the rows of the batch in the table; it was answered whole already."""
        at = self.table.currentIndex()
        batch = self._grid.batch(at.row()) if at.isValid() else None
        shown = self._shown.batch
        if batch is not None and (shown is None or shown.batch_id != batch.batch_id):
            self._deeds.choose_batch(batch)

    def _show_rows(self, now: FollowState) -> None:
        batch = now.batch
        self._rows = BatchRowGrid(
            batch.words if batch else (), now.adoption.rows if now.adoption else (), self._words
        )
        self._rows_title.setText(
            self._words("follow.rows_of", batch=batch.batch_id, count=self._rows.row_count) if batch else ""
        )
        self.rows.table_model.show_grid(self._rows, range(self._rows.row_count))
        self.rows.fit_columns()
        self.rows.setColumnHidden(CASE, now.adoption is not None)
        if now.adoption is not None:  # a sentence a row, to be read whole
            self.rows.setColumnWidth(VERDICT, self.rows.sizeHintForColumn(VERDICT))
        self._point_at(batch)

    def _allow(self) -> None:
        ready = bool(self.entry.text().strip()) and not self._shown.asking
        self.open.setEnabled(ready)
        self.adopt.setEnabled(ready and bool(self.run.currentData()))

    def _open(self) -> None:
        self._deeds.open_batch(self.entry.text())

    def _adopt(self) -> None:
        self._deeds.adopt(self.run.currentData() or "", self.entry.text())


def _notices(now: FollowState, words: Words) -> tuple[NoticeView, ...]:
    bars = []
    if now.adoption is not None:
        adoption = now.adoption
        tone = Tone.OK if adoption.settled else Tone.CHECK
        values: Values = {"count": adoption.settled, "run": adoption.run}
        bars.append(NoticeView(tone, words.wording.say("followup.adopted", values)))
    if now.batches is not None and now.batches.cause is not None:
        cause = now.batches.cause
        sentence = words.wording.say(cause.code, cause.values)
        bars.append(NoticeView(Tone.MUST_FIX, sentence, words.part(cause.code, "cure", cause.values)))
    return tuple(bars)
