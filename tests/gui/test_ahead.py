"""Pages are made while nothing goes on, one bite at a time, and change nothing that is seen."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy

from rowpost.gui.ahead import _BITES, Ahead
from rowpost.gui.look.tokens import Appearance
from rowpost.gui.state import Busy, Step, Work
from rowpost.gui.views.settings import Chosen
from rowpost.gui.workplace import Workplace
from tests.support.window import let_settle, wait_until

PAGES = [bite for bite in _BITES if isinstance(bite, Step)]


def ahead_of(workplace: Workplace) -> Ahead:
    ahead = workplace.findChild(Ahead)
    assert ahead is not None
    return ahead


def test_the_next_pages_are_there_before_they_are_asked_for(workplace: Workplace) -> None:
    frame, ahead = workplace._frame, ahead_of(workplace)
    room = workplace.window.minimumSizeHint()
    ahead.begin()
    wait_until(lambda: ahead.done)
    assert all(frame.made(step) is not None for step in PAGES)
    let_settle()
    assert workplace.window.minimumSizeHint() == room, "a page that is not seen needs no room"
    for step in PAGES:
        made = frame.made(step)
        assert made is not None
        assert made.isHidden() is (step is not workplace.store.state.step)
        assert made.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Ignored
    history = frame.made(Step.HISTORY)
    workplace.go(Step.HISTORY)
    assert workplace.page(Step.HISTORY) is history
    assert history is not None
    assert history.isVisible()


def test_nothing_is_made_while_work_goes_on(workplace: Workplace) -> None:
    frame, ahead = workplace._frame, ahead_of(workplace)
    wait_until(lambda: not workplace.background.busy)
    workplace.store.update(busy=Busy(Work.READING))
    ahead.begin()
    ahead._go_on()
    assert frame.made(PAGES[0]) is None
    workplace.store.update(busy=None)
    ahead._go_on()
    assert frame.made(PAGES[0]) is not None


def test_a_window_that_is_made_anew_begins_anew(workplace: Workplace) -> None:
    ahead = ahead_of(workplace)
    ahead.begin()
    ahead._go_on()
    workplace.change_look(Chosen("nb", Appearance.LIGHT, 100))
    assert ahead.done, "nothing is made in a frame that is gone"
    assert workplace._warming.isActive()
    workplace._warming.stop()
    ahead.begin()
    wait_until(lambda: ahead.done)
    assert workplace._frame.made(Step.RESULTS) is not None
