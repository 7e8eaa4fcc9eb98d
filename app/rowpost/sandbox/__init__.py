"""The practice server: the agency's API on the loopback address, with books of its own and scripted trouble.

It judges a request by the schemas alone and shares no code with what makes requests, so that two
equal mistakes cannot hide each other.
"""

from rowpost.sandbox.scenario import Scenario, parse_scenario, read_scenario
from rowpost.sandbox.server import PracticeServer, serve_forever

__all__ = ["PracticeServer", "Scenario", "parse_scenario", "read_scenario", "serve_forever"]
