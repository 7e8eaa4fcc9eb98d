"""Send: what will happen; then how far it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QStackedLayout, QWidget

from rowpost.gui.look.icons import BESIDE_TEXT, icon
from rowpost.gui.look.look import Look
from rowpost.gui.pages.page import Act, Page
from rowpost.gui.parts.build import button, card, clear, column, label, row, scrolled, set_tone
from rowpost.gui.parts.notice import Notices
from rowpost.gui.parts.payload_viewer import PayloadViewer
from rowpost.gui.parts.share_bar import ShareBar
from rowpost.gui.state import State
from rowpost.gui.views.sending import Plan, SendView, plan_of, send_view
from rowpost.gui.words import Words
from rowpost.model.assessment import Assessment
from rowpost.model.targets import Target


class SendPage(Page):
    """The plan, and the run."""

    def __init__(self, look: Look, words: Words, act: Act, part_size: Callable[[], int]) -> None:
        super().__init__(look, words)
        self._part_size = part_size
        self._known: tuple[object, ...] = ()
        self._view: SendView | None = None
        self._planned: tuple[tuple[Assessment, Target, int] | None, Plan] = (None, Plan())
        self._plan = _Plan(look, words, act)
        self.viewer = self._plan.viewer
        self._run = _Run(look, words, act)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._plan)
        self._stack.addWidget(self._run)
        self.setLayout(self._stack)

    def show_state(self, state: State) -> None:
        """Show the plan, or the run."""
        known = (state.assessment, state.target, state.busy, state.watch, state.paused, state.hold)
        if known == self._known:
            return
        self._known = known
        view = send_view(state, self._plan_of(state), self.words)
        if view == self._view:
            return
        self._view = view
        self._plan.show_view(view)
        self.viewer.show_invoices(state.assessment.ready if state.assessment else ())
        self._run.show_view(view)
        self._stack.setCurrentWidget(self._run if view.running else self._plan)

    def _plan_of(self, state: State) -> Plan:
        """The plan of an assessment is told once, however often the page is shown."""
        if state.assessment is None:
            return Plan()
        told, plan = self._planned
        asked = (state.assessment, state.target, self._part_size())
        if told is None or told[0] is not asked[0] or told[1:] != asked[1:]:
            plan = plan_of(*asked, self.words)
            self._planned = (asked, plan)
        return plan

    def areas(self) -> Sequence[QWidget]:
        """The button that pauses, while there is one."""
        return [self._run.pause] if self._view and self._view.running and not self._view.held else []


class _Plan(QWidget):
    """What will happen, before anything leaves the machine."""

    def __init__(self, look: Look, words: Words, act: Act) -> None:
        super().__init__()
        self._look = look
        self._words = words
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(look.px(24))
        self._facts.setVerticalSpacing(look.px(10))
        self._facts.setColumnStretch(1, 1)
        self._staying = column(gap=look.px(6))
        edge = look.px(20)
        what = column(
            label(words("send.plan"), "heading"),
            self._facts,
            gap=look.px(16),
            margins=(edge, edge, edge, edge),
        )
        self._stay_card = self._make_stay_card(act, edge)
        self.viewer = PayloadViewer(look, words)
        body = column(card(what), self._stay_card, self.viewer, None, gap=look.px(16))
        outer = row(body, None)
        outer.setStretchFactor(body, 3)
        outer.setStretch(1, 0 if look.is_large else 1)
        page_edge = look.edge
        self.setLayout(column(scrolled(outer), margins=(page_edge, look.px(12), page_edge, 0)))

    def _make_stay_card(self, act: Act, edge: int) -> QFrame:
        words = self._words
        inside = column(
            label(words("send.staying"), "heading"),
            self._staying,
            row(button(words("send.see_staying"), lambda: act("go:review"), kind="link"), None),
            gap=self._look.px(12),
            margins=(edge, edge, edge, edge),
        )
        return card(inside)

    def show_view(self, view: SendView) -> None:
        """Show the plan."""
        clear(self._facts)
        for at, (name, value) in enumerate(view.facts):
            strong = "amount" if at < 2 else "strong"
            self._facts.addWidget(label(name, "muted"), at, 0, Qt.AlignmentFlag.AlignVCenter)
            self._facts.addWidget(label(value, strong, wrap=True, selectable=True), at, 1)
        clear(self._staying)
        for text, count in view.staying:
            number = label(self._words.number(count), "strong")
            number.setMinimumWidth(self._look.px(40))
            number.setAlignment(Qt.AlignmentFlag.AlignRight)
            said = label(text, wrap=True)
            line = row(number, said, gap=self._look.px(12))
            line.setStretchFactor(said, 1)
            self._staying.addLayout(line)
        self._stay_card.setVisible(bool(view.staying))


class _Run(QWidget):
    """Three honest bars and the parts."""

    def __init__(self, look: Look, words: Words, act: Act) -> None:
        super().__init__()
        self._look = look
        self._words = words
        self._act = act
        self._bars: list[tuple[QLabel, ShareBar]] = []
        self._part_lines: list[tuple[QLabel, QLabel]] = []
        self.pause = button("", lambda: act("pause"), look=look, symbol="pause")
        self._signs = [
            icon(name, look.tokens.text, look.px(18), look.tokens.muted, BESIDE_TEXT)
            for name in ("pause", "play")
        ]
        self._waiting = label(role="muted", wrap=True)
        self._parts = QGridLayout()
        self._parts.setHorizontalSpacing(look.px(24))
        self._parts.setVerticalSpacing(look.px(8))
        self._parts.setColumnStretch(1, 1)
        self._bar_grid = QGridLayout()
        self._bar_grid.setHorizontalSpacing(look.px(16))
        self._bar_grid.setVerticalSpacing(look.px(14))
        self._bar_grid.setColumnStretch(1, 1)
        edge = look.px(20)
        top = column(
            self._bar_grid,
            self._waiting,
            row(self.pause, None),
            gap=look.px(16),
            margins=(edge, edge, edge, edge),
        )
        parts = column(
            label(words("send.parts_title"), "heading"),
            self._parts,
            gap=look.px(12),
            margins=(edge, edge, edge, edge),
        )
        self._notices = Notices(look, act)
        body = column(self._notices, card(top), card(parts), None, gap=look.px(16))
        page_edge = look.edge
        self.setLayout(column(scrolled(body), margins=(page_edge, look.px(12), page_edge, 0)))

    def show_view(self, view: SendView) -> None:
        """Show how far the run is."""
        self._show_bars(view)
        self._notices.show_notices(view.notices)
        self._waiting.setText(view.waiting)
        self._waiting.setVisible(bool(view.waiting))
        self.pause.setText(self._words("send.go_on" if view.paused else "send.pause"))
        self.pause.setIcon(self._signs[view.paused])
        self.pause.setVisible(not view.held)  # then the bar and the foot offer to go on
        self.pause.setEnabled(view.running and not view.stopping)
        self._show_parts(view)

    def _show_bars(self, view: SendView) -> None:
        if not self._bars:
            for at, bar in enumerate(view.bars):
                below = self._look.is_large  # the numbers stand below the bars then
                text, share = label(role="muted", wrap=below), ShareBar(self._look, bar.name)
                self._bar_grid.addWidget(label(bar.name, "strong"), 2 * at, 0)
                self._bar_grid.addWidget(share, 2 * at, 1)
                self._bar_grid.addWidget(text, 2 * at + below, 1 if below else 2)
                self._bars.append((text, share))
        for (text, share), bar in zip(self._bars, view.bars, strict=False):
            text.setText(bar.text)
            share.show_share(bar.done, bar.total)

    def _show_parts(self, view: SendView) -> None:
        while len(self._part_lines) > len(view.parts):
            for made in self._part_lines.pop():
                made.deleteLater()
        while len(self._part_lines) < len(view.parts):
            line = (label(), label())
            for place, made in enumerate(line):
                self._parts.addWidget(made, len(self._part_lines), place)
            self._part_lines.append(line)
        for (name, state), part in zip(self._part_lines, view.parts, strict=True):
            name.setText(part.text)
            state.setText(part.state)
            set_tone(state, part.tone.value)
