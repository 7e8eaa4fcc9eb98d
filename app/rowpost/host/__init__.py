"""This machine: folders, settings, secrets, log, locks, clock and the packaged resources."""
