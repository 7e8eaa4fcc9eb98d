"""The Map page: every answer by mouse or keyboard, each can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QDeadlineTimer, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QStyleOptionComboBox,
    QWidget,
)

from rowpost.gui.pages.map_page import MapPage
from rowpost.gui.pages.settings_page import SettingsPage
from rowpost.gui.parts.column_picker import ColumnPicker
from rowpost.gui.parts.map_line import MapLineWidgets
from rowpost.gui.parts.notice import Notice
from rowpost.gui.parts.unused_list import COLUMN_MIME
from rowpost.gui.state import Step
from rowpost.gui.views import map_questions
from rowpost.gui.views.mapping import MapView, map_view
from rowpost.gui.words import Words
from rowpost.gui.workplace import Workplace
from rowpost.mapping import DateOrder, FieldRule, GroupKind, Mapping, NumberStyle, Part, Untold
from rowpost.model.workbook import Opened
from tests.support.intakes import sheet_of
from tests.support.tables import Given
from tests.support.window import PATIENCE, children, let_settle, wait_until

HEADINGS = (
    *("Kundetype", "Faktura nr.", "Forfall", "Beløp", "Restbeløp", "Fornavn", "Etternavn", "Postnr/sted"),
    *("Valuta", "Avdeling", "Vår dato"),
)


def row(number: int, **changed: str) -> list[str]:
    given = {
        "Kundetype": "Hushold" if number % 2 else "B",
        "Faktura nr.": str(10200 + number),
        "Forfall": f"0{number}/02/2026",
        "Beløp": "1.250,00",
        "Restbeløp": f"{number}.250",
        "Fornavn": "Kari",
        "Etternavn": "Prøve",
        "Postnr/sted": "0150 Oslo",
        "Valuta": "NOK",
        "Avdeling": "Salg",
        "Vår dato": f"0{number}/01/2026",
    }
    return list((given | changed).values())


def book(rows: Sequence[Sequence[Given]], headings: Sequence[str] = HEADINGS) -> Opened:
    table, layout = sheet_of(*rows, headings=headings)
    return Opened("a.xlsx", "a.xlsx", 1, "", (), table, layout)


def show(workplace: Workplace, opened: Opened) -> MapPage:
    found = workplace.desk.session.suggest(opened)
    workplace.store.update(
        opened=opened, mapping=found.mapping, suggestion=found, seen=None, marks=frozenset()
    )
    workplace.go(Step.MAP)
    page = workplace.page(Step.MAP)
    assert isinstance(page, MapPage)
    settle(workplace)
    return page


def settle(workplace: Workplace) -> None:
    """Wait until the page shows the mapping in force."""
    page = workplace.page(Step.MAP)

    def done() -> bool:
        state = workplace.store.state
        seen = state.seen is not None and state.seen.mapping is state.mapping
        return seen and page.complete() and not workplace.background.busy

    late, calm = QDeadlineTimer(PATIENCE), 0
    while calm < 2:  # one thing done may begin another
        wait_until(done)
        let_settle()
        calm = calm + 1 if done() else 0
        assert not late.hasExpired()
    assert workplace.store.state.trouble is None


@pytest.fixture
def messy(workplace: Workplace) -> MapPage:
    return show(workplace, book([row(number) for number in range(1, 9)]))


def mapping(workplace: Workplace) -> Mapping:
    found = workplace.store.state.mapping
    assert found is not None
    return found


def rule(workplace: Workplace, key: str) -> FieldRule:
    found = mapping(workplace).rule(key)
    assert found is not None
    return found


def line(page: MapPage, key: str) -> MapLineWidgets:
    return page.fields.lines[key]


def panel(page: MapPage, key: str) -> QWidget:
    """The details of a field, opened as a person would where they are not open by themselves."""
    made = line(page, key)
    if not made.toggle.isChecked():
        made.toggle.click()
    assert made.panel is not None
    assert made.panel.isVisible()
    return made.panel


def choose(picker: QComboBox, value: object) -> None:
    """Choose from the list, which fills itself when somebody turns to it."""
    if isinstance(picker, ColumnPicker):
        picker.fill()
    at = picker.findData(value)
    assert at >= 0, [picker.itemText(number) for number in range(picker.count())]
    picker.setCurrentIndex(at)
    picker.activated.emit(at)


def undone(workplace: Workplace, before: Mapping) -> None:
    """Undo brings back exactly what was there; redo does it again."""
    after = mapping(workplace)
    workplace.undo.undo()
    assert mapping(workplace) == before
    workplace.undo.redo()
    assert mapping(workplace) == after
    settle(workplace)


def test_no_line_is_seen_before_it_has_its_place(workplace: Workplace) -> None:
    """Lines are built a few at a time; what Qt has not set out yet would all be painted in one corner."""
    opened = book([row(1), row(2)])
    found = workplace.desk.session.suggest(opened)
    workplace.store.update(opened=opened, mapping=found.mapping, suggestion=found, seen=None)
    workplace.go(Step.MAP)
    page = workplace.page(Step.MAP)
    assert isinstance(page, MapPage)
    sheet, looks = page.fields, 0
    wait_until(lambda: bool(sheet.lines))
    while sheet.building:
        QTest.qWait(0)
        places = [made.picker.y() for made in sheet.lines.values() if made.picker.isVisible()]
        looks += sheet.building
        assert not sheet.updatesEnabled() or len(set(places)) == len(places)
    assert looks > 3
    assert sheet.updatesEnabled()
    settle(workplace)
    places = [made.picker.y() for made in sheet.lines.values()]
    assert places == sorted(set(places))


def test_a_column_is_picked_by_the_keyboard_alone(workplace: Workplace, messy: MapPage) -> None:
    before, picker = mapping(workplace), line(messy, "invoiceDate").picker
    QTest.keyClick(picker, Qt.Key.Key_Down)
    assert picker.count() > len(HEADINGS), "the list is there once the keyboard is"
    assert mapping(workplace) is before, "nothing is chosen in passing"
    assert picker.itemText(3).endswith("Vår dato"), "what looks like dates stands first"
    for _ in range(2):
        QTest.keyClick(picker.view(), Qt.Key.Key_Down)
    QTest.keyClick(picker.view(), Qt.Key.Key_Return)
    assert rule(workplace, "invoiceDate").columns == (11,)
    settle(workplace)
    undone(workplace, before)


def test_dates_that_can_be_read_in_two_ways_are_asked_with_real_values(
    workplace: Workplace, messy: MapPage
) -> None:
    made = line(messy, "dueDate")
    assert made.needs_attention
    assert made.panel is not None, "what asks is open by itself"
    radios = made.panel.findChildren(QRadioButton)
    assert [radio.text() for radio in radios] == [
        "Day first: 01/02/2026 → 2026-02-01",
        "Month first: 01/02/2026 → 2026-01-02",
    ]
    assert not any(radio.isChecked() for radio in radios)
    before = mapping(workplace)
    radios[0].click()
    assert rule(workplace, "dueDate").date_order is DateOrder.DAY_MONTH
    settle(workplace)
    assert not made.needs_attention
    undone(workplace, before)


def test_tab_goes_through_what_is_asked_before_the_next_field(messy: MapPage) -> None:
    made, following = line(messy, "dueDate"), line(messy, "originalInvoiceAmount")
    assert made.panel is not None
    chain = [made.picker]
    while chain[-1] is not following.picker and len(chain) < 200:
        chain.append(chain[-1].nextInFocusChain())
    stops = [one for one in chain if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == [made.picker, made.toggle, *made.panel.stops(), following.picker]
    assert len(made.panel.stops()) == 2, "day first, month first"


def test_tab_goes_through_the_page_as_the_eye_does(messy: MapPage) -> None:
    first = next(iter(messy.fields.lines.values())).picker
    chain: list[QWidget] = [first]
    while chain[-1].nextInFocusChain() is not first:
        chain.append(chain[-1].nextInFocusChain())
    pickers = [made.picker for made in messy.fields.lines.values()]
    assert [one for one in chain if one in pickers] == pickers
    assert chain.index(pickers[-1]) < chain.index(next(iter(messy.groups.radios.values())))
    assert chain.index(messy.groups.key) < chain.index(messy.unused)


def test_amounts_that_can_be_read_in_two_ways_are_asked(workplace: Workplace, messy: MapPage) -> None:
    before = mapping(workplace)
    comma, point = panel(messy, "remainingAmount").findChildren(QRadioButton)
    assert "1.250 → 1250.00" in comma.text()
    assert "1.250 → 1.25" in point.text()
    comma.click()
    assert rule(workplace, "remainingAmount").number_style is NumberStyle.COMMA
    undone(workplace, before)


def test_every_word_stands_once_with_its_count_and_gets_a_meaning(
    workplace: Workplace, messy: MapPage
) -> None:
    before = mapping(workplace)
    opened = panel(messy, "debtorType")
    picker = opened.findChild(QComboBox, "word:Hushold")
    assert isinstance(picker, QComboBox)
    assert picker.currentIndex() == -1
    known = opened.findChild(QComboBox, "word:B")
    assert isinstance(known, QComboBox)
    assert known.currentData() == "COMPANY"
    choose(picker, "PRIVATE")
    assert rule(workplace, "debtorType").values == {"Hushold": "PRIVATE"}
    settle(workplace)
    assert not line(messy, "debtorType").needs_attention
    undone(workplace, before)


def test_a_column_of_two_things_is_split(workplace: Workplace, messy: MapPage) -> None:
    assert rule(workplace, "zipCode").part is Part.ZIP_CODE
    before = mapping(workplace)
    radios = panel(messy, "city").findChildren(QRadioButton)
    assert [radio.isChecked() for radio in radios] == [False, True]
    radios[0].click()
    assert rule(workplace, "city").part is Part.WHOLE
    undone(workplace, before)


def test_columns_are_put_together_and_taken_apart(workplace: Workplace, messy: MapPage) -> None:
    choose(line(messy, "name").picker, 6)
    settle(workplace)
    before = mapping(workplace)
    adding = panel(messy, "name").findChild(QComboBox, "join")
    assert isinstance(adding, QComboBox)
    choose(adding, 7)
    assert rule(workplace, "name").columns == (6, 7)
    settle(workplace)
    undone(workplace, before)
    joiner = panel(messy, "name").findChild(QComboBox, "joiner")
    assert isinstance(joiner, QComboBox)
    choose(joiner, ", ")
    assert rule(workplace, "name").joiner == ", "
    settle(workplace)
    take_out = panel(messy, "name").findChild(QPushButton)
    assert isinstance(take_out, QPushButton)
    take_out.click()
    assert rule(workplace, "name").columns == (6,)


def test_one_value_for_all_rows_and_for_empty_cells(workplace: Workplace, messy: MapPage) -> None:
    before = mapping(workplace)
    choose(line(messy, "countryCode").picker, -1)
    (value,) = (
        box
        for box in messy.findChildren(QComboBox)
        if box.accessibleName() == "The same for every row: Country"
    )
    choose(value, "NO")
    assert rule(workplace, "countryCode").constant == "NO"
    undone(workplace, before)
    default = panel(messy, "city").findChild(QLineEdit, "default")
    assert isinstance(default, QLineEdit)
    default.setText("Oslo")
    default.editingFinished.emit()
    assert rule(workplace, "city").default == "Oslo"


def test_a_value_that_cannot_be_is_refused_and_changes_nothing(workplace: Workplace, messy: MapPage) -> None:
    before = mapping(workplace)
    workplace.deeds.columns.choose_constant("dueDate", "next week")
    assert workplace.store.state.trouble is not None
    assert workplace.store.state.trouble.code == "mapping.constant_not_fit"
    assert mapping(workplace) is before


def test_a_currency_for_all_rows_never_changes_what_the_sheet_says(
    workplace: Workplace, messy: MapPage
) -> None:
    workplace.deeds.columns.choose_constant("currency", "SEK")
    found = rule(workplace, "currency")
    assert (found.columns, found.constant, found.default) == ((9,), None, "SEK")


def test_an_amount_without_a_clear_name_is_asked_and_can_be_none(
    workplace: Workplace, messy: MapPage
) -> None:
    assert mapping(workplace).rule("originalInvoiceAmount") is None
    workplace.act("settle:column:4")
    assert "column:4" in workplace.store.state.marks
    workplace.undo.undo()
    assert not workplace.store.state.marks
    workplace.act("answer:4:originalInvoiceAmount")
    assert rule(workplace, "originalInvoiceAmount").columns == (4,)


def test_what_has_its_own_column_is_not_offered_for_another(workplace: Workplace, messy: MapPage) -> None:
    own = rule(workplace, "remainingAmount").columns
    (bar,) = (bar for bar in map_view_of(workplace).questions if "Beløp" in bar.sentence)
    assert [act for act, _ in bar.actions] == ["answer:4:originalInvoiceAmount", "settle:column:4"]
    workplace.deeds.columns.choose_column("originalInvoiceAmount", 4)
    settle(workplace)
    assert rule(workplace, "remainingAmount").columns == own
    assert not [bar for bar in map_view_of(workplace).questions if "Beløp" in bar.sentence]


def test_who_answers_by_keyboard_stands_at_the_next_question(workplace: Workplace) -> None:
    headings = ("Faktura nr.", "Beløp", "Saldo", "Navn", "Orgnr")
    page = show(workplace, book([[str(at), at, at, "Fjord AS", "923609016"] for at in (1, 2, 3)], headings))
    first, *_ = bar_buttons(page)
    first.setFocus()
    first.click()
    settle(workplace)
    now = workplace.window.focusWidget()
    assert now is bar_buttons(page)[0]
    assert now is not first


def bar_buttons(page: MapPage) -> list[QPushButton]:
    """The answers in the bars, as Tab meets them."""
    return [made for bar in children(page, Notice) for made in bar.findChildren(QPushButton)]


def test_a_field_that_is_missing_offers_one_value_for_all_rows(workplace: Workplace, messy: MapPage) -> None:
    workplace.deeds.columns.choose_column("currency", 0)
    wait_until(lambda: messy.fields.lines["currency"].needs_attention)
    place = messy.fields.lines["currency"].picker.parentWidget()
    assert place is not None
    (offer,) = (
        made
        for made in place.findChildren(QPushButton)
        if made.isVisible() and made.accessibleName() == "Currency: The same for every row…"
    )
    offer.click()
    (choice,) = (
        made
        for made in place.findChildren(QComboBox)
        if made.accessibleName() == "The same for every row: Currency"
    )
    assert choice.isVisible()
    assert not offer.isVisible()
    choice.hidePopup()


def test_one_column_can_be_both_amounts_where_nothing_is_paid(workplace: Workplace, messy: MapPage) -> None:
    before = mapping(workplace)
    workplace.act("answer:4:originalInvoiceAmount,remainingAmount")
    assert rule(workplace, "originalInvoiceAmount").columns == (4,)
    assert rule(workplace, "remainingAmount").columns == (4,)
    workplace.undo.undo()
    assert mapping(workplace) is before


def test_an_unused_column_is_dropped_on_a_field_or_picked_by_its_menu(
    workplace: Workplace, messy: MapPage
) -> None:
    assert [messy.unused.item(at).text() for at in range(messy.unused.count())] == [
        "Beløp",
        "Avdeling",
        "Vår dato",
    ]
    data = QMimeData()
    data.setData(COLUMN_MIME, b"11")
    place = QPointF(line(messy, "invoiceDate").name.geometry().center())
    drop = QDropEvent(
        place, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0)
    )
    messy.fields.dropEvent(drop)
    assert rule(workplace, "invoiceDate").columns == (11,)
    settle(workplace)
    menu = messy.unused.menu_for(10)
    first = next(action for action in menu.actions() if not action.isSeparator())
    first.trigger()
    assert any(one.columns == (10,) for one in mapping(workplace).rules)


def test_fields_of_another_debtor_appear_when_asked_for(workplace: Workplace, messy: MapPage) -> None:
    workplace.deeds.columns.add_debtor()
    settle(workplace)
    choose(line(messy, "debtors[1].name").picker, 10)
    assert rule(workplace, "debtors[1].name").columns == (10,)


# -- Rows that belong together -------------------------------------------------------------------

LINES = ("Fakturanr", "Fakturadato", "Forfallsdato", "Navn", "Fakturabeløp", "Restbeløp", "Beskrivelse")


def test_rows_of_one_invoice_are_proposed_with_a_preview_and_its_sum(
    workplace: Workplace, tmp_path: Path
) -> None:
    rows = [
        (
            str(5000 + at // 2),
            "2026-09-01",
            "2026-09-15",
            "Kari Prøve",
            1000,
            (900, 100)[at % 2],
            ("Strøm", "Renter")[at % 2],
        )
        for at in range(8)
    ]
    page = show(workplace, book(rows, LINES))
    state = workplace.store.state
    assert state.seen is not None
    preview = state.seen.preview
    assert preview is not None
    assert ([part.row for part in preview.parts], preview.total, preview.whole) == ([2, 3], 1000, 1000)
    assert (preview.groups, preview.fitting) == (4, 4)
    before = mapping(workplace)
    page.groups.radios["claims"].click()
    assert mapping(workplace).grouping.kind is GroupKind.CLAIMS
    settle(workplace)
    assert page.groups.key.currentData() == "invoiceNumber"
    undone(workplace, before)
    workplace.undo.undo()
    workplace.act("group:")
    assert mapping(workplace).grouping.kind is GroupKind.NONE
    assert "groups" in workplace.store.state.marks


# -- Saved mappings ------------------------------------------------------------------------------


def test_a_mapping_is_saved_found_next_month_and_only_the_difference_is_asked(
    workplace: Workplace, messy: MapPage, tmp_path: Path
) -> None:
    choose(line(messy, "invoiceDate").picker, 11)
    workplace.deeds.saved_mappings.save_as("Riverside")
    wait_until(lambda: workplace.store.state.mappings == ("Riverside",))
    later = ["Forfallsdato" if heading == "Forfall" else heading for heading in HEADINGS]
    page = show(workplace, book([row(number) for number in range(1, 9)], later))
    assert mapping(workplace).rule("dueDate") is None
    bars = [text for text in texts_of(page) if "Forfall" in text]
    assert '"Forfall" is gone, "Forfallsdato" is new.' in bars
    before = mapping(workplace)
    workplace.act("renamed:Forfall")
    assert rule(workplace, "dueDate").columns == (3,)
    undone(workplace, before)
    assert not [text for text in texts_of(page) if "is gone" in text]


def test_a_program_that_reads_kept_rows_otherwise_says_so_until_that_is_kept(
    workplace: Workplace, messy: MapPage
) -> None:
    opened, session = workplace.store.state.opened, workplace.desk.session
    assert opened is not None
    kept = session.mapping_to_keep("Riverside", mapping(workplace), opened)
    older = replace(kept, golden=tuple(replace(row, fingerprint="0" * 64) for row in kept.golden))
    session.put_mapping("Riverside", older)
    page = show(workplace, opened)
    said = [text for text in texts_of(page) if "another way than before" in text]
    assert len(said) == 1
    workplace.deeds.saved_mappings.load_names()
    workplace.act("keep_saved")
    wait_until(lambda: session.load_mapping("Riverside").golden == kept.golden)
    settle(workplace)
    assert not [text for text in texts_of(page) if "another way than before" in text]


def test_the_lines_of_one_workbook_are_never_shown_for_another(workplace: Workplace, messy: MapPage) -> None:
    other = book([("1", "Kari")], ("Fakturanr", "Navn"))
    found = workplace.desk.session.suggest(other)
    workplace.store.update(opened=other, mapping=found.mapping, suggestion=found, seen=None)
    assert not messy.complete()
    assert not messy.fields.isVisible()
    settle(workplace)
    assert messy.fields.isVisible()
    assert [messy.unused.item(at).text() for at in range(messy.unused.count())] == []


def texts_of(page: MapPage) -> list[str]:
    from PySide6.QtWidgets import QLabel

    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def test_saved_mappings_are_renamed_deleted_shared_and_every_step_is_undone(
    workplace: Workplace, messy: MapPage, tmp_path: Path
) -> None:
    deeds, session = workplace.deeds.saved_mappings, workplace.desk.session

    def names() -> tuple[str, ...]:
        return workplace.store.state.mappings

    deeds.save_as("Riverside")
    wait_until(lambda: names() == ("Riverside",))
    settle(workplace)
    messy.saved.fill_menu()
    deeds.rename("Riverside", "Lakeside")
    wait_until(lambda: names() == ("Lakeside",))
    workplace.undo.undo()
    wait_until(lambda: names() == ("Riverside",))
    workplace.undo.redo()
    wait_until(lambda: names() == ("Lakeside",))
    session.export_mapping(session.load_mapping("Lakeside"), tmp_path / "shared.json")
    deeds.delete("Lakeside")
    wait_until(lambda: names() == ())
    workplace.undo.undo()
    wait_until(lambda: names() == ("Lakeside",))
    deeds.take_in(tmp_path / "shared.json")
    wait_until(lambda: names() == ("Lakeside", "Lakeside 2"))
    settle(workplace)
    told = workplace.store.state.suggestion
    assert told is not None
    assert told.saved is not None
    assert told.saved.name == "Lakeside 2"


def test_the_name_is_typed_in_the_page(workplace: Workplace, messy: MapPage) -> None:
    messy.saved.fill_menu().actions()[0].trigger()
    assert messy.saved.name.isVisible()
    QTest.keyClicks(messy.saved.name, "Riverside AS")
    QTest.keyClick(messy.saved.name, Qt.Key.Key_Return)
    wait_until(lambda: workplace.store.state.mappings == ("Riverside AS",))
    assert not messy.saved.name.isVisible()


def test_the_list_under_settings_renames_deletes_and_takes_in(workplace: Workplace, tmp_path: Path) -> None:
    deeds, names = workplace.deeds.saved_mappings, lambda: workplace.store.state.mappings
    session = workplace.desk.session
    session.save_mapping("Riverside", session.suggest(book([row(1)])).mapping, book([row(1)]))
    deeds.load_names()
    wait_until(lambda: names() == ("Riverside",))
    workplace.go(Step.SETTINGS)
    let_settle()
    page = workplace.page(Step.SETTINGS)
    assert isinstance(page, SettingsPage)
    button(page, "Rename…").click()
    assert page.mappings.entry is not None
    page.mappings.entry.setText("Lakeside")
    QTest.keyClick(page.mappings.entry, Qt.Key.Key_Return)
    wait_until(lambda: names() == ("Lakeside",))
    let_settle()
    button(page, "Rename…").click()
    QTest.keyClick(page.mappings.entry, Qt.Key.Key_Escape)
    let_settle()
    session.export_mapping(session.load_mapping("Lakeside"), tmp_path / "shared.json")
    button(page, "Delete").click()
    wait_until(lambda: names() == ())
    deeds.take_in(tmp_path / "shared.json", use=False)
    wait_until(lambda: names() == ("Lakeside",))
    workplace.undo.undo()
    wait_until(lambda: names() == ())
    assert workplace.store.state.mapping is None


def button(page: SettingsPage, word: str) -> QPushButton:
    buttons = children(page.mappings, QPushButton)
    return next(one for one in buttons if one.accessibleName().startswith(f"{word}: "))


def test_a_page_that_was_left_before_it_was_ready_does_not_take_the_keyboard(workplace: Workplace) -> None:
    opened = book([row(number) for number in range(1, 9)])
    found = workplace.desk.session.suggest(opened)
    workplace.store.update(opened=opened, mapping=found.mapping, suggestion=found, seen=None)
    workplace.go(Step.MAP)
    page = workplace.page(Step.MAP)
    assert isinstance(page, MapPage)
    wait_until(lambda: page.fields.building)
    workplace.go(Step.HISTORY)
    wait_until(lambda: page.complete() and not workplace.background.busy)
    let_settle()
    focused = workplace.window.focusWidget()
    assert focused is None or not page.isAncestorOf(focused)


# -- Person or company -----------------------------------------------------------------------------

DEBTORS = ("Faktura nr.", "Navn", "Orgnr", "Restbeløp")


def debtors(*pairs: tuple[str, str | None]) -> Opened:
    rows: list[list[Given]] = [[str(100 + at), name, number, 100] for at, (name, number) in enumerate(pairs)]
    return book(rows, DEBTORS)


def press(page: QWidget, text: str) -> None:
    next(made for made in children(page, QPushButton) if made.text() == text).click()


def test_who_is_a_person_is_asked_once_before_the_rows_are_checked(workplace: Workplace) -> None:
    page = show(workplace, debtors(("Kari Nordmann", None), ("Fjord", "923609016"), ("Liv Moe", None)))
    (bar,) = map_view_of(workplace).questions
    assert bar.sentence == (
        "2 of 3 rows do not say whether the debtor is a person or a company, such as Kari Nordmann in row 2."
    )
    assert bar.cure == (
        "The companies in this sheet have an organisation number; these debtors have none."
        " That points to private persons."
    )
    made = line(page, "debtorType")
    assert made.needs_attention
    assert made.picker.currentText() == "–  by numbers and name"
    before = mapping(workplace)
    press(page, "These 2 are private persons")
    settle(workplace)
    assert rule(workplace, "debtorType") == FieldRule(
        "debtorType", default="PRIVATE", reason="mapping.reason.otherwise"
    )
    assert not map_view_of(workplace).questions
    assert not made.needs_attention
    assert workplace.undo.undoText() == "who is a person or a company"
    undone(workplace, before)


def test_f6_goes_to_what_is_asked_first(workplace: Workplace) -> None:
    page = show(workplace, debtors(("Kari Nordmann", None), ("Liv Moe", None)))
    bars, picker = page.areas()[:2]
    assert picker.focusProxy() is line(page, "invoiceType").picker
    bars.setFocus()
    first = workplace.window.focusWidget()
    assert isinstance(first, QPushButton)
    assert first.text() == "All are private persons"
    first.click()
    settle(workplace)
    assert page.areas()[0].focusProxy() is line(page, "invoiceType").picker


def test_doubtful_names_are_named_before_anybody_says_persons(workplace: Workplace) -> None:
    people = [("Kari Nordmann", None), ("Liv Moe", None), ("Ola Dahl", None), ("Siri Vik", None)]
    page = show(workplace, debtors(*people, ("Sameiet Solbakken", None)))
    (bar,) = map_view_of(workplace).questions
    assert bar.cure.endswith("Look at these names first: Sameiet Solbakken (row 6).")
    assert [text for _, text in bar.actions[:2]] == ["All are private persons", "All are companies"]
    press(page, "Say it row by row")
    settle(workplace)
    assert not map_view_of(workplace).questions
    assert workplace.undo.undoText() == "an answered question"
    assert mapping(workplace).rule("debtorType") is None


def test_it_can_be_said_and_unsaid_at_the_line_of_the_field(workplace: Workplace) -> None:
    page = show(workplace, debtors(("Kari Nordmann", None), ("Liv Moe", None), ("Ola Dahl", None)))
    before = mapping(workplace)
    picker = panel(page, "debtorType").findChild(QComboBox, "default")
    assert isinstance(picker, QComboBox)
    choose(picker, "COMPANY")
    settle(workplace)
    assert rule(workplace, "debtorType").default == "COMPANY"
    again = panel(page, "debtorType").findChild(QComboBox, "default")
    assert isinstance(again, QComboBox)
    choose(again, "")
    settle(workplace)
    assert mapping(workplace) == before


def test_a_column_of_known_words_is_proposed_whatever_it_is_called(workplace: Workplace) -> None:
    rows: list[list[Given]] = [[str(100 + at), "Kari Moe", ("Privat", "Firma")[at % 2]] for at in range(4)]
    page = show(workplace, book(rows, ("Faktura nr.", "Navn", "Gruppe")))
    assert not map_view_of(workplace).questions, "the proposal is asked first"
    press(page, 'Yes, use "Gruppe"')
    assert rule(workplace, "debtorType").columns == (3,)
    assert workplace.undo.undoText() == "Customer type from column C"
    settle(workplace)


def map_view_of(workplace: Workplace) -> MapView:
    found = map_view(workplace.store.state, workplace.words)
    assert found is not None
    return found


def test_a_choice_that_has_no_room_ends_in_an_ellipsis_and_is_told_in_full(workplace: Workplace) -> None:
    heading = "Fakturanummer slik det står på fakturaen som ble sendt til kunden i første omgang"
    page = show(workplace, book([["1"]], (heading, "Fakturanr")))
    picker = line(page, "invoiceNumber").picker
    choose(picker, 1)
    settle(workplace)
    picker.grab()
    option = QStyleOptionComboBox()
    picker.initStyleOption(option)
    assert option.currentText.endswith("…")
    assert heading in picker.toolTip()
    face = QAccessible.queryAccessibleInterface(picker)
    assert heading in face.text(QAccessible.Text.Value)
    choose(picker, 2)
    settle(workplace)
    picker.grab()
    assert not picker.toolTip()


def test_undo_says_what_it_takes_back(workplace: Workplace, messy: MapPage) -> None:
    choose(line(messy, "invoiceDate").picker, 11)
    assert workplace.undo.undoText() == "Invoice date from column K"
    choose(line(messy, "invoiceDate").picker, 0)
    assert workplace.undo.undoText() == "Invoice date from no column"
    workplace.deeds.columns.choose_fields(["originalInvoiceAmount", "remainingAmount"], 4)
    assert workplace.undo.undoText() == "Invoice amount, Remaining amount from column D"
    workplace.deeds.columns.choose_constant("invoiceType", "NOTICE")
    assert workplace.undo.undoText() == "Collection stage: Collection notice for all rows"
    workplace.deeds.columns.choose_order("dueDate", "day_month")
    assert workplace.undo.undoText() == "how Due date is read"
    workplace.deeds.columns.choose_word("debtorType", "Hushold", "PRIVATE")
    assert workplace.undo.undoText() == 'what "Hushold" stands for'
    workplace.deeds.columns.choose_groups("claims")
    assert workplace.undo.undoText() == "which rows belong together"
    settle(workplace)


def test_the_list_of_a_picker_shows_its_items_whole(workplace: Workplace) -> None:
    heading = "Fakturanummer slik det står på fakturaen"
    page = show(workplace, book([["1", "2"]], (heading, "Fakturanr")))
    value = line(page, "invoiceType")
    value.picker.showPopup()
    view = value.picker.view()
    rows = range(value.picker.count())
    assert view.viewport().height() >= sum(map(view.sizeHintForRow, rows))
    assert view.viewport().width() >= view.sizeHintForColumn(0), "a long heading is not cut off"
    value.picker.hidePopup()


def test_the_list_of_unused_columns_shows_where_the_keyboard_is(workplace: Workplace, messy: MapPage) -> None:
    assert messy.unused.currentRow() < 0
    messy.unused.setFocus(Qt.FocusReason.ShortcutFocusReason)
    assert messy.unused.currentRow() == 0
    workplace.window.activateWindow()
    assert messy.unused.hasFocus()


def test_f6_goes_round_though_the_rows_cannot_be_checked_yet(workplace: Workplace, messy: MapPage) -> None:
    assert not workplace.store.state.assessment
    seen: list[QWidget | None] = []
    messy.areas()[0].setFocus()
    for _ in range(8):
        seen.append(workplace.window.focusWidget())
        QTest.keyClick(workplace.window, Qt.Key.Key_F6)
    assert messy.unused in seen
    again = seen.index(seen[0], 1)
    assert again > 3, "question or picker, unused columns, Back, the rail"


def test_f6_goes_on_from_every_field(workplace: Workplace, messy: MapPage) -> None:
    line(messy, "zipCode").picker.setFocus()
    QTest.keyClick(workplace.window, Qt.Key.Key_F6)
    assert workplace.window.focusWidget() is messy.unused
    QTest.keyClick(workplace.window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert workplace.window.focusWidget() is next(iter(messy.fields.lines.values())).picker


def test_samples_of_what_moves_up_in_its_list(workplace: Workplace) -> None:
    rows: list[list[Given]] = [
        ["100", "Kari Moe", "55 12 34 56", 900, 70],
        ["101", "Liv Moe", None, 800, None],
    ]
    headings = ("Faktura nr.", "Navn", "Telefon", "Restbeløp", "Purregebyr")
    show(workplace, book(rows, headings))
    lines = {one.key: one for group in map_view_of(workplace).groups for one in group.lines}
    assert lines["phone"].samples == ("55 12 34 56 → +47 55123456",)
    assert lines["claim.fee"].samples == ("70 → 70.00",)


def test_what_is_offered_for_a_missing_field_leaves_the_columns_as_wide_as_they_are(
    workplace: Workplace,
) -> None:
    headings = tuple(heading for heading in HEADINGS if heading != "Kundetype")
    page = show(workplace, book([row(1)[1:], row(2)[1:]], headings))
    offered = next(made for made in children(page, QPushButton) if made.text() == "The same for every row…")
    assert offered.width() >= offered.sizeHint().width(), "nothing is clipped"
    widths = {made.picker.width() for made in page.fields.lines.values()}
    offered.hide()
    let_settle()
    assert widths == {made.picker.width() for made in page.fields.lines.values()}


@pytest.mark.parametrize(
    ("whole", "sentence", "answer"),
    [
        (True, "2 of 5,000 rows do not say whether", "These 2 are private persons"),
        (False, "Of the first 5,000 rows, 2 do not say whether", "All such debtors are private persons"),
    ],
)
def test_what_only_the_first_rows_tell_is_said_so(
    words: Words, whole: bool, sentence: str, answer: str
) -> None:
    found = Untold(2, 5_000, "Kari Nordmann", 17, "PRIVATE", "mapping.untold.names", whole=whole)
    bar = map_questions._debtors(found, words)
    assert bar.sentence.startswith(sentence)
    assert bar.actions[0] == ("otherwise:PRIVATE", answer)


def test_large_text_leaves_room_for_fields_in_the_smallest_window(workplace: Workplace) -> None:
    workplace.deeds.choices.change("appearance.text_percent", "200")
    wait_until(lambda: workplace.chosen.text_percent == 200)
    workplace.window.resize(1024, 640)
    workplace.open_sample()
    wait_until(lambda: workplace.store.state.opened is not None)
    workplace.go(Step.MAP)
    settle(workplace)
    page = workplace.page(Step.MAP)
    assert isinstance(page, MapPage)
    page._area.verticalScrollBar().setValue(0)
    let_settle()
    port = page._area.viewport()
    seen = [
        key
        for key, made in page.fields.lines.items()
        if port.rect().contains(made.picker.rect().translated(made.picker.mapTo(port, QPoint(0, 0))))
    ]
    assert len(seen) >= 2, "below the head, without scrolling"
    assert page.saved._text.isHidden(), "nothing is lost: no saved mapping is used"
