"""Runs a command with a terminal of its own and prints what it showed there, one state of a redrawn line after the other.

    read_terminal.py COMMAND ARGUMENTS...
"""

import os
import pty
import sys

pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
shown = b""
while True:
    try:
        piece = os.read(terminal, 1 << 16)
    except OSError:  # how Linux ends a terminal
        break
    if not piece:
        break
    shown += piece
code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
sys.stdout.write(shown.decode(errors="replace").replace("\r\033[K", "\n").replace("\r", ""))
sys.exit(code)
