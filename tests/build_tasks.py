"""Tasks that go wrong, which a fresh process has soon."""

import errno
import os

from layers.build import pieces


def no_room(task):
    """Fail to write as on a full disk."""
    work, name = task
    with pieces.put(work.folder / name, work.aside) as path:
        path.write_text("half", encoding="utf-8")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))


def fell(_task):
    """End as a process that is killed."""
    os._exit(9)


def fell_once(path):
    """Likewise, but for the second time."""
    if path.exists():
        return "done"
    path.touch()
    return os._exit(9)
