"""The pages: each a view over a frozen value made by a pure function in `views`."""
