"""Tables of a million rows: models that answer from arrays, and a delegate that paints them."""
