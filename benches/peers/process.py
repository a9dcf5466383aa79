"""Runs a command to its end and says what it cost."""
import os
import select
import subprocess
import time
from dataclasses import dataclass


@dataclass
class Cost:
    """What one run of a command took: seconds, and the peak of its memory in MiB."""

    wall: float
    cpu: float
    memory: float


def cost(command, timeout=120):
    """Runs a command, its output read and thrown away; returns its cost, or None after the timeout (s)."""
    begun = time.monotonic()
    child = subprocess.Popen(["timeout", "-s", "KILL", str(timeout), *command], stdin=subprocess.DEVNULL,
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    peak = 0.0
    while True:
        ready = select.select([child.stdout], [], [], 0.002)[0]
        peak = max(peak, resident(child.pid))
        if ready and not os.read(child.stdout.fileno(), 1 << 16):
            break
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode in (137, -9):
        return None
    # The children of `timeout` are counted in with it; its own share is a millisecond.
    return Cost(time.monotonic() - begun, used.ru_utime + used.ru_stime, peak)


def resident(timeout):
    """Returns the peak of memory so far (MiB) of what `timeout` runs.

    It is sampled: what wait4 gives counts a process's memory before its exec, which is ours.
    """
    try:
        with open(f"/proc/{timeout}/task/{timeout}/children", encoding="ascii") as file:
            children = file.read().split()
        with open(f"/proc/{children[0]}/status", encoding="utf-8") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("VmHWM")) / 1024
    except (OSError, IndexError, StopIteration):
        return 0.0


def missing(programs):
    """Returns those of the programs that this machine does not have."""
    have = lambda name: any(os.access(os.path.join(at, name), os.X_OK) for at in os.environ["PATH"].split(":"))
    return [name for name in programs if not have(name)]
