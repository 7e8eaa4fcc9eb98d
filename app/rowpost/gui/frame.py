"""The frame of the window: rail, head with the badge, the page, the bottom bar."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QMainWindow, QSizePolicy, QStackedWidget, QWidget

from rowpost.gui.look.look import Look
from rowpost.gui.pages.make import MakePage
from rowpost.gui.pages.page import Page
from rowpost.gui.parts.badge import Badge, Band
from rowpost.gui.parts.build import clear, column, row
from rowpost.gui.parts.elided import Elided
from rowpost.gui.parts.foot import Foot
from rowpost.gui.parts.held import Held, give_back, hold, scroll_back
from rowpost.gui.parts.notice import Notices
from rowpost.gui.parts.rail import Rail
from rowpost.gui.state import State, Step
from rowpost.gui.views.frame import BadgeView, FrameView

_SMALLEST = (1024, 640)
_USUAL = (1280, 800)
_ROOM_FOR_WORDS = 740  # design pixels
_LEAST_TITLE = 240
_PATIENCE = 15  # milliseconds until a page that is built a little at a time is looked at again
_TITLE_BAR = 32  # what most desktops put above a window


class Frame(QWidget):
    """Everything inside the window; made anew when language or appearance change."""

    def __init__(
        self,
        look: Look,
        view: FrameView,
        makers: Mapping[Step, MakePage],
        names: tuple[str, str],
        act: Callable[[str], None],
        go: Callable[[Step], None],
    ) -> None:
        super().__init__()
        self.setObjectName("frame")
        self._look = look
        self._act = act
        self._makers = makers
        self._pages: dict[Step, Page] = {}
        self._badge_view: BadgeView | None = None
        self._step: Step | None = None
        self._stray: QWidget | None = None
        self._held: dict[Step, Held] = {}  # what pages have not taken over yet
        self._owing: set[Step] = set()  # pages that are about to
        rail_name, back_word = names
        self.rail = Rail(look, rail_name, view.rail, go)
        self.foot = Foot(look, back_word, act)
        self._title = Elided(look, role="title", grows=False, least=look.px(_LEAST_TITLE))
        self._subtitle = Elided(look, self._title)
        self._organisation = Elided(look, grows=False, least=look.px(_LEAST_TITLE / 2))
        self._badge_place = row()
        self._notices = Notices(look, act)
        self._stack = QStackedWidget()
        self._arrange()
        self._ring = QFrame(self)
        self._ring.setProperty("kind", "ring")
        self._ring.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._ring.hide()

    def _arrange(self) -> None:
        edge, gap = self._look.edge, self._look.px(12)
        head = row(
            *(self._title, self._subtitle, self._organisation, self._badge_place),
            gap=gap,
            margins=(edge, self._look.px(4) if self._look.is_large else gap, edge, 0),
        )
        head.setStretchFactor(self._subtitle, 1)
        around = (edge, gap, edge, 0)
        if self._look.is_large:
            self._notices.setContentsMargins(*around)  # large text has no room to lose where no bar is
        bars = column(self._notices, margins=(0, 0, 0, 0) if self._look.is_large else around)
        self._band_place = column()
        right = column(head, bars, self._stack, self.foot, gap=0)
        right.setStretchFactor(self._stack, 1)
        body = row(self.rail, right, gap=0)
        body.setStretchFactor(right, 1)
        whole = column(self._band_place, body, gap=0)
        whole.setStretchFactor(body, 1)
        self.setLayout(whole)

    def show_frame(self, view: FrameView, state: State) -> None:
        """Show the page of the current step and what stands around it."""
        focused = self.window().focusWidget()
        self.rail.show_items(view.rail, view.step)
        self.foot.show_foot(view.foot)
        self._title.setText(view.title)
        self._subtitle.setText(view.subtitle)
        self._notices.show_notices(view.notices)
        self._show_badge(view.badge)
        page = self.page(view.step)
        page.show_state(state)
        if view.step in self._held and view.step not in self._owing:
            self._owing.add(view.step)
            QTimer.singleShot(0, page, partial(self._give_back, view.step))
        if self._step is not view.step:
            self._step = view.step
            self._make_room_for(page)
            self._stack.setCurrentWidget(page)
            page.arrive()
            if not page.areas():
                self.foot.primary.setFocus(Qt.FocusReason.OtherFocusReason)
        gone = focused is not None and not (focused.isVisible() and focused.isEnabled())
        if gone or (focused is not None and focused is self._stray):
            self._focus_somewhere(page)

    def _focus_somewhere(self, page: Page) -> None:
        """What had the keyboard is gone: go where work goes on, not to whatever comes next."""
        now = self.window().focusWidget()
        if page.areas() and now is not None and page.isAncestorOf(now) and now.isVisible():
            return  # the page has seen to it
        for place in (*page.areas(), self.foot.primary, self.foot.second):
            if place.isVisible() and place.isEnabled():
                place.setFocus(Qt.FocusReason.OtherFocusReason)
                self._stray = None
                return
        self._stray = self.window().focusWidget()  # where Qt has put it; there may be a better place soon

    def _make_room_for(self, page: Page) -> None:
        """Only the page in view says how much room it needs at least; Qt would ask the unseen ones too."""
        for other in self._pages.values():
            wanted = QSizePolicy.Policy.Preferred if other is page else QSizePolicy.Policy.Ignored
            other.setSizePolicy(wanted, wanted)

    def page(self, step: Step) -> Page:
        """Return the page of a step; it is made when it is first asked for."""
        if step not in self._pages:
            page = self._pages[step] = self._makers[step]()
            self._stack.addWidget(page)
        return self._pages[step]

    def make_ready(self, step: Step) -> None:
        """Make a page before it is asked for; unseen, it needs no room."""
        if step not in self._pages:
            ignored = QSizePolicy.Policy.Ignored
            self.page(step).setSizePolicy(ignored, ignored)

    def hold(self) -> dict[Step, Held]:
        """Return what a person has chosen on every page; what a page has not taken over yet counts more."""
        return {**{step: hold(page) for step, page in self._pages.items()}, **self._held}

    def take_over(self, held: Mapping[Step, Held]) -> None:
        """Let the pages have what was chosen on those before them, each when it is first looked at."""
        self._held.update(held)

    def _give_back(self, step: Step) -> None:
        page = self._pages[step]
        if not page.complete():
            QTimer.singleShot(_PATIENCE, page, partial(self._give_back, step))
            return
        give_back(page, self._held[step])
        QTimer.singleShot(0, page, partial(self._scroll_back, step))  # by then it has found its sizes

    def _scroll_back(self, step: Step) -> None:
        scroll_back(self._pages[step], self._held.pop(step))

    def made(self, step: Step) -> Page | None:
        """Return the page of a step if it has been visited."""
        return self._pages.get(step)

    def _show_badge(self, view: BadgeView) -> None:
        if view == self._badge_view:
            return
        self._badge_view = view
        self._organisation.setText(view.organisation)
        clear(self._badge_place)
        clear(self._band_place)
        self.badge = Badge(self._look, view.environment, view.word, view.name)
        self.badge.clicked.connect(lambda _checked: self._act("targets"))
        self._badge_place.addWidget(self.badge)
        self._band_place.addWidget(Band(self._look, view.environment))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the words of the rail out where the window is narrow for the size of its text."""
        super().resizeEvent(event)
        roomy = self.width() >= self._look.px(_ROOM_FOR_WORDS)
        self.rail.show_words(shown=roomy)
        self.foot.show_words(shown=roomy)

    def show_over(self, *, over: bool) -> None:
        """Show a ring while a file is dragged over the window."""
        self._ring.setGeometry(self.rect())
        self._ring.setVisible(over)
        self._ring.raise_()

    def focus_again(self, name: str) -> None:
        """Give the keyboard back to the control of that name, after the window was made anew."""
        found = self.findChild(QWidget, name) if name else None
        if found is not None:
            found.setFocus(Qt.FocusReason.OtherFocusReason)

    def foot_last(self) -> None:
        """Let Tab go to the bottom bar and the badge after the page, whatever the page has made since."""
        last: QWidget | None = self.window().previousInFocusChain()
        while last and last.focusPolicy() is Qt.FocusPolicy.NoFocus:  # Qt puts nothing behind such a one
            last = last.previousInFocusChain()
        if last is None or last is self.badge:
            return
        for made in (self.foot.back, self.foot.second, self.foot.primary, self.badge):
            QWidget.setTabOrder(last, made)
            last = made

    def next_area(self, *, backwards: bool = False) -> None:
        """F6: move the keyboard between rail, page and bottom bar."""
        foot = [self.foot] if self.foot.stops() else []
        areas: list[QWidget] = [self.rail, *self._page_areas(), *foot]
        at = next((n for n, area in enumerate(areas) if area.isAncestorOf(self.focusWidget() or self)), 0)
        target = areas[(at + (-1 if backwards else 1)) % len(areas)]
        if target is self.rail:
            self.rail.focus_current()
        elif target is self.foot:
            self.foot.stops()[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _page_areas(self) -> list[QWidget]:
        page = self._stack.currentWidget()
        return list(page.areas()) if isinstance(page, Page) else []


class Window(QMainWindow):
    """The one window; files can be dropped anywhere on it."""

    def __init__(self, dropped: Callable[[Sequence[str]], None], leaving: Callable[[], bool]) -> None:
        super().__init__()
        self._dropped = dropped
        self._leaving = leaving
        self.setAcceptDrops(True)
        self.setMinimumSize(*_SMALLEST)
        room = self.screen().availableGeometry()
        self.resize(min(_USUAL[0], room.width()), min(_USUAL[1], room.height() - _TITLE_BAR))

    def empty(self) -> None:
        """Throw the frame away now: else all in it would be dressed anew before it goes."""
        frame = self.centralWidget()
        if frame is not None:
            frame.deleteLater()
            QCoreApplication.sendPostedEvents(frame, QEvent.Type.DeferredDelete)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's own signature
        """Tab: from the rail to the page, then to the bottom bar."""
        frame = self.centralWidget()
        if isinstance(frame, Frame):
            frame.foot_last()
        return super().focusNextPrevChild(next)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file that is dragged over the window, and show that it can be let go."""
        if _local_files(event.mimeData()):
            event.acceptProposedAction()
            self._show_over(over=True)

    def dragLeaveEvent(self, _: QDragLeaveEvent) -> None:
        """It went away again."""
        self._show_over(over=False)

    def _show_over(self, *, over: bool) -> None:
        frame = self.centralWidget()
        if isinstance(frame, Frame):
            frame.show_over(over=over)

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what is dropped."""
        self._show_over(over=False)
        event.acceptProposedAction()
        self._dropped(_local_files(event.mimeData()))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave, unless the owner of the work says no."""
        event.setAccepted(self._leaving())


def _local_files(data: QMimeData) -> list[str]:
    return [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
