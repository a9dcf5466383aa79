"""Drives a program through a pseudo-terminal: the time to its first frame, the time and bytes of a key.

A frame is complete when nothing has come for QUIET seconds and no process of the program has used the
processor meanwhile; its time is that of its last byte, so the quiet itself is not counted.
"""
import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time

QUIET = 0.06
# What programs ask at their start, and what xterm would say.
ANSWERS = [(b"\x1b[c", b"\x1b[?62;22c"), (b"\x1b[>c", b"\x1b[>41;377;0c"), (b"\x1b[6n", b"\x1b[1;1R"),
           (b"\x1b[5n", b"\x1b[0n"), (b"\x1b]11;?\x07", b"\x1b]11;rgb:0000/0000/0000\x07")]


class Driven:
    """A program in a terminal of its own."""

    def __init__(self, command, size=(80, 24), folder=None, link_kbps=None, way=0.0):
        """`way` is how long (s) a byte is on its way to the program and back, for a far one."""
        self.link, self.way = link_kbps, way
        self.begun = time.monotonic()
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            if folder:
                os.chdir(folder)
            os.environ.update(TERM="xterm-256color", LC_ALL="C.UTF-8", COLUMNS="", LINES="")
            time.sleep(0.02)
            try:
                os.execvp(command[0], command)
            except OSError:
                os._exit(127)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        os.set_blocking(self.terminal, False)

    def family(self):
        """Returns the program's process and its descendants."""
        found, left = [], [self.pid]
        while left:
            process = left.pop()
            try:
                with open(f"/proc/{process}/task/{process}/children", encoding="ascii") as file:
                    left += [int(child) for child in file.read().split()]
                found.append(process)
            except OSError:
                pass
        return found

    def used(self):
        """Returns the processor time of the family, in ticks of the kernel."""
        ticks = 0
        for process in self.family():
            try:
                with open(f"/proc/{process}/stat", encoding="utf-8", errors="replace") as file:
                    fields = file.read().rsplit(")", 1)[1].split()
                ticks += int(fields[11]) + int(fields[12])
            except OSError:
                pass
        return ticks

    def running(self):
        """Says whether a thread of the family is running or waits for the disk."""
        for process in self.family():
            try:
                for thread in os.listdir(f"/proc/{process}/task"):
                    with open(f"/proc/{process}/task/{thread}/stat", encoding="utf-8", errors="replace") as file:
                        if file.read().rsplit(")", 1)[1].split()[0] in "RD":
                            return True
            except OSError:
                pass
        return False

    def memory(self):
        """Returns the sum of the family's peaks of memory, MiB."""
        peak = 0
        for process in self.family():
            try:
                with open(f"/proc/{process}/status", encoding="utf-8") as file:
                    peak += sum(int(line.split()[1]) for line in file if line.startswith("VmHWM"))
            except OSError:
                pass
        return peak / 1024

    def send(self, keys):
        """Types keys, as bytes."""
        os.write(self.terminal, keys)

    def read(self):
        """Reads what is there; returns the number of bytes, None at the end of the program."""
        try:
            got = os.read(self.terminal, 4096 if self.link is None else 256)
        except BlockingIOError:
            return 0
        except OSError:
            return None
        for question, answer in ANSWERS:
            if question in got:
                self.send(answer)
        if self.link:
            time.sleep(len(got) * 8 / (self.link * 1000))
        return len(got)

    def settle(self, quiet=QUIET, limit=60.0):
        """Waits for a whole frame; returns (time of the last byte or None, bytes)."""
        last, count = None, 0
        quiet += self.way
        begun = still = time.monotonic()
        while time.monotonic() - begun < limit:
            ready = select.select([self.terminal], [], [], 0.004)[0]
            got = self.read() if ready else 0
            now = time.monotonic()
            if got is None:
                break
            if got:
                last, count, still = now, count + got, now
            elif self.running():
                still = now
            elif now - still > quiet:
                break
        return last, count

    def first_frame(self, limit=60.0):
        """Returns the milliseconds to the first complete frame."""
        select.select([self.terminal], [], [], limit)
        last, _ = self.settle(0.4, limit)
        return None if last is None else (last - self.begun) * 1000 - 20

    def key(self, keys, limit=30.0):
        """Types one step; returns (milliseconds to the last byte of the answer, bytes)."""
        begun = time.monotonic()
        self.send(keys)
        last, count = self.settle(limit=limit)
        return (0.0 if last is None else (last - begun) * 1000, count)

    def keys(self, keys, times):
        """Types a step so often, each after the answer to the one before."""
        return [self.key(keys) for _ in range(times)]

    def held(self, key, rate, seconds):
        """Holds a key down; returns the milliseconds from its release to the last byte."""
        begun = time.monotonic()
        sent = 0
        while sent < rate * seconds:
            if time.monotonic() - begun >= sent / rate:
                self.send(key)
                sent += 1
            if select.select([self.terminal], [], [], 0.002)[0]:
                self.read()
        released = time.monotonic()
        last, _ = self.settle(0.3)
        return 0.0 if last is None else (last - released) * 1000

    def end(self):
        """Ends the program."""
        try:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        except (ProcessLookupError, ChildProcessError):
            pass
        os.close(self.terminal)
