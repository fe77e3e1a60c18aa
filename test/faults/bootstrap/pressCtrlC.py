"""Runs a program in a terminal of its own, presses Ctrl-C once it has printed "ready", and prints what it wrote and its exit code."""

import os
import pty
import sys

pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
written = b""
pressed = False
while True:
    try:
        part = os.read(terminal, 4096)
    except OSError:
        break
    if not part:
        break
    written += part
    if not pressed and b"ready" in written:
        os.write(terminal, b"\x03")
        pressed = True
_, status = os.waitpid(pid, 0)
print(written.decode())
code = os.waitstatus_to_exitcode(status)
# A program that a signal ended has the code that a shell would give it.
print("exit code", code if code >= 0 else 128 - code)
