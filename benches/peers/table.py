"""Measures recto beside the programs that people would use instead, and prints the table of targets.

Every figure is a ratio of two things measured in turn (A B A B ...) in this one run; absolute times
are printed only to say what was divided. Usage: table.py RECTO FOLDER [ROW ...]; PEERS_RUNS is how
often each pair is run (5).
"""
import hashlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import line
import logs
import process
import terminal
import texts

RUNS = int(os.environ.get("PEERS_RUNS", "5"))
# Absolute, as the programs are run in folders of their own.
RECTO, FOLDER = (os.path.abspath(path) for path in sys.argv[1:3])
SMALL, LARGE = (80, 24), (200, 60)
GIT = ["git", "diff", "--no-index", "--no-color"]
NEXT = {"recto": b"n", "vim": b"]c", "nvim": b"]c"}
PAGE = {"recto": b" ", "vim": b"\x06", "nvim": b"\x06"}
ACCEPT = {"recto": b"a", "vim": b"]cdo"}


def collate(paths):
    """The whole collation with its fixes, only the counts printed."""
    return [RECTO, "diff", "--count", *paths]


def review(paths, folder):
    """The screen, in a log of its own."""
    return [RECTO, "review", *paths, "--log", os.path.join(folder, f"bench-{os.getpid()}-{time.monotonic_ns()}.recto.jsonl"),
            "--reviewer", "bench"]


def editors(paths, folder):
    """The programs that show two texts side by side, by name."""
    return {"recto": lambda: review(paths, folder), "vim": lambda: ["vim", "--clean", "-n", "-d", *paths],
            "nvim": lambda: ["nvim", "--clean", "-n", "-d", *paths]}


class Table:
    """The rows as they are measured and printed."""

    def __init__(self):
        self.missed = 0

    def row(self, number, name, target, ratios, note="", fit=True):
        """Prints a row; a target is met by the median, and missed only where the run is fit to judge it."""
        ratios = [ratio for ratio in ratios if ratio is not None]
        if not ratios:
            print(f"{number:>4}  {name:<46} not measured: {note}", flush=True)
            return
        middle = statistics.median(ratios)
        verdict = "met" if middle <= target else "MISSED" if fit else "unfit"
        self.missed += verdict == "MISSED"
        print(f"{number:>4}  {name:<46} {target:>6.3f}  {min(ratios):>7.3f} {middle:>7.3f} {max(ratios):>7.3f}  "
              f"{verdict:<7} {note}", flush=True)


TABLE = Table()


def ratios(ours, theirs, figure, runs=RUNS):
    """Runs two commands in turn; returns the ratios of a figure and a note with the medians."""
    pairs = []
    for _ in range(runs):
        first, second = process.cost(ours), process.cost(theirs)
        if first and second:
            pairs.append((figure(first), figure(second)))
    if not pairs:
        return [], "took too long"
    note = "{:.3g} : {:.3g}".format(*(statistics.median(side) for side in zip(*pairs)))
    return [ours / max(theirs, 1e-6) for ours, theirs in pairs], note


def whole_collation():
    """Rows 1 to 3: processor time and memory of the whole collation."""
    cpu, memory = (lambda cost: cost.cpu), (lambda cost: cost.memory)
    sets = [("10k", 0.5, 1.0), ("100k", 0.5, 1.0), ("1m", 0.5, 1.0), ("heavy10k", 1.0, None), ("disjoint10k", 0.2, None),
            ("oneline", 0.5, None)]
    for name, time_target, memory_target in sets:
        paths = texts.write(name, FOLDER)
        theirs = [*GIT, "--word-diff-regex=.", *paths]
        runs = 2 if name == "1m" else RUNS
        number = 1 if memory_target else 3
        TABLE.row(number, f"whole collation, {name}, CPU s : git words", time_target, *ratios(collate(paths), theirs, cpu, runs))
        if memory_target:
            TABLE.row(2, f"the same, memory MiB", memory_target, *ratios(collate(paths), theirs, memory, runs))


def first_frame(command, folder, limit=90.0):
    """Milliseconds to the first complete frame, and the peak of memory then."""
    driven = terminal.Driven(command, SMALL, folder)
    shown = driven.first_frame(limit)
    memory = driven.memory()
    driven.end()
    return shown, memory


