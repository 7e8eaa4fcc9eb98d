"""The style sheet of the window; `$name` stands for a colour of Tokens, `$px8` and `$text13` for sizes."""

SHEET = """
QWidget { color: $text; }
QMainWindow, QDialog, QWidget#page, QWidget#frame { background: $window; }
QWidget#rail { background: $base; border-right: 1px solid $hairline; }
QWidget#foot { background: $base; border-top: 1px solid $hairline; }
QWidget#head { background: $window; }
QFrame[kind="card"] { background: $base; border: 1px solid $hairline; border-radius: $px8; }
QFrame[kind="side"] { background: $base; border: none; border-left: 1px solid $hairline; }
QFrame[kind="drop"] { background: $base; border: $px2 dashed $border; border-radius: $px12; }
QFrame[kind="drop"][over="true"] { border-color: $accent; background: $accent_tint; }
QFrame[kind="details"] { background: $window; border: 1px solid $hairline; border-radius: $px6; }
QFrame[kind="ring"] { background: transparent; border: $px4 solid $accent; }
QFrame[kind="line"] { background: $hairline; border: none; max-height: 1px; min-height: 1px; }

QLabel { background: transparent; }
QLabel[role="title"] { font-size: $title; font-weight: 600; }
QLabel[role="heading"] { font-size: $text15; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="small"] { color: $muted; font-size: $text12; }
QLabel[role="link"] { color: $accent; }
QLabel[role="required"] { color: $accent; font-size: $text12; }
QLabel[role="amount"] { font-size: $text17; font-weight: 600; }
QLabel[tone="drop"] { color: $accent; text-decoration: underline; }
QLabel[tone="must_fix"] { color: $must_fix; }
QLabel[tone="check"] { color: $check; }
QLabel[tone="ok"] { color: $ok; }
QLabel[tone="plain"] { color: $muted; }

QPushButton {
  background: $raised; border: 1px solid $border; border-radius: $px6; padding: $px5 $px12;
  min-height: $px20;
}
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $accent_tint; }
QPushButton { outline: none; }
QPushButton:focus { border: 2px solid $accent; padding: $px4 $px10; }
QPushButton:disabled { color: $muted; border-color: $hairline; background: $window; }
QPushButton::menu-indicator { image: none; width: 0; }
QPushButton[kind="primary"] {
  background: $accent; color: $on_accent; border: 1px solid $accent; font-weight: 600;
  padding: $px6 $px20; min-height: $px24;
}
QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed {
  background: $accent_pressed; border-color: $accent_pressed;
}
QPushButton[kind="primary"]:disabled { background: $hover; color: $muted; border-color: $hairline; }
QPushButton[kind="quiet"] {
  background: transparent; border: 1px solid transparent; padding: $px4 $px8;
}
QPushButton[kind="quiet"]:hover { background: $hover; }
QPushButton[kind="quiet"]:focus { border: 2px solid $accent; }
QPushButton[kind="quiet"]:disabled { color: $muted; }
QPushButton[kind="link"] {
  background: transparent; border: 1px solid transparent; color: $accent; padding: $px2 $px4;
  text-align: left; min-height: $px20;
}
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="link"]:focus { border: 2px solid $accent; }
QPushButton[kind="chip"] {
  background: $base; border: 1px solid $border; border-radius: $px12; padding: $px2 $px12;
  min-height: $px20;
}
QPushButton[kind="chip"]:hover { background: $hover; }
QPushButton[kind="chip"]:checked { background: $accent_tint; border: 2px solid $accent; padding: $px1 $px11; }
QPushButton[kind="chip"]:focus { border: 2px solid $accent; padding: $px1 $px11; }
QPushButton[kind="chip"]:checked:focus { border: 4px solid $accent; padding: 0 $px9; }

QPushButton[kind="rail"] {
  background: transparent; border: 2px solid transparent; border-radius: $px6; padding: $px6 $px8;
  text-align: left; min-height: $px24;
}
QPushButton[kind="rail"][tone="low"] { padding: $px2 $px8; min-height: $px22; }
QPushButton[kind="rail"]:hover { background: $hover; }
QPushButton[kind="rail"]:checked { background: $accent_tint; color: $accent; font-weight: 600; }
QPushButton[kind="rail"]:focus { border: 2px solid $accent; }
QPushButton[kind="rail"]:disabled { color: $muted; background: transparent; }

QLineEdit, QComboBox, QSpinBox, QPlainTextEdit {
  background: $base; border: 1px solid $border; border-radius: $px4; padding: $px3 $px8;
  min-height: $px20; selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QPlainTextEdit:focus {
  border: 2px solid $accent; padding: $px2 $px6;
}
QLineEdit:disabled, QComboBox:disabled {
  color: $muted; background: $window; border-color: $hairline;
}
QTextEdit[kind="value"] { background: transparent; border: 2px solid transparent; }
QTextEdit[kind="value"]:focus { border: 2px solid $accent; }
QSpinBox { padding-right: $px24; }
QSpinBox::up-button, QSpinBox::down-button { width: $px20; border: none; background: transparent; }
QSpinBox::up-arrow, QSpinBox::down-arrow { image: none; width: 0; height: 0; }
QLineEdit[tone="must_fix"] { border: 2px solid $must_fix; }
QComboBox::drop-down { border: none; width: $px24; }
QComboBox QAbstractItemView {
  background: $raised; border: 1px solid $border; outline: none; padding: $px4;
  selection-background-color: $accent_tint; selection-color: $text;
}
QComboBox QAbstractItemView::item { min-height: $px24; }
QCheckBox, QRadioButton {
  spacing: $px8; padding: $px2; border: 2px solid transparent; border-radius: $px4;
}
QCheckBox:focus, QRadioButton:focus { border: 2px solid $accent; }
QRadioButton::indicator {
  width: $px12; height: $px12; border: 1px solid $border; border-radius: $round_empty;
}
QRadioButton::indicator:checked {
  width: $px6; height: $px6; border: $px4 solid $accent; border-radius: $round_chosen; background: $base;
}
QCheckBox::indicator { width: $px14; height: $px14; border: 1px solid $border; border-radius: $px3; }
QCheckBox::indicator:checked { background: $accent; }

QTableView, QListView, QTreeView {
  background: $base; border: 1px solid $hairline; padding: 1px; gridline-color: $hairline; outline: none;
  selection-background-color: $accent_tint; selection-color: $text;
}
QTableView:focus, QListView:focus { border: 2px solid $accent; padding: 0; }
QHeaderView { background: $window; border: none; }
QHeaderView::section {
  background: $window; color: $muted; border: none; border-right: 1px solid $hairline;
  border-bottom: 1px solid $border; padding: $px4 $px8; font-weight: 600;
}
QHeaderView[values="true"]::section { padding-right: $px22; }
QHeaderView::section:vertical { font-weight: 400; border-bottom: 1px solid $hairline; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QTableCornerButton::section {
  background: $window; border: none; border-right: 1px solid $hairline;
  border-bottom: 1px solid $border;
}
QListView::item { padding: $px6 $px8; border-bottom: 1px solid $hairline; }
QListView::item:selected { background: $accent_tint; color: $text; }
QListView::item:hover { background: $hover; }

QListView[kind="plain"] {
  background: transparent; border: 2px solid transparent; padding: 0; border-radius: $px4;
}
QListView[kind="plain"]:focus { border: 2px solid $accent; }
QTextBrowser { background: $base; border: 1px solid $hairline; padding: 1px; border-radius: $px4; }
QTextBrowser:focus { border: 2px solid $accent; padding: 0; }

QProgressBar { background: $hover; border: none; border-radius: $px4; max-height: $px8; min-height: $px8; }
QProgressBar::chunk { background: $accent; border-radius: $px4; }

QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget#sheet { background: transparent; }
QScrollBar:vertical { background: transparent; width: $px12; margin: 0; }
QScrollBar::handle:vertical {
  background: $border; border-radius: $px3; min-height: $px32; margin: $px3;
}
QScrollBar:horizontal { background: transparent; height: $px12; margin: 0; }
QScrollBar::handle:horizontal {
  background: $border; border-radius: $px3; min-width: $px32; margin: $px3;
}
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: $hairline; }
QToolTip { background: $raised; color: $text; border: 1px solid $border; padding: $px6 $px8; }
QMenu { background: $raised; border: 1px solid $border; padding: $px4; }
QMenu::item { padding: $px6 $px20; border-radius: $px4; }
QMenu::item:selected { background: $accent_tint; color: $text; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $hairline; margin: $px4; }
"""
