"""Where the keyboard is can be seen: a ring of two pixels that stands out, in every appearance."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QRadioButton, QWidget

from rowpost.gui.look.tokens import Appearance, contrast, luminance
from rowpost.gui.pages.followup_page import FollowupPage
from rowpost.gui.pages.help_page import HelpPage
from rowpost.gui.pages.map_page import MapPage
from rowpost.gui.pages.review_page import ReviewPage
from rowpost.gui.pages.send_page import SendPage
from rowpost.gui.pages.settings_page import SettingsPage
from rowpost.gui.parts.value_text import LongText
from rowpost.gui.state import Step
from rowpost.gui.views.review_index import Chip
from rowpost.gui.views.settings import Chosen
from rowpost.gui.workplace import Workplace
from rowpost.wiring import open_session
from tests.support.window import let_settle, sweep, wait_for_state, wait_until, window_over

RING, DEEP, LEAST = 2, 14, 3.0  # pixels, how far inside the edge it may begin, contrast (WCAG 2.2, 1.4.11)
SCHEMES = (Appearance.LIGHT, Appearance.DARK, Appearance.CONTRAST)


@pytest.fixture(scope="module")
def checked(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workplace]:
    """A window with the sample judged."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ROWPOST_HOME", str(tmp_path_factory.mktemp("home")))
        with open_session(language="en") as session, window_over(qapp, session) as workplace:
            workplace.open_sample()
            wait_for_state(workplace, lambda state: state.opened is not None)
            workplace.act("check")
            wait_for_state(workplace, lambda state: state.assessment is not None)
            yield workplace


def review(workplace: Workplace) -> ReviewPage:
    page = workplace.page(Step.REVIEW)
    assert isinstance(page, ReviewPage)
    return page


def table(workplace: Workplace) -> QWidget:
    view = review(workplace).table
    assert view is not None
    return view


def at_map(workplace: Workplace) -> MapPage:
    page = workplace.page(Step.MAP)
    assert isinstance(page, MapPage)
    return page


def payload(workplace: Workplace, part: str) -> QWidget:
    page = workplace.page(Step.SEND)
    assert isinstance(page, SendPage)
    if page.viewer.pick.isHidden() or not page.viewer.pick.isVisible():
        page.viewer.link.click()
        let_settle()
    made: QWidget = getattr(page.viewer, part)
    return made


def settings(workplace: Workplace, kind: type[QWidget]) -> QWidget:
    page = workplace.page(Step.SETTINGS)
    assert isinstance(page, SettingsPage)
    return next(made for made in page.findChildren(kind) if made.isVisible() and made.isEnabled())


def help_part(workplace: Workplace, at: int) -> QWidget:
    page = workplace.page(Step.HELP)
    assert isinstance(page, HelpPage)
    return page.areas()[at]


def follow_tab(workplace: Workplace) -> QWidget:
    page = workplace.page(Step.FOLLOW)
    assert isinstance(page, FollowupPage)
    return next(made for made in page.tabs.values() if made.isChecked())


def added(workplace: Workplace, made: QWidget) -> QWidget:
    """A control that no page shows at this moment, set on the page."""
    made.setParent(workplace.page(Step.REVIEW))
    made.setGeometry(40, 40, 200, 40)
    made.show()
    return made


CONTROLS: dict[str, tuple[Step, Callable[[Workplace], QWidget]]] = {
    "rail": (Step.REVIEW, lambda work: next(iter(work._frame.rail.findChildren(QWidget)))),
    "badge": (Step.REVIEW, lambda work: work._frame.badge),
    "primary": (Step.REVIEW, lambda work: work._frame.foot.primary),
    "quiet": (Step.REVIEW, lambda work: work._frame.foot.back),
    "chip": (Step.REVIEW, lambda work: review(work).bar.chips[Chip.ALL]),
    "chosen chip": (Step.FOLLOW, follow_tab),
    "entry": (Step.REVIEW, lambda work: review(work).bar.search),
    "table": (Step.REVIEW, table),
    "list": (Step.REVIEW, lambda work: review(work).kinds),
    "link": (Step.REVIEW, lambda work: review(work).fold),
    "wrapped link": (Step.REVIEW, lambda work: review(work).panel.out),
    "button": (Step.REVIEW, lambda work: review(work).copies),
    "value": (Step.REVIEW, lambda work: added(work, LongText("Case", "0123456789" * 4))),
    "check box": (Step.REVIEW, lambda work: added(work, QCheckBox("Struck"))),
    "picker": (Step.MAP, lambda work: next(iter(at_map(work).fields.lines.values())).picker),
    "details": (Step.MAP, lambda work: next(iter(at_map(work).fields.lines.values())).toggle),
    "stepper": (Step.SEND, lambda work: payload(work, "pick")),
    "document": (Step.SEND, lambda work: payload(work, "document")),
    "radio": (Step.SETTINGS, lambda work: settings(work, QRadioButton)),
    "setting": (Step.SETTINGS, lambda work: settings(work, QLineEdit)),
    "contents": (Step.HELP, lambda work: help_part(work, 0)),
    "reader": (Step.HELP, lambda work: help_part(work, 1)),
}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_where_the_keyboard_is_can_be_seen(checked: Workplace, scheme: Appearance) -> None:
    checked.change_look(Chosen("en", scheme, 100))
    sweep()
    found = {name: ringless for name in CONTROLS if (ringless := problem(checked, name))}
    assert not found, "\n".join(f"{name}: {why}" for name, why in found.items())


