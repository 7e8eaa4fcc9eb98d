"""What is kept of a crash: types and places, no values, so that it can be sent to anybody."""

from __future__ import annotations

import platform
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

import rowpost
from rowpost.model.trouble import Trouble

OnCrash = Callable[[Path | None], None]
DEEPEST = 20  # causes of causes


def describe(surprise: BaseException) -> str:
    """Return the chain of exceptions as types and places. No message, no source line, no variable."""
    return "\n".join(line for one in _chain(surprise) for line in _lines(one))


def keep(surprise: BaseException, folder: Path) -> Path | None:
    """Write the description to a new file in `folder` and return its path; None if the disk refuses."""
    moment = datetime.now(UTC)
    path = folder / f"crash-{moment:%Y%m%d-%H%M%S-%f}.txt"
    versions = f"rowpost {rowpost.__version__}, Python {platform.python_version()}, {sys.platform}"
    text = f"{moment.isoformat()}\n{versions}\n{describe(surprise)}\n"
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path
    return None


def install(find_folder: Callable[[], Path], on_crash: OnCrash) -> None:
    """Catch what nobody caught, in any thread: keep it, then tell `on_crash` where the report is.

    Python's own words are not printed: they hold values. `find_folder` is asked only then;
    `on_crash` is called in the thread that crashed.
    """

    def caught(surprise: BaseException) -> None:
        if not isinstance(surprise, (KeyboardInterrupt, SystemExit)):
            on_crash(keep(surprise, find_folder()))

    def in_main(_: type[BaseException], surprise: BaseException, __: TracebackType | None) -> None:
        caught(surprise)

    def in_thread(arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            caught(arguments.exc_value)

    def in_finalizer(arguments: sys.UnraisableHookArgs) -> None:
        if arguments.exc_value is not None:
            caught(arguments.exc_value)

    sys.excepthook = in_main
    threading.excepthook = in_thread
    sys.unraisablehook = in_finalizer


def _chain(surprise: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = surprise
    for _ in range(DEEPEST):
        if seen is None:
            return
        yield seen
        seen = seen.__cause__ or seen.__context__


def _lines(one: BaseException) -> Iterator[str]:
    code = f" {one.code}" if isinstance(one, Trouble) else ""
    yield f"{type(one).__module__}.{type(one).__qualname__}{code}"
    for frame, line in traceback.walk_tb(one.__traceback__):
        yield f"  {_place(frame.f_code.co_filename)}:{line} {frame.f_code.co_name}"


def _place(file: str) -> str:
    """Shorten a path to what names the module: the path itself may hold the person's name."""
    return "/".join(Path(file).parts[-3:])
