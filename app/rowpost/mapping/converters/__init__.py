"""From cells to values: one file per kind of field."""
