"""Finds which functions run at every start, in a collation, on the screen and on a log.

    python3 benches/layout.py [RECTO] > assets/layout.ld

build.rs has the linker put those functions side by side, so that the system maps little else with
them. Runs RECTO (target/release/recto) under valgrind's callgrind for each job. A function stands
in the list by its name without what differs from build to build: a name that matches nothing is
passed over, a function that no name matches stays where it was, so that an old list costs memory
and nothing else.
"""
import os
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "peers"))
import logs  # noqa: E402
import terminal  # noqa: E402
import texts  # noqa: E402

# What a generic name may bring along that did not run (bytes): more, and it is left out.
IDLE = 20_000
HEAD = """/*
 * What runs at every start, in a collation, on the screen and on a log, to be laid side by side.
 * Made by `python3 benches/layout.py > assets/layout.ld`; build.rs says why, and gives it to the linker.
 */
SECTIONS
{
  .text.first :
  {"""
TAIL = """  }
}
INSERT BEFORE .text;"""


def name(symbol):
    """Returns a pattern for a function: its name without the hashes of the build."""
    symbol = re.sub(r"\.llvm\.\d+$", "", symbol)
    symbol = re.sub(r"17h[0-9a-f]{16}E$", "17h*", symbol)
    plain = re.sub(r"Cs[0-9A-Za-z]{1,13}_(?=\d)", "Cs*_", symbol)
    # A dollar sign begins nothing in a name, but not every linker takes one there.
    return plain.replace("$", "?") + ("*" if plain.startswith("_R") else "")


def sizes(recto):
    """Returns the bytes of each function of the program."""
    lines = subprocess.run(["nm", "-S", recto], capture_output=True, text=True, check=True).stdout.splitlines()
    fields = (line.split() for line in lines)
    return {field[3]: int(field[1], 16) for field in fields if len(field) == 4 and field[2] in "tTwW"}


def ran(counts):
    """Returns the functions that callgrind counted instructions of."""
    with open(counts, encoding="utf-8", errors="replace") as file:
        return {line.rstrip("\n").split(" ", 1)[1].split("'")[0] for line in file if re.match(r"c?fn=\(\d+\) ", line)}


def commands(folder):
    """Names each job: the words of the command, and the keys that are typed to it if it is a screen."""
    pair = [f"{folder}/1k/raw.txt", f"{folder}/1k/corrected.txt"]
    return {
        "a collation": (["diff", "--count", f"{folder}/10k/raw.txt", f"{folder}/10k/corrected.txt"], None),
        "the screen": (["review", *pair], [b"j", b"k", b" ", b"n", b"a", b"n", b"r", b"u", b"N", b"q"]),
        "a log": (["verify", f"{folder}/log.recto.jsonl"], None),
        "a replay": (["replay", f"{folder}/log.recto.jsonl", "--text"], None),
        "error rates": (["stats", *pair], None),
    }


def functions(recto, words, keys, folder):
    """Runs one job and returns the functions that ran."""
    counts = f"{folder}/callgrind"
    command = ["valgrind", "--tool=callgrind", "--demangle=no", f"--callgrind-out-file={counts}", "-q", recto, *words]
    if keys is None:
        subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    else:
        driven = terminal.Driven(command, folder=folder)
        driven.first_frame()
        for key in keys:
            driven.key(key)
        driven.end()
    return ran(counts)


def main():
    recto = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "target/release/recto")
    bytes_of, listed = sizes(recto), set()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(XDG_STATE_HOME=f"{folder}/state", XDG_CONFIG_HOME=f"{folder}/config")
        for pair in ("1k", "10k"):
            texts.write(pair, folder)
        logs.write(f"{folder}/log.recto.jsonl", 2_000)
        jobs = {job: functions(recto, *how, folder) & bytes_of.keys() for job, how in commands(folder).items()}
    every = set.intersection(*jobs.values())
    warm = set.union(*jobs.values())
    idle = {}
    for symbol, count in bytes_of.items():
        idle[name(symbol)] = idle.get(name(symbol), 0) + (0 if symbol in warm else count)
    print(HEAD)
    for job, symbols in [("every start", every), *jobs.items()]:
        print(f"    /* {job} */")
        names = {pattern for pattern in map(name, symbols) if idle[pattern] <= IDLE} - listed
        listed |= names
        for pattern in sorted(names):
            print(f"    *(.text.{pattern})")
    print(TAIL)


if __name__ == "__main__":
    main()
