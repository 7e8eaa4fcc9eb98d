"""Plain values that travel between the rooms. Standard library only; everything is frozen."""