def frames():
    """Rows 4 to 6 and 19: the first frame and the memory while reviewing."""
    for number, name, target in [(4, "1k", 0.5), (5, "10k", 0.25)]:
        paths, pairs, memories = texts.write(name, FOLDER), [], []
        with tempfile.TemporaryDirectory() as folder:
            programs = editors(paths, folder)
            for _ in range(RUNS):
                ours, theirs = (first_frame(programs[who](), folder) for who in ("recto", "vim"))
                pairs.append((ours[0], theirs[0]))
                memories.append((ours[1], theirs[1]))
        TABLE.row(number, f"first frame, {name}, ms : vim -d", target, shares(pairs), middles(pairs))
        if name == "10k":
            TABLE.row(19, "memory while reviewing, 10k, MiB : vim -d", 1.0, shares(memories), middles(memories))
    for name, target in [("100k", 1.5), ("1m", 1.5)]:
        paths, pairs, memories = texts.write(name, FOLDER), [], []
        with tempfile.TemporaryDirectory() as folder:
            for _ in range(RUNS if name == "100k" else 2):
                ours = first_frame(review(paths, folder), folder)
                theirs = process.cost([*GIT, *paths])
                pairs.append((ours[0], theirs.wall * 1000))
                memories.append((ours[1], theirs.memory))
            if name == "100k":
                vim = first_frame(editors(paths, folder)["vim"](), folder)
                TABLE.row(19, "memory while reviewing, 100k, MiB : vim -d", 1.0, [memories[0][1] and memories[-1][0] / vim[1]],
                          f"{memories[-1][0]:.3g} : {vim[1]:.3g}")
        TABLE.row(6, f"first frame, {name}, ms : git diff", target, shares(pairs), middles(pairs))
        if name == "1m":
            TABLE.row(19, "memory while reviewing, 1m, MiB : git diff", 1.2, shares(memories), middles(memories))


def shares(pairs):
    """The ratios of pairs; a peer that did not answer gives none."""
    return [ours / theirs for ours, theirs in pairs if ours is not None and theirs]


def middles(pairs):
    """The medians of both sides, as a note."""
    pairs = [pair for pair in pairs if None not in pair]
    return "{:.3g} : {:.3g}".format(*(statistics.median(side) for side in zip(*pairs))) if pairs else "no answer in time"


def drive(command, size, folder, steps):
    """Opens a program and types the steps; returns its answers by step."""
    driven = terminal.Driven(command, size, folder)
    driven.first_frame()
    answers = {name: driven.keys(keys, times) for name, keys, times in steps}
    driven.end()
    return answers


# Answers each key with as many bytes as a scroll: what is left is the driver's and the machine's time.
ECHO = """import os, tty
tty.setraw(0)
os.write(1, b"ready")
while True:
    os.read(0, 4096)
    os.write(1, b"x" * 400)
"""


def quantile(answers, place, at=0):
    """The value of the answers at a place from 0 to 1: milliseconds (0) or bytes (1)."""
    values = sorted(answer[at] for answer in answers if answer[1])
    return values[min(len(values) - 1, int(place * len(values)))] if values else float("nan")


