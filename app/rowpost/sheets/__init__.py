"""A workbook in: opened safely in a child process, the table found, every cell exactly as stored."""

from rowpost.sheets.opening import open_workbook, preview
from rowpost.sheets.request import Limits

__all__ = ["Limits", "open_workbook", "preview"]
