"""Which target is meant, and whether it can be used."""

from __future__ import annotations

import ipaddress
import re
import uuid
from collections.abc import Mapping
from urllib.parse import urlsplit

from rowpost.model.targets import Environment, Target
from rowpost.model.trouble import Remedy, Trouble

PRACTICE = "practice"
CUSTOM = "custom"
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}", re.ASCII)
_NEEDED = ("api_url", "token_url", "organization_id", "client_id")


def refuse_name(name: str) -> None:
    """Raise Trouble unless this can be the name of a target in the settings and on the command line."""
    if not _NAME.fullmatch(name) or name in (PRACTICE, CUSTOM):
        raise Trouble("target.name_form", Remedy.FIX_SETTINGS, {"value": name})


def named(targets: Mapping[str, Target], name: str) -> Target:
    """Return the target of that name, ready to use. Trouble where there is none or it lacks something."""
    target = targets.get(name)
    if target is None:
        values = {"target": name, "targets": ", ".join((PRACTICE, *targets))}
        raise Trouble("target.unknown", Remedy.FIX_SETTINGS, values)
    return verified(target)


def at(api_url: str, token_url: str, organization_id: str, client_id: str) -> Target:
    """Return the target that four arguments describe. Trouble where one is missing or wrong."""
    target = Target(
        CUSTOM, environment_of(api_url), api_url.rstrip("/"), token_url, organization_id, client_id
    )
    return verified(target)


def verified(target: Target) -> Target:
    """Return the target if everything is there and nothing would travel unencrypted."""
    for name in _NEEDED:
        if not getattr(target, name):
            raise Trouble("target.incomplete", Remedy.FIX_SETTINGS, {"target": target.name, "missing": name})
    for url in (target.api_url, target.token_url):
        refuse_unsafe(url)
    try:
        uuid.UUID(target.organization_id)
    except ValueError:
        values = {"value": target.organization_id}
        raise Trouble("target.organization_form", Remedy.FIX_SETTINGS, values) from None
    return target


def refuse_unsafe(url: str) -> None:
    """Raise Trouble unless the address is https, or plain http on this machine itself."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or parts.scheme not in {"http", "https"} or parts.username is not None:
        raise Trouble("target.not_an_address", Remedy.FIX_SETTINGS, {"url": url})
    if parts.scheme == "http" and not is_loopback(host):
        raise Trouble("target.plain_http", Remedy.FIX_SETTINGS, {"url": url})


def is_loopback(host: str) -> bool:
    """Whether a host name is this machine itself, without asking any name server."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def environment_of(url: str) -> Environment:
    """How much in earnest an address is: loopback: practice, a staging host: staging, else production."""
    refuse_unsafe(url)
    host = urlsplit(url).hostname or ""
    if is_loopback(host):
        return Environment.PRACTICE
    return Environment.STAGING if "staging" in host.split(".") else Environment.PRODUCTION
