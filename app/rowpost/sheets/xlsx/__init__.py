"""The own reader for .xlsx and .xlsm: every cell exactly, or the file is refused by name."""
