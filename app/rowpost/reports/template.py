"""The empty workbook that a creditor fills in: made from the catalog, in any language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from rowpost.catalog import Catalog, Field, FieldGroup, FieldKind
from rowpost.reports.save import write_whole
from rowpost.wording import Wording

MADE_AT = datetime(2026, 11, 21, tzinfo=UTC)  # a template is the same whenever it is made
LAST_ROW = 10_000  # the lists and comments reach this far; more rows may be filled in
DATE_FORMATS: Mapping[str, str] = {"sv": "yyyy-mm-dd"}
NUMBER_FORMATS: Mapping[FieldKind, str] = {
    FieldKind.TEXT: "@",
    FieldKind.IDENTIFIER: "@",  # keeps leading zeros and long numbers
    FieldKind.ENUM: "@",
    FieldKind.BOOLEAN: "@",
    FieldKind.AMOUNT: "#,##0.00",
}
_DATES = (FieldKind.DATE, FieldKind.DATE_TIME)
_WIDTHS: Mapping[str, int] = {"name": 28, "street": 26, "description": 34, "email": 28}
_INK, _PAPER = "#0B5CAD", "#E8F0F9"


def write_template(catalog: Catalog, wording: Wording, out: Path) -> None:
    """Save the empty workbook as `out`. Trouble as `save.whole_file`."""
    write_whole(out, template_bytes(catalog, wording))


def template_bytes(catalog: Catalog, wording: Wording) -> bytes:
    """Make the empty workbook in the wording's language; the same bytes each time."""
    content = BytesIO()
    with Workbook(content, {"in_memory": True, "default_date_format": date_format(wording)}) as book:
        book.set_properties({"title": wording.say("reports.template.title"), "created": MADE_AT})
        fields = template_fields(catalog)
        _invoices_sheet(book, fields, wording)
        _explanation_sheet(book, fields, wording)
    return content.getvalue()


def template_fields(catalog: Catalog) -> tuple[Field, ...]:
    """The columns of the template, in groups, without the fields that are rarely wanted."""
    order = list(FieldGroup)
    wanted = (field for field in catalog.fields if not field.advanced)
    return tuple(sorted(wanted, key=lambda field: order.index(field.group)))


def date_format(wording: Wording) -> str:
    """Excel's number format for dates as the language writes them."""
    return DATE_FORMATS.get(wording.language, "dd.mm.yyyy")


def number_format(field: Field, wording: Wording) -> str:
    """The number format of a field's column."""
    return NUMBER_FORMATS.get(field.kind) or date_format(wording)


def shown_words(field: Field, wording: Wording) -> list[str]:
    """What a person chooses from in a field with a list."""
    if field.kind is FieldKind.BOOLEAN:
        return [wording.say("reports.template.yes"), wording.say("reports.template.no")]
    if field.codes:
        return [option.value for option in field.options]
    return [option.labels.get(wording.language, option.value) for option in field.options]


def example(field: Field, wording: Wording) -> str:
    """The field's example as a person of that language would type it."""
    words = [option.value for option in field.options]
    if field.example in words:
        return shown_words(field, wording)[words.index(field.example)]
    if field.kind is FieldKind.AMOUNT:
        return wording.write(Decimal(field.example.replace(",", ".")))
    if field.kind in _DATES:
        return wording.write(datetime.strptime(field.example, "%d.%m.%Y").replace(tzinfo=UTC).date())
    if field.kind is FieldKind.BOOLEAN:
        return wording.say("reports.template.yes")
    return field.example


def _invoices_sheet(book: Workbook, fields: tuple[Field, ...], wording: Wording) -> None:
    sheet = book.add_worksheet(wording.say("reports.template.sheet"))
    must = book.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": _INK, "border": 1})
    may = book.add_format({"bold": True, "font_color": _INK, "bg_color": _PAPER, "border": 1})
    for column, field in enumerate(fields):
        label = field.labels[wording.language]
        body = book.add_format({"num_format": number_format(field, wording)})
        sheet.set_column(column, column, _WIDTHS.get(field.key, max(14, len(label) + 3)), body)
        sheet.write_string(0, column, label, must if field.required and not field.derived else may)
        sheet.write_comment(
            0, column, comment(field, wording), {"author": "Rowpost", "x_scale": 2, "y_scale": 1.6}
        )
        _guard(sheet, column, field, wording)
    sheet.freeze_panes(1, 0)
    everything = f"A1:{xl_col_to_name(len(fields) - 1)}{LAST_ROW}"
    sheet.ignore_errors({"number_stored_as_text": everything})


def comment(field: Field, wording: Wording) -> str:
    """What stands in the comment of a column's heading."""
    lines = [wording.say(needed(field)), field.help[wording.language]]
    lines.append(wording.say("reports.template.example", {"example": example(field, wording)}))
    return "\n".join(lines)


def needed(field: Field) -> str:
    """The wording code that says how much a field is needed."""
    if field.unless:
        return "reports.template.unless"
    if field.required:
        return "reports.template.derived" if field.derived else "reports.template.required"
    return "reports.template.optional"


def _guard(sheet: Worksheet, column: int, field: Field, wording: Wording) -> None:
    """Let Excel offer the words of a list, and refuse what is no date or no amount."""
    rules: dict[str, Any] = {}
    if field.options or field.kind is FieldKind.BOOLEAN:
        rules = {"validate": "list", "source": shown_words(field, wording)}
        if field.open_options:
            rules["error_type"] = "information"
    elif field.kind is FieldKind.AMOUNT:
        rules = {"validate": "decimal", "criteria": ">=", "value": 0}
    elif field.kind in _DATES:
        rules = {"validate": "date", "criteria": ">=", "value": date(1900, 3, 1)}
    if not rules:
        return
    rules["error_title"] = wording.say("reports.template.look")
    rules["error_message"] = wording.say(f"reports.template.must_be.{rules['validate']}")
    sheet.data_validation(1, column, LAST_ROW - 1, column, rules)


def _explanation_sheet(book: Workbook, fields: tuple[Field, ...], wording: Wording) -> None:
    sheet = book.add_worksheet(wording.say("reports.template.explanation"))
    bold = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": _INK, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    sheet.write_string(0, 0, wording.say("reports.template.title"), bold)
    sheet.write_string(1, 0, wording.say("reports.template.how"))
    for column, (code, width) in enumerate(
        (("field", 28), ("needed", 30), ("help", 70), ("example", 22), ("words", 44))
    ):
        sheet.set_column(column, column, width)
        sheet.write_string(3, column, wording.say(f"reports.template.column.{code}"), head)
    for row, field in enumerate(fields, start=4):
        for column, text in enumerate(_explained(field, wording)):
            sheet.write_string(row, column, text, wrap)
    sheet.freeze_panes(4, 0)


def _explained(field: Field, wording: Wording) -> tuple[str, ...]:
    words = ", ".join(shown_words(field, wording))
    return (
        field.labels[wording.language],
        wording.say(needed(field)),
        field.help[wording.language],
        example(field, wording),
        words,
    )
