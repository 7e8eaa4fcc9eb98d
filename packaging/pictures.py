"""Makes the pictures of the README and the guide from the real window, on the practice server.

    python packaging/pictures.py [FOLDER]      (default: app/pictures)

Needs what the program needs, and no screen. Every page, light and dark, in English and Norwegian.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rowpost.gui.state import State

ROOT = Path(__file__).resolve().parent.parent
SIZE = (1280, 800)
LOOKS = (("en", "light"), ("nb", "dark"))


def main(folder: Path) -> int:
    """Walk the sample through the window once for every look, and take a picture of every page."""
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(QT_QPA_PLATFORM="offscreen", ROWPOST_HOME=home, PYTHONPATH=str(ROOT / "app"))
        sys.path[:0] = [str(ROOT), str(ROOT / "app")]
        folder.mkdir(parents=True, exist_ok=True)
        for path in take(folder):
            print(f"{path.name}  {path.stat().st_size // 1024} KiB")
    return 0


def take(folder: Path) -> Iterator[Path]:
    """Take the pictures; yields each file."""
    from tests.support.window import answer, let_settle, sweep, wait_for_state, wait_until, window_over

    from rowpost.gui.app import make_application
    from rowpost.gui.look.tokens import Appearance
    from rowpost.gui.state import Step
    from rowpost.gui.views.settings import Chosen
    from rowpost.wiring import open_session

    application = make_application(["rowpost"])
    for language, scheme in LOOKS:
        with open_session(language=language) as session, window_over(application, session) as workplace:
            workplace.window.resize(*SIZE)
            workplace.change_look(Chosen(language, Appearance(scheme), 100))
            sweep()

            def picture(name: str, look: str = f"{language}-{scheme}") -> Path:
                wait_until(lambda: workplace.page(workplace.store.state.step).complete())
                let_settle()
                path = folder / f"{name}-{look}.png"
                workplace.window.grab().save(str(path))
                return path

            yield picture("start")
            workplace.open_sample()
            wait_for_state(workplace, lambda state: state.opened is not None)
            yield picture("open")
            workplace.go(Step.MAP)
            yield picture("map")
            workplace.act("check")
            wait_for_state(workplace, lambda state: state.assessment is not None)
            yield picture("review")
            workplace.go(Step.SEND)
            yield picture("send")
            answer(lambda: workplace.act("confirm_send"), lambda question: question.yes.click())
            wait_for_state(workplace, lambda state: state.watch is not None and state.watch.received > 0)
            yield picture("sending")
            wait_for_state(workplace, lambda state: state.result is not None and bool(state.runs))
            yield picture("results")
            workplace.act(f"follow:{workplace.store.state.runs[0].run}")
            wait_for_state(workplace, lambda state: state.follow.follow is not None)
            workplace.act("follow_ask")
            wait_for_state(workplace, _has_been_asked)
            yield picture("followup")
            for step in (Step.HISTORY, Step.SETTINGS, Step.HELP):
                workplace.go(step)
                yield picture(step.value)


def _has_been_asked(state: State) -> bool:
    follow = state.follow.follow
    return not state.follow.asking and follow is not None and any(line.seen for line in follow.lines)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "app" / "pictures"))