def steps(who, rows=24, times=60):
    """The steps of rows 7 to 9 and 12 to 15 for one program; filling brings the cursor to the last row."""
    return [("fill", b"j", rows), ("cursor", b"k", 5), ("down", b"j", 5), ("scroll", b"j", times), ("page", PAGE[who], times // 2),
            ("next", NEXT[who], times)]


def keys():
    """Rows 7 to 10, 12 to 15: what a key costs, in time and bytes."""
    with tempfile.TemporaryDirectory() as folder:
        own = {}
        for size in (SMALL, LARGE):
            programs = editors(texts.write("10k", FOLDER), folder)
            got = {who: [] for who in programs if not process.missing([who]) or who == "recto"}
            floor = []
            for _ in range(max(2, RUNS // 2)):
                for who in got:
                    got[who].append(drive(programs[who](), size, folder, steps(who, size[1])))
                floor += drive([sys.executable, "-c", ECHO], size, folder, [("echo", b"j", 150)])["echo"]
            own[size] = got
            if "nvim" not in got:
                TABLE.row(7, "time of a key : nvim -d", 1.0, [], "no nvim")
                continue
            label = "{}x{}".format(*size)
            for step in ("scroll", "page", "next"):
                for number, target, place in [(7, 1.0, 0.5), (9, 1.5, 0.99)]:
                    pairs = [(quantile(a[step], place), quantile(b[step], place)) for a, b in zip(got["recto"], got["nvim"])]
                    bare = quantile(floor, place)
                    fit = place == 0.5 or bare < statistics.median(theirs for _, theirs in pairs)
                    TABLE.row(number, f"{step}, {label}, p{place * 100:.0f} ms : nvim -d", target, shares(pairs),
                              f"{middles(pairs)}, an echo {bare:.2g}", fit)
            bytes_of_keys(got, label)
        flat(folder)
        accept(folder)


def bytes_of_keys(got, label):
    """Rows 12 to 15, in the sizes of one run."""
    count = lambda who, step: quantile(got[who][0][step], 0.5, 1)
    rows = [(12, "cursor", "vim", "cursor", 2.0), (13, "scroll", "nvim", "scroll", 1.0), (14, "page", "nvim", "page", 1.0),
            (14, "next", "nvim", "next", 1.0)]
    for number, step, who, theirs, target in rows:
        ours, other = count("recto", step), count(who, theirs)
        TABLE.row(number, f"{step}, {label}, bytes : {who} -d", target, [ours / other], f"{ours:.0f} : {other:.0f}")


def flat(folder):
    """Row 8: the same keys at other lengths of the text."""
    got = {}
    for _ in range(max(2, RUNS // 2)):
        for name in ("10k", "100k", "1m"):
            command = review(texts.write(name, FOLDER), folder)
            got.setdefault(name, []).append(drive(command, SMALL, folder, steps("recto")))
    for name, target in [("100k", 1.25), ("1m", 1.5)]:
        for step in ("scroll", "page", "next"):
            pairs = [(quantile(a[step], 0.5), quantile(b[step], 0.5)) for a, b in zip(got[name], got["10k"])]
            TABLE.row(8, f"{step}, own {name} : own 10k, p50 ms", target, shares(pairs), middles(pairs))


def accept(folder):
    """Rows 10, 11 and 15: accept and go on."""
    for name, target, times in [("1k", 1.0, 40), ("10k", 0.05, 40), ("100k", 0.002, 3)]:
        paths = texts.write(name, FOLDER)
        programs, got = editors(paths, folder), {}
        for who in ("recto", "vim"):
            got[who] = drive(programs[who](), SMALL, folder, [("accept", ACCEPT[who], 40 if who == "recto" else times)])["accept"]
        pair = [quantile(got[who], 0.5) for who in ("recto", "vim")]
        TABLE.row(10, f"accept and go on, {name}, p50 ms : vim ]cdo", target, [pair[0] / pair[1]], "{:.3g} : {:.3g}".format(*pair))
        if name == "10k":
            durable(paths, folder)
            cursor = drive(programs["vim"](), SMALL, folder, [("fill", b"j", 5), ("cursor", b"k", 5)])["cursor"]
            ours, theirs = sorted(answer[1] for answer in got["recto"])[2], quantile(cursor, 0.5, 1)
            TABLE.row(15, "accept without scroll, bytes : vim's cursor", 6.0, [ours / theirs], f"{ours:.0f} : {theirs:.0f}")


# At the pace of the keys, as a disk that is never left alone answers sooner.
BARE = """import os, sys, time
with open(sys.argv[1], "ab", buffering=0) as file:
    for _ in range(40):
        time.sleep(0.064)
        file.write(b"x" * 400)
        os.fdatasync(file.fileno())
"""


def durable(paths, folder):
    """Row 11: from the write of a record to the end of its sync, as strace sees both programs do it."""
    if process.missing(["strace"]):
        TABLE.row(11, "append and sync of a record : bare loop", 1.25, [], "no strace")
        return
    pairs = []
    for run in range(max(2, RUNS // 2)):
        ours, bare = (os.path.join(folder, f"{name}{run}.trace") for name in ("ours", "bare"))
        traced = lambda trace: ["strace", "-f", "-y", "-ttt", "-T", "-e", "trace=write,fdatasync", "-o", trace]
        drive([*traced(ours), *review(paths, folder)], SMALL, folder, [("accept", ACCEPT["recto"], 40)])
        subprocess.run([*traced(bare), sys.executable, "-c", BARE, os.path.join(folder, "bare.jsonl")], check=True)
        pairs.append([statistics.median(sync_times(trace)) for trace in (ours, bare)])
    TABLE.row(11, "append and sync of a record : bare loop", 1.25, shares(pairs), f"{middles(pairs)} ms, both under strace")


def sync_times(trace):
    """Milliseconds from the start of a write to a log to the end of the sync after it."""
    took, begun, where = [], {}, {}
    with open(trace, encoding="utf-8", errors="replace") as file:
        for line in file:
            process_, at, call = line.split(None, 2)
            if call.startswith(("write(", "fdatasync(")):
                # strace keeps the name under which a new log was made.
                where[process_] = ".jsonl" in call
            if not where.get(process_):
                continue
            if call.startswith("write("):
                begun[process_] = float(at)
            ended = call.rstrip().endswith(">") and "<unfinished" not in call
            if "fdatasync" in call and ended and process_ in begun:
                lasted = float(call.rstrip()[:-1].rsplit("<", 1)[1])
                # A call that strace tells of in two lines has its own start on the first of them.
                start = where.pop(process_ + "/start", float(at))
                took.append((start + lasted - begun.pop(process_)) * 1000)
            elif call.startswith("fdatasync("):
                where[process_ + "/start"] = float(at)
    return took


def bursts():
    """Rows 16 to 18: a hundred keys at once, a key held over a slow line, and rest."""
    paths = texts.write("10k", FOLDER)
    with tempfile.TemporaryDirectory() as folder:
        programs = editors(paths, folder)
        times, counts = [], []
        for _ in range(RUNS):
            both = {}
            for who in ("recto", "nvim"):
                if who == "nvim" and process.missing(["nvim"]):
                    continue
                driven = terminal.Driven(programs[who](), SMALL, folder)
                driven.first_frame()
                both[who] = driven.key(b"j" * 100)
                driven.end()
            if len(both) == 2:
                times.append((both["recto"][0], both["nvim"][0]))
                counts.append((both["recto"][1], both["nvim"][1]))
        for what, pairs in [("ms", times), ("bytes", counts)]:
            TABLE.row(16, f"100 keys at once, {what} : nvim -d", 1.0, shares(pairs), middles(pairs) if pairs else "no nvim")
        lags = []
        for _ in range(2):
            both = []
            for who in ("recto", "vim"):
                driven = terminal.Driven(programs[who](), SMALL, folder, link_kbps=256)
                driven.first_frame()
                both.append(driven.held(b"j", 30, 2))
                driven.end()
            lags.append(both)
        TABLE.row(17, "held j, 256 kbit/s, lag ms : vim -d", 0.1, shares(lags), middles(lags))
        rest(programs["recto"](), folder)


def login():
    """Row 17 by a true login: `ssh` to an `sshd` of our own, over a line that is slow, far or loses packets."""
    why = line.lacking() or "".join(process.missing(["ssh"]))
    if why:
        TABLE.row(17, "held j over ssh", 1.0, [], why)
        return
    paths, there = texts.write("10k", FOLDER), line.Login()
    folder = there.folder.name
    kinds = [("256 kbit/s", {}), ("and 50 ms each way", {"delay": 0.05}), ("and 2% lost", {"delay": 0.05, "loss": 0.02})]
    for name, kind in kinds:
        lags = []
        for _ in range(2):
            both = []
            for who in ("recto", "vim"):
                far = line.Line(there.server, kbps=256, **kind)
                way = 2 * kind.get("delay", 0.0)
                driven = terminal.Driven(there.run(far, editors(paths, folder)[who]()), SMALL, folder, way=way)
                driven.first_frame()
                both.append(driven.held(b"j", 30, 2) - way * 1000)
                driven.end()
                far.drop()
            lags.append(both)
        note = f"{middles(lags)} of vim -d, less the way there and back"
        TABLE.row(17, f"held j over ssh, {name}, lag : 100 ms", 1.0, [ours / 100 for ours, _ in lags], note)


def rest(command, folder):
    """Row 18: three seconds without a key."""
    driven = terminal.Driven(command, SMALL, folder)
    driven.first_frame()
    time.sleep(1)
    driven.settle()
    before = driven.used()
    _, count = driven.settle(quiet=3.0, limit=3.0)
    ticks = driven.used() - before
    driven.end()
    TABLE.row(18, "at rest for 3 s, bytes and ticks of 10 ms : 0", 0.0, [float(count + ticks)], f"{count} bytes, {ticks} ticks")


def rates():
    """Row 20: the exact error rate of 10,000 lines."""
    raw, corrected = texts.write("10k", FOLDER)
    rapid = ("import sys; from rapidfuzz.distance import Levenshtein as L; a, b = (open(p, encoding='utf-8', newline='').read() for p in sys.argv[1:]);"
             "print(L.distance(a, b, score_hint=20000))")
    python = sys.executable
    if subprocess.run([python, "-c", "import rapidfuzz"], stderr=subprocess.DEVNULL, check=False).returncode:
        TABLE.row(20, "CER of 10k : rapidfuzz with a hint", 0.1, [], "no rapidfuzz for this python")
        return
    start = process.cost([python, "-c", "import rapidfuzz.distance"]).cpu
    ours, note = ratios([RECTO, "stats", "--json", raw, corrected], [python, "-c", rapid, raw, corrected], lambda cost: cost.cpu)
    TABLE.row(20, "stats of 10k, CPU s : rapidfuzz with a hint", 0.1, ours, f"{note}, python's start of {start:.2g} s included")


def hashing():
    """Row 21: what a byte of the sources costs to hash, in our own bench and in sha256sum of long files."""
    bench = ["cargo", "bench", "--quiet", "--locked", "--bench", "jobs", "--", "hash_sources"]
    paths, pairs = texts.write("1m", FOLDER), []
    length = sum(os.path.getsize(path) for path in paths)
    for _ in range(RUNS):
        printed = subprocess.run(bench, capture_output=True, text=True, check=False).stdout
        # Columns are fastest, slowest, median, mean; the line after the times has the speeds.
        speeds = [line.split("│") for line in printed.splitlines() if "B/s" in line]
        if not speeds:
            return TABLE.row(21, "hashing both sources : sha256sum", 0.5, [], "the bench did not run")
        number, unit = speeds[0][-4].split()[:2]
        ours = float(number) * {"MB/s": 1e6, "GB/s": 1e9}[unit]
        pairs.append((1e9 / ours, 1e9 * process.cost(["sha256sum", *paths]).cpu / length))
    return TABLE.row(21, "hashing both sources, ns a byte : sha256sum", 0.5, shares(pairs), middles(pairs))


def records():
    """Row 22: verifying and replaying a log of a million records."""
    log = os.path.join(FOLDER, "million.recto.jsonl")
    if not os.path.exists(log):
        logs.write(log, int(os.environ.get("PEERS_RECORDS", "1000000")))
    TABLE.row(22, "verify a million records, CPU s : sha256sum", 6.0,
              *ratios([RECTO, "verify", log], ["sha256sum", log], lambda cost: cost.cpu, max(2, RUNS // 2)))
    TABLE.row(22, "replay a million records, wall s : 3 s", 1.0,
              [process.cost([RECTO, "replay", log, "--text"]).wall / 3 for _ in range(2)])


JOBS = {"collation": whole_collation, "frames": frames, "keys": keys, "bursts": bursts, "login": login, "rates": rates, "hashing": hashing, "records": records}

if __name__ == "__main__":
    lacking = process.missing(["git", "vim", "nvim", "sha256sum"])
    print(f"peers missing here: {', '.join(lacking) or 'none'}; {RUNS} runs of each pair")
    print(f"{'row':>4}  {'what':<46} {'target':>6}  {'min':>7} {'median':>7} {'max':>7}  verdict ours : theirs")
    for job in sys.argv[3:] or JOBS:
        JOBS[job]()
    print(f"{TABLE.missed} rows missed")
