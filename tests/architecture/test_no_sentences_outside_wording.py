"""What a person reads is written in `wording`, nowhere else."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture import rooms

# Where a text goes straight to a person: Qt's setters, the terminal, argparse.
SHOWN_BY = {
    *("print", "write", "setText", "setToolTip", "setWindowTitle", "setPlaceholderText", "setTitle"),
    *("setAccessibleName", "setAccessibleDescription", "setStatusTip", "setWhatsThis", "setLabelText"),
    *("setInformativeText", "setDetailedText", "addAction", "addButton", "addTab", "addMenu", "showMessage"),
    *("setHeaderLabels", "setHorizontalHeaderLabels", "QLabel", "QPushButton", "QAction", "QCheckBox"),
    *("QRadioButton", "QGroupBox", "information", "warning", "critical", "question", "error"),
}
SHOWN_AS = {"help", "description", "epilog", "title", "usage"}
SENTENCE = re.compile(r"\w+\W*\s.*\w[)\"'»”]*[.?!]", re.S)
WORD = re.compile(r"[^\W\d_]{2,}")
# The practice server plays the agency, and the sample's script is its: their texts are the agency's own
# words, shown beside ours. Qt ships no Bokmål: that file holds Qt's own texts with their translation.
OTHERS_WORDS = {"app/rowpost/reports/sample_workbook.py", "app/rowpost/gui/qt_words.py"}
ROOMS_OF_OTHERS = {"wording", "sandbox"}
EVENT = re.compile(r"[a-z][a-z0-9_.]*")  # what is written to the log is a code
NAMES = re.compile(r"rowpost", re.IGNORECASE)  # the program's own name is the same in every language


def texts_of(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(p.value) if isinstance(p, ast.Constant) else " " for p in node.values)
    elif isinstance(node, (ast.BinOp, ast.IfExp)):
        for part in ast.iter_child_nodes(node):
            if isinstance(part, ast.expr):
                yield from texts_of(part)


def name_of(called: ast.expr) -> str:
    if isinstance(called, ast.Attribute):
        return called.attr
    return called.id if isinstance(called, ast.Name) else ""


def shown(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Texts that are handed to something that shows them."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        given = [argument.value for argument in node.keywords if argument.arg in SHOWN_AS]
        if name_of(node.func) in SHOWN_BY:
            given += node.args
        for text in (text for argument in given for text in texts_of(argument)):
            if name_of(node.func) == "write" and EVENT.fullmatch(text):
                continue
            if WORD.search(NAMES.sub("", text)):
                yield node.lineno, text


def sentences(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Texts of two or more words that end as a sentence does; docstrings are none."""
    unsaid = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, (ast.Constant, ast.JoinedStr)) and id(node) not in unsaid:
            for text in texts_of(node):
                if SENTENCE.fullmatch(text.strip()):
                    yield node.lineno, text


def found_in(tree: ast.AST) -> set[str]:
    return {text for _, text in (*shown(tree), *sentences(tree))}


def files() -> list[Path]:
    judged = (path for path in rooms.files() if rooms.room(path) not in ROOMS_OF_OTHERS)
    return [path for path in judged if rooms.place(path) not in OTHERS_WORDS]


def test_no_sentence_outside_wording() -> None:
    found = {f"{rooms.place(path)}: {text}" for path in files() for text in found_in(rooms.tree(path))}
    assert not found, "\n".join(sorted(found))


def test_a_sentence_is_seen() -> None:
    seen = found_in(
        ast.parse(
            '"""A docstring. It may say this."""\n'
            'print("Hello")\n'
            'label.setText("Rows" if x else f"{n} rows")\n'
            'add(help="a helpful word")\n'
            'raise ValueError("This is a sentence.")\n'
            'x = "Send it now?"\n'
            'y = "SELECT a FROM b"\n'
            'write("\\n")\n'
            'log.write("run_created")\n'
            'stream.write("Run created")\n'
        )
    )
    assert seen == {
        "Hello",
        "Rows",
        "  rows",
        "a helpful word",
        "This is a sentence.",
        "Send it now?",
        "Run created",
    }