def problem(workplace: Workplace, name: str) -> str:
    """Say what is wrong with the ring of a control, '' if nothing is."""
    step, find = CONTROLS[name]
    workplace.go(step)
    wait_until(workplace.page(step).complete)
    let_settle()
    made = find(workplace)
    workplace.window.activateWindow()
    frame = workplace._frame
    other = frame.rail.findChildren(QWidget)[1] if name == "badge" else frame.badge
    other.setFocus()
    let_settle()
    without = picture(made)
    made.setFocus()
    let_settle()
    if not made.hasFocus():
        return "cannot have the keyboard"
    tokens = workplace.look.tokens
    return fault(without, picture(made), (tokens.accent, tokens.on_accent))


def picture(made: QWidget) -> QImage:
    return made.grab().toImage()


def fault(without: QImage, with_ring: QImage, colours: Sequence[str]) -> str:
    """Look from the middle of every side inwards for pixels that have changed and stand out."""
    wide, high = with_ring.width(), with_ring.height()
    inwards = {
        "left": [(x, high // 2) for x in range(min(DEEP, wide))],
        "right": [(wide - 1 - x, high // 2) for x in range(min(DEEP, wide))],
        "top": [(wide // 2, y) for y in range(min(DEEP, high))],
        "bottom": [(wide // 2, high - 1 - y) for y in range(min(DEEP, high))],
    }
    for side, places in inwards.items():
        before = [without.pixelColor(*at).name() for at in places]
        after = [with_ring.pixelColor(*at).name() for at in places]
        if not has_ring(before, after, colours):
            return f"{side}: {after}, before {before}"
    return ""


def is_nearly(seen: str, colour: str) -> bool:
    """Whether a pixel is that colour, but for the smoothing of a curve."""
    one, other = QColor(seen), QColor(colour)
    parts = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return sum(abs(left - right) for left, right in parts) < 30


def has_ring(before: Sequence[str], after: Sequence[str], colours: Sequence[str]) -> bool:
    """Whether a ring of two pixels or more stands where something else stood, and stands out from it."""
    for colour in colours:
        come = [at for at in range(len(after)) if is_nearly(after[at], colour)]
        fresh = [at for at in come if contrast(colour, before[at]) >= LEAST]
        if fresh and any({at, at + 1} <= set(come) for at in (fresh[0] - 1, fresh[0])):
            return True
    return False


def test_the_cell_with_the_keyboard_has_a_ring_of_its_own(checked: Workplace) -> None:
    for scheme in SCHEMES:
        checked.change_look(Chosen("en", scheme, 100))
        sweep()
        checked.go(Step.REVIEW)
        let_settle()
        page = review(checked)
        assert page.table is not None
        checked.window.activateWindow()
        page.table.setFocus()
        let_settle()
        view = page.table
        cell = view.visualRect(view.currentIndex())
        image = view.viewport().grab(cell).toImage()
        accent = QColor(checked.look.tokens.accent).name()
        middle = image.height() // 2
        from_right = [image.pixelColor(image.width() - 1 - x, middle).name() for x in range(5)]
        from_top = [image.pixelColor(image.width() // 2, y).name() for y in range(5)]
        for seen in (from_right, from_top):
            assert seen.count(accent) >= RING, (scheme, seen)
        assert contrast(accent, checked.look.tokens.base) >= LEAST


def test_contrast_is_computed_as_the_standard_says() -> None:
    assert luminance("#ffffff") == pytest.approx(1)
    assert luminance("#000000") == 0
