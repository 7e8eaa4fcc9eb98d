"""Rowpost turns rows of an invoice spreadsheet into claims at a debt-collection agency."""

__version__ = "0.1.0"
