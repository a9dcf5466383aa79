"""Runs a command to its end and says what it cost."""
import os
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
    while child.stdout.read(1 << 16):
        pass
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode in (137, -9):
        return None
    # The children of `timeout` are counted in with it; its own share is a millisecond.
    return Cost(time.monotonic() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def missing(programs):
    """Returns those of the programs that this machine does not have."""
    have = lambda name: any(os.access(os.path.join(at, name), os.X_OK) for at in os.environ["PATH"].split(":"))
    return [name for name in programs if not have(name)]
