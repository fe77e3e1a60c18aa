"""For programs that work for a start: when that start is killed, so that nobody waits for them, they end too."""

import os
import threading


def end_with_parent():
    """The start holds the other end of stdin open for as long as it lives."""
    threading.Thread(target=_wait, daemon=True).start()


def _wait():
    # Not through sys.stdin: a thread that holds its lock makes Python abort when it ends.
    while os.read(0, 1):
        pass
    os._exit(1)
