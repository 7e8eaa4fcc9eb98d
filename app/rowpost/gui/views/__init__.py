"""What the pages show, as frozen values made by pure functions; no Qt here."""
