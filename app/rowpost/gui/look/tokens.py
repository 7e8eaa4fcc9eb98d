"""The colours of the window by name, for every appearance; plain values, no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Appearance(StrEnum):
    """What a person chose under Settings."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "high_contrast"


class Tone(StrEnum):
    """What a colour means, wherever it appears."""

    MUST_FIX = "must_fix"
    CHECK = "check"
    OK = "ok"
    INFO = "info"
    PRACTICE = "practice"
    TEST = "test"
    LIVE = "live"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Tokens:
    """One set of colours, each `#rrggbb`."""

    text: str
    base: str
    window: str
    raised: str
    muted: str
    accent: str
    on_accent: str
    accent_pressed: str
    accent_tint: str
    must_fix: str
    must_fix_tint: str
    check: str
    check_tint: str
    ok: str
    ok_tint: str
    practice: str
    practice_tint: str
    test: str
    test_tint: str
    border: str
    hairline: str
    hover: str
    dark: bool = False

    def mark(self, tone: Tone) -> str:
        """Return the colour of marks and words of that meaning."""
        return {
            Tone.MUST_FIX: self.must_fix,
            Tone.CHECK: self.check,
            Tone.OK: self.ok,
            Tone.INFO: self.accent,
            Tone.PRACTICE: self.practice,
            Tone.TEST: self.test,
            Tone.LIVE: self.must_fix,
            Tone.PLAIN: self.muted,
        }[tone]

    def tint(self, tone: Tone) -> str:
        """Return the quiet background on which `mark(tone)` is readable."""
        return {
            Tone.MUST_FIX: self.must_fix_tint,
            Tone.CHECK: self.check_tint,
            Tone.OK: self.ok_tint,
            Tone.INFO: self.accent_tint,
            Tone.PRACTICE: self.practice_tint,
            Tone.TEST: self.test_tint,
            Tone.LIVE: self.must_fix_tint,
            Tone.PLAIN: self.hover,
        }[tone]


LIGHT = Tokens(
    text="#1b1f24",
    base="#ffffff",
    window="#f5f6f8",
    raised="#ffffff",
    muted="#57606a",
    accent="#0b5cad",
    on_accent="#ffffff",
    accent_pressed="#084785",
    accent_tint="#e3eefa",
    must_fix="#b3261e",
    must_fix_tint="#fdecea",
    check="#8a5300",
    check_tint="#fff4e0",
    ok="#1a6b34",
    ok_tint="#e8f5ec",
    practice="#6b3fa0",
    practice_tint="#f2ebfa",
    test="#0a6363",
    test_tint="#e2f3f3",
    border="#848c96",
    hairline="#dde1e6",
    hover="#eceff3",
)

DARK = Tokens(
    text="#e6e9ed",
    base="#1e2227",
    window="#171a1e",
    raised="#252a31",
    muted="#a3adb8",
    accent="#6cb2ff",
    on_accent="#0d1620",
    accent_pressed="#9accff",
    accent_tint="#1b2f45",
    must_fix="#ff8a80",
    must_fix_tint="#3b1f1d",
    check="#ffc266",
    check_tint="#3a2c12",
    ok="#7bd88f",
    ok_tint="#18301f",
    practice="#cba6ff",
    practice_tint="#2c2340",
    test="#63d2d2",
    test_tint="#143232",
    border="#6e7781",
    hairline="#333a42",
    hover="#2a3038",
    dark=True,
)

CONTRAST = Tokens(
    text="#ffffff",
    base="#000000",
    window="#000000",
    raised="#000000",
    muted="#e8e8e8",
    accent="#7cc4ff",
    on_accent="#000000",
    accent_pressed="#ffffff",
    accent_tint="#002b55",
    must_fix="#ffa39b",
    must_fix_tint="#2a0300",
    check="#ffd27f",
    check_tint="#261a00",
    ok="#8ff0a4",
    ok_tint="#00210b",
    practice="#dcc2ff",
    practice_tint="#1d0b36",
    test="#7ff0f0",
    test_tint="#002626",
    border="#ffffff",
    hairline="#8a8a8a",
    hover="#1f1f1f",
    dark=True,
)


def tokens_for(appearance: Appearance, system_is_dark: bool, *, system_contrast: bool = False) -> Tokens:
    """Return the colours of an appearance; SYSTEM follows what the desktop says."""
    if appearance is Appearance.CONTRAST or (appearance is Appearance.SYSTEM and system_contrast):
        return CONTRAST
    if appearance is Appearance.SYSTEM:
        return DARK if system_is_dark else LIGHT
    return DARK if appearance is Appearance.DARK else LIGHT


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb` (WCAG 2.2, 1.4.3)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
