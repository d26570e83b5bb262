"""One writer at a time, Whoosh's included: the lock is the one that Whoosh takes."""

import os
import sys
import time

from searchkit.errors import IndexLockedError, StoreError

_NAME = "MAIN_WRITELOCK"


class WriteLock:
    """A lock on an index folder; the operating system lets go of it when the process dies."""

    def __init__(self, directory: str, timeout_s: float) -> None:
        """Take the lock.

        Raises:
            IndexLockedError: somebody else kept it for the whole time.
        """
        self._descriptor = -1
        path = os.path.join(directory, _NAME)
        try:
            self._descriptor = os.open(path, os.O_CREAT | os.O_RDWR)
        except OSError as error:
            raise StoreError(f"{path}: {error.strerror}; check the folder's permissions") from None
        deadline = time.monotonic() + timeout_s
        while not _try_lock(self._descriptor):
            if time.monotonic() >= deadline:
                holder = os.read(self._descriptor, 100).decode("utf-8", "replace").strip() or "another program"
                self._close()
                if holder == _process():
                    raise IndexLockedError(f"{directory}: this program has a writer of this index open; close that")
                raise IndexLockedError(f"{directory}: {holder} is writing to this index; wait until it has finished")
            time.sleep(0.02)
        self._say(f"{_process()}\n")

    def release(self) -> None:
        """Let go."""
        self._say("")
        self._close()

    def __del__(self) -> None:
        """Let go when a writer that nobody closed is forgotten."""
        if self._descriptor >= 0:
            self._close()

    def _close(self) -> None:
        descriptor, self._descriptor = self._descriptor, -1
        os.close(descriptor)

    def _say(self, holder: str) -> None:
        """Leave word for those who wait; the lock does not need it."""
        try:
            os.ftruncate(self._descriptor, 0)
            os.write(self._descriptor, holder.encode())
        except OSError:
            pass


def _process() -> str:
    return f"process {os.getpid()}"


if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
