"""Whether a folder lies on a network share, where SQLite's locks and syncs cannot be relied upon."""

from __future__ import annotations

import sys
from pathlib import Path

# what Linux calls file systems that live on another machine
_REMOTE = frozenset(
    {
        *(
            "nfs",
            "nfs4",
            "cifs",
            "smb",
            "smb3",
            "smbfs",
            "afs",
            "9p",
            "ncpfs",
            "coda",
            "gfs",
            "gfs2",
            "lustre",
        ),
        *("glusterfs", "ceph", "davfs", "afpfs", "webdav", "fuse.sshfs", "fuse.glusterfs", "fuse.s3fs"),
        *("fuse.rclone", "fuse.gvfsd-fuse", "fuse.davfs2"),
    }
)


def on_network_share(path: Path, mounts: Path = Path("/proc/mounts")) -> bool:
    """Whether `path` is on another machine's disk; False where this system does not say."""
    where = path.absolute()
    if sys.platform == "win32":
        return _windows_share(where)
    try:
        table = mounts.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return _kind_of(where, table) in _REMOTE


def _kind_of(where: Path, table: str) -> str:
    """Return the file system type of the deepest mount above `where`."""
    best, kind = -1, ""
    for line in table.splitlines():
        words = line.split(" ")
        if len(words) < 3:
            continue
        mount = Path(words[1].replace("\\040", " "))
        if len(mount.parts) >= best and (where == mount or mount in where.parents):
            best, kind = len(mount.parts), words[2]
    return kind


def _windows_share(where: Path) -> bool:
    if where.drive.startswith("\\\\"):
        return True
    if sys.platform == "win32":
        import ctypes

        remote_drive = 4  # DRIVE_REMOTE, GetDriveTypeW
        return ctypes.windll.kernel32.GetDriveTypeW(where.drive + "\\") == remote_drive
    return False
