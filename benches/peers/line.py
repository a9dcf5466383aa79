"""Carries bytes between a client and a server as a far line would: later, slower, at times stalled.

A packet that is lost on the way reaches the program only as a wait, as TCP sends it again after its
time-out; so a loss is carried as a stall of 200 ms, the least time-out of Linux.
"""
import collections
import os
import random
import socket
import subprocess
import tempfile
import threading
import time

STALL = 0.2
# What the line's slowest router holds before the sender has to wait: 32 KiB, a usual home router's.
HELD = 32 * 1024


class Line:
    """A port on loopback that leads to a program's input and output over a made line."""

    def __init__(self, command, delay=0.0, kbps=None, loss=0.0, seed=1):
        self.command, self.delay, self.kbps, self.loss = command, delay, kbps, loss
        self.chance = random.Random(seed)
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        self.open = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                near, _ = self.server.accept()
            except OSError:
                return
            far, there = socket.socketpair()
            subprocess.Popen(self.command, stdin=there, stdout=there, stderr=subprocess.DEVNULL)
            there.close()
            for one in (near, far):
                # Small buffers of the sockets, so that what waits is in the line and not beside it.
                one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                one.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
            near.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.open += [near, far]
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=(source, sink), daemon=True).start()

    def _carry(self, source, sink):
        """Carries one direction: read, hold for the delay, send at the rate."""
        way, ended = collections.deque(), threading.Event()
        room = threading.Condition()

        def read():
            while True:
                with room:
                    room.wait_for(lambda: sum(len(chunk) for _, chunk in way) < HELD)
                try:
                    chunk = source.recv(1400)
                except OSError:
                    chunk = b""
                with room:
                    way.append((time.monotonic() + self.delay, chunk))
                    room.notify_all()
                if not chunk:
                    return

        threading.Thread(target=read, daemon=True).start()
        free = 0.0
        while not ended.is_set():
            with room:
                room.wait_for(lambda: way)
                due, chunk = way[0]
            begin = max(due, free)
            if chunk and self.chance.random() < self.loss:
                begin += STALL
            free = begin + (len(chunk) * 8 / (self.kbps * 1000) if self.kbps else 0.0)
            time.sleep(max(0.0, free - time.monotonic()))
            try:
                sink.sendall(chunk) if chunk else sink.shutdown(socket.SHUT_WR)
            except OSError:
                ended.set()
            with room:
                way.popleft()
                room.notify_all()
            if not chunk:
                return

    def drop(self):
        """Cuts the line: both ends are told nothing but that it is gone."""
        self.server.close()
        for one in self.open:
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            one.close()


class Login:
    """Keys and settings of a login to this machine, over a line; the server runs for one login at a time."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        at = lambda name: os.path.join(self.folder.name, name)
        for name in ("host", "user"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", at(name)], check=True)
        with open(at("sshd_config"), "w", encoding="ascii") as file:
            file.write(f"HostKey {at('host')}\nAuthorizedKeysFile {at('user.pub')}\nStrictModes no\nUsePAM no\n"
                       "PermitRootLogin yes\nPasswordAuthentication no\nPrintMotd no\nPrintLastLog no\nPidFile none\n")
        self.server = ["/usr/sbin/sshd", "-i", "-f", at("sshd_config")]
        self.client = ["ssh", "-F", "none", "-i", at("user"), "-o", "IdentitiesOnly=yes", "-o", "IdentityAgent=none",
                       "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR"]

    def run(self, line, command):
        """Returns the command that logs in over the line and runs a command there on a terminal."""
        there = " ".join("'" + part.replace("'", "'\\''") + "'" for part in command)
        folder = self.folder.name
        homes = f"cd {folder}; export LC_ALL=C.UTF-8 XDG_STATE_HOME={folder}/state XDG_CONFIG_HOME={folder}/config;"
        return [*self.client, "-tt", "-p", str(line.port), "127.0.0.1", f"{homes} exec {there}"]


def lacking():
    """Says what a login to this machine lacks, or nothing."""
    if not os.access("/usr/sbin/sshd", os.X_OK):
        return "no sshd (Debian's openssh-server)"
    if os.geteuid() == 0:
        os.makedirs("/run/sshd", exist_ok=True)
    return None
