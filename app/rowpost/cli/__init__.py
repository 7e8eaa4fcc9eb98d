"""The command line: one file a command, the same session and the same words as the window."""
