"""Makes the pairs of texts that are measured: the same bytes for the same arguments, on any machine.

A corrected text is English-like prose in lines of 55 to 75 letters with a blank line between
paragraphs; the raw text beside it has misread letters, lost and added blanks, and now and then a
line that is missing, added, joined or split, as recognised pages have.
"""
import os
import random

WORDS = """the of and to a in that it was he for on is with as his at be by had not are but from or have
an they which one you were all her she there would their we him been has when who will no more if out so
up said what its about than into them can only other time new some could these two may first then do any
like my now over such our man me even most made after also did many off before must well back through
years much where your way down should because long each just state those people too how little good world
make very year still see work such life without place right great house under last old day same another
know while never against found might went came upon night half water part told paper court witness answer
question office city county river morning evening country nothing something every himself herself again
once away took hand eyes door room street father mother brother children woman women young between thought
always looked being whether number second third general president secretary committee government
department report subject agreement meeting Mr. Mrs. October Washington""".split()

OTHER_WORDS = """ager bonus civis dolor equus fama gloria hostis ignis iter locus mater nauta omnis pater
quies regnum salus templum urbs verbum annus bellum caelum deus ferrum genus honor imperium labor mare
nomen opus populus ratio sapientia tempus virtus vox arbor corpus domus finis gens humus iudex lex mons
navis orbis pax res silva terra unda via vulgus""".split()

# (right, misread): what engines confuse most.
MISREAD = [("rn", "m"), ("m", "rn"), ("l", "1"), ("I", "l"), ("O", "0"), ("e", "c"), ("h", "b"), ("cl", "d"),
           ("w", "vv"), ("ri", "n"), ("u", "n"), ("a", "o"), ("s", "5"), ("t", "f"), ("i", "j"), (",", "."),
           ("y", "v"), ("g", "q"), ("B", "8"), ("fi", "\ufb01")]


def prose(dice, lines, words=WORDS):
    """Returns so many lines of prose."""
    weights = [1 / (rank + 3) for rank in range(len(words))]
    made, left = [], dice.randint(4, 14)
    while len(made) < lines:
        if left == 0:
            made.append("")
            left = dice.randint(4, 14)
            continue
        width, parts = dice.randint(55, 72), []
        length = 0
        while length < width:
            parts += dice.choices(words, weights, k=1)
            if dice.random() < 0.07:
                parts[-1] += dice.choice(",.;")
            if dice.random() < 0.02:
                parts.append(str(dice.randint(1, 9999)))
            length += len(parts[-1]) + 1
        made.append(" ".join(parts))
        left -= 1
    return made


def misread(dice, line, errors):
    """Returns the line with so many places misread."""
    for _ in range(errors):
        at, what = dice.randrange(len(line) or 1), dice.random()
        if what < 0.7:
            choices = [pair for pair in MISREAD if pair[0] in line]
            if choices:
                right, wrong = dice.choice(choices)
                where = line.find(right, at)
                where = where if where >= 0 else line.find(right)
                line = line[:where] + wrong + line[where + len(right):]
        elif what < 0.8:
            line = line.replace(" ", "", 1) if at % 2 else line[:at] + " " + line[at:]
        elif what < 0.9:
            line = line[:at] + line[at + 1:]
        else:
            line = line[:at] + dice.choice(".,'`-~|*^") + line[at:]
    return line


def recognised(dice, lines, noisy, rate):
    """Returns the raw lines of an engine that read these."""
    raw, skip = [], False
    for number, line in enumerate(lines):
        if skip:
            skip = False
            continue
        if line and dice.random() < noisy:
            line = misread(dice, line, max(1, round(dice.gauss(rate * len(line), 1))))
        event = dice.random()
        if not line or event >= 0.008:
            raw.append(line)
        elif event < 0.002:
            pass
        elif event < 0.004:
            raw += ["~ . " + str(number), line]
        elif event < 0.006 and number + 1 < len(lines):
            raw.append(line + " " + lines[number + 1])
            skip = True
        else:
            raw += [line[: len(line) // 2], line[len(line) // 2:]]
    return raw


def pair(name):
    """Returns the raw and the corrected text of a set, by its name."""
    dice = random.Random(name)
    if name == "disjoint10k":
        return [text(prose(dice, 10_000)), text(prose(dice, 10_000, OTHER_WORDS))]
    if name == "oneline":
        parts = [line for line in prose(dice, 19_000) if line]
        raw = [misread(dice, part, 1) if dice.random() < 0.25 else part for part in parts]
        return [" ".join(raw) + "\n", " ".join(parts) + "\n"]
    lines = prose(dice, {"1k": 1_000, "10k": 10_000, "100k": 100_000, "1m": 1_000_000, "heavy10k": 10_000}[name])
    noisy, rate = (0.95, 0.07) if name == "heavy10k" else (0.3, 0.02)
    return [text(recognised(dice, lines, noisy, rate)), text(lines)]


def text(lines):
    """Returns lines as a text, each with its line end."""
    return "\n".join(lines) + "\n"


def write(name, folder):
    """Writes a set into a folder of its name, where it is not there already; returns both paths."""
    place = os.path.join(folder, name)
    paths = [os.path.join(place, "raw.txt"), os.path.join(place, "corrected.txt")]
    if not os.path.exists(paths[1]):
        os.makedirs(place, exist_ok=True)
        for path, content in zip(paths, pair(name)):
            with open(path, "w", encoding="utf-8", newline="") as file:
                file.write(content)
    return paths
