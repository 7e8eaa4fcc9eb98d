"""A second start hands its file to the first window, which then comes to the front.

One socket per home (ROWPOST_HOME), open to this person alone. What a crashed program has left
behind answers nobody and is replaced.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE = 500  # milliseconds: a window that is alive answers at once
_LONGEST = 64 * 1024  # bytes of a message; a path is shorter
_TAKEN = b"taken\n"


def name_for(home: Path) -> str:
    """Return the name of the socket of a home; short, because some systems cut long ones."""
    return f"rowpost-{hashlib.sha256(str(home.absolute()).encode()).hexdigest()[:20]}"


def hand_over(name: str, file: str) -> bool:
    """Hand a file ('': none) to the window that is open already; False if there is none."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(_PATIENCE):
        return False
    socket.write(json.dumps({"open": file}).encode() + b"\n")
    socket.flush()
    while not socket.canReadLine():
        if not socket.waitForReadyRead(_PATIENCE):
            return False
    return socket.readLine().data() == _TAKEN


class FirstWindow(QObject):
    """Listens for second starts for as long as it lives; `came` is given their file, or ''."""

    def __init__(self, name: str, came: Callable[[str], None], parent: QObject) -> None:
        super().__init__(parent)
        self._came = came
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._connected)
        if not self._server.listen(name) and not hand_over(name, ""):
            QLocalServer.removeServer(name)  # left behind by a program that was killed
            self._server.listen(name)

    @property
    def listening(self) -> bool:
        """Whether second starts are heard."""
        return self._server.isListening()

    def close(self) -> None:
        """Listen no longer."""
        self._server.close()

    def _connected(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(lambda one=socket: self._read(one))
            socket.disconnected.connect(socket.deleteLater)
            self._read(socket)  # what came before anybody listened

    def _read(self, socket: QLocalSocket) -> None:
        if socket.canReadLine():
            file = _file_in(bytes(socket.readLine().data()))
            if file is not None:
                socket.write(_TAKEN)
                socket.flush()
                self._came(file)
        elif socket.bytesAvailable() > _LONGEST:
            socket.abort()


def _file_in(line: bytes) -> str | None:
    try:
        document = json.loads(line)
    except ValueError:
        return None
    file = document.get("open") if isinstance(document, dict) else None
    return file if isinstance(file, str) else None
