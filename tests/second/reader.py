"""A second reader of recto's edit logs, from the description of the format alone: the standard library, no
line of the program's. It checks chain, records and established texts; not signatures, anchors or lists of
signers.

    python3 reader.py LOG...

prints a line of JSON for each log: its exit code as `recto verify` has it without anchors and signers, how
many records are whole, the last one's hash, and for a good log the SHA-256 of the established text after
each record.
"""
import hashlib
import json
import os
import re
import sys

ENDING = re.compile(rb',"hash":"([0-9a-f]{64})"\}\Z')
NUMBER = re.compile(r"-?(0|[1-9][0-9]*)")
TIME = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)\.\d{3}Z", re.A)
HEX = re.compile(r"[0-9a-f]+")
LINE_LIMIT = 64 << 20


class Bad(Exception):
    """An error of the log."""


class Newer(Exception):
    """What only a newer reader can read."""


class Strict:
    """Reads JSON as a log has it: no white space, whole numbers, keys once, 64 levels, whole surrogates."""

    def __init__(self, text):
        self.text, self.at, self.depth = text, 0, 0

    def whole(self):
        value = self.value()
        if self.at != len(self.text):
            raise Bad("something follows")
        return value

    def peek(self):
        return self.text[self.at:self.at + 1]

    def take(self, token):
        if not self.text.startswith(token, self.at):
            raise Bad(f"no {token} at {self.at}")
        self.at += len(token)

    def value(self):
        start = self.peek()
        if start == "{":
            return self.several("{", "}", {}, self.member)
        if start == "[":
            return self.several("[", "]", [], lambda values: values.append(self.value()))
        if start == '"':
            return self.string()
        for word, value in (("null", None), ("true", True), ("false", False)):
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return value
        number = NUMBER.match(self.text, self.at)
        if not number or abs(int(number.group())) >= 2 ** 53:
            raise Bad("no value")
        self.at = number.end()
        if self.peek() in tuple("0123456789.eE"):
            raise Bad("no whole number")
        return int(number.group())

    def several(self, opening, closing, values, one):
        self.take(opening)
        self.depth += 1
        if self.depth > 64:
            raise Bad("too deep")
        if self.peek() != closing:
            one(values)
            while self.peek() == ",":
                self.take(",")
                one(values)
        self.take(closing)
        self.depth -= 1
        return values

    def member(self, values):
        key = self.string()
        if key in values:
            raise Bad("a key twice")
        self.take(":")
        values[key] = self.value()

    def string(self):
        self.take('"')
        start = self.at
        while (letter := self.peek()) != '"':
            if letter == "" or ord(letter) < 0x20:
                raise Bad("a bare control character or no end")
            self.at += 2 if letter == "\\" else 1
        self.at += 1
        try:
            text = json.loads(self.text[start - 1:self.at])
            text.encode()
        except ValueError as error:
            raise Bad(error) from error
        return text


def strict(text):
    """Reads the one object of a line."""
    if not isinstance(value := Strict(text).whole(), dict):
        raise Bad("no object")
    return value


def member(record, name, kinds, default=None, optional=False):
    if name not in record:
        if optional:
            return default
        raise Bad(f"{name} is missing")
    value = record[name]
    if not isinstance(value, kinds) or isinstance(value, bool) and kinds is not bool:
        raise Bad(f"{name} is of another type")
    return value


def count(record, name, **more):
    value = member(record, name, int, **more)
    if value is not None and value < 0:
        raise Bad(f"{name} is below 0")
    return value


def word(record, name, *words):
    if member(record, name, str) not in words:
        raise Bad(f"{name} holds an unknown word")
    return record[name]


def digits(record, name, length):
    text = member(record, name, str)
    if len(text) != length or not HEX.fullmatch(text):
        raise Bad(f"{name} is no hash")
    return text


def overlaps(one, other):
    (s1, e1, n1), (s2, e2, n2) = one, other
    if max(s1, s2) < min(e1, e2):
        return True
    if s1 == e1 and s2 == e2:
        return s1 == s2 and n1 == n2
    if s1 == e1:
        return s2 < s1 < e2
    if s2 == e2:
        return s1 < s2 < e1
    return False


class Log:
    """Takes in records one by one."""

    def __init__(self, beside):
        self.beside = beside
        self.header = self.base = None
        self.gathering = {}
        self.acts = {}
        self.seq = 0
        self.unchecked = False
        self.kinds = {
            "session": self.session, "decided": self.decided, "adjudicated": self.adjudicated,
            "undone": lambda record: self.turned(record, True), "redone": lambda record: self.turned(record, False),
            "noted": self.noted, "signed_off": self.signed_off, "proposals": self.proposals,
            "seen": self.head, "sealed": self.sealed, "recovered": self.recovered,
        }

    def take(self, record):
        self.seq = record["seq"]
        if record["v"] != 1:
            raise Newer("version")
        if not TIME.fullmatch(member(record, "time", str)):
            raise Bad("time")
        kind = member(record, "kind", str)
        if self.header is None:
            if kind != "opened":
                raise Newer(kind) if kind not in self.kinds and kind != "source" and record.get("optional") is not True else Bad("not opened")
            return self.opened(record)
        if kind == "opened":
            raise Bad("opened twice")
        if kind == "source":
            return self.source(record)
        known = self.kinds.get(kind)
        if known is None and record.get("optional") is not True:
            raise Newer(kind)
        self.texts_end()
        if known:
            known(record)
        return None

    # The texts.
    def opened(self, record):
        digits(record, "log", 32)
        for name in ("app", "reviewer", "document"):
            member(record, name, str)
        if "page_break" not in record or "transcript" not in record:
            raise Bad("a member is missing")
        if record["page_break"] is not None:
            page_break = member(record, "page_break", dict)
            member(page_break, "pattern", str)
            word(page_break, "at", "end", "begin")
        if "continues" in record:
            self.head(member(record, "continues", dict))
        self.header = record
        self.gather(base=self.described(record, "base"))
        if record["transcript"] is not None:
            self.gathering["transcript"] = (self.described(record, "transcript"), [])
        needs = member(record, "needs", list)
        if not all(isinstance(need, str) for need in needs):
            raise Bad("needs")
        if needs:
            raise Newer(needs[0])

    def gather(self, **texts):
        self.gathering = {name: (described, []) for name, described in texts.items()}

    @staticmethod
    def described(record, name):
        described = member(record, name, dict)
        for text in ("name", "format"):
            member(described, text, str)
        member(described, "encoding", str, optional=True)
        for name in ("file_sha256", "sha256"):
            digits(described, name, 64)
        count(described, "bytes")
        return described

    def source(self, record):
        side = word(record, "of", "base", "transcript")
        text = member(record, "text", str).encode()
        if side not in self.gathering or len(text) > 65_536:
            raise Bad("a source out of place or too long")
        described, pieces = self.gathering[side]
        end = sum(map(len, pieces))
        if count(record, "start") != end or end + len(text) > described["bytes"]:
            raise Bad("a source does not go on")
        pieces.append(text)

    def texts_end(self):
        """Ends the run of sources: all texts of it, or none."""
        gathered, self.gathering = self.gathering, {}
        begun = any(pieces for _, pieces in gathered.values())
        for side, (described, pieces) in gathered.items():
            text = b"".join(pieces)
            if begun or not described["bytes"]:
                if len(text) != described["bytes"] or hashlib.sha256(text).hexdigest() != described["sha256"]:
                    raise Bad("the sources are not the text")
            elif side == "base":
                text = self.look_beside(described)
                self.unchecked = text is None
            if side == "base":
                self.base = text

    def look_beside(self, described):
        path = os.path.join(self.beside, os.path.basename(described["name"]))
        if os.path.isfile(path):
            with open(path, "rb") as file:
                text = file.read()
            if hashlib.sha256(text).hexdigest() == described["sha256"]:
                return text
        return None

    # The records.
    @staticmethod
    def session(record):
        for name in ("app", "reviewer"):
            member(record, name, str)
        word(record, "by", "screen", "plain", "command")
        member(record, "blind", bool)
        for scan in member(record, "scans", list):
            if not isinstance(scan, dict):
                raise Bad("scans")
            member(scan, "name", str)
            digits(scan, "sha256", 64)
        member(record, "login_key", str, optional=True)

    def span(self, record):
        at = member(record, "at", list)
        if len(at) != 2 or not all(type(byte) is int and byte >= 0 for byte in at) or at[0] > at[1]:
            raise Bad("at")
        if self.base is not None:
            on_border = [byte <= len(self.base) and (self.base[byte:byte + 1] or b" ")[0] & 0xC0 != 0x80 for byte in at]
            if not all(on_border):
                raise Bad("at is no span of the base")
        return at

    def over_base(self, record):
        start, end = self.span(record)
        if self.base is not None and self.base[start:end] != member(record, "base", str).encode():
            raise Bad("the base has other bytes")
        return start, end, member(record, "base", str)

    def decided(self, record):
        verdict = word(record, "verdict", "accept", "reject", "edit", "reopen")
        word(record, "scope", "fix", "word", "line", "range", "page", "alike", "all")
        count(record, "offered", optional=True)
        act = count(record, "act", optional=True, default=self.seq)
        sites = []
        for site in member(record, "sites", list):
            if not isinstance(site, dict):
                raise Bad("sites")
            start, end, base = self.over_base(site)
            n = count(site, "n", optional=True, default=0)
            count(site, "line", optional=True)
            for name in ("page", "proposed", "reading", "from"):
                member(site, name, str, optional=True)
            reading = site.get("reading")
            right = {"accept": reading is not None and reading == site.get("proposed"), "reject": reading == base,
                     "edit": reading is not None, "reopen": reading is None}
            place = (start, end, n)
            if n >= 2 ** 32 or n and start != end or not right[verdict]:
                raise Bad("a site does not fit")
            if sites and (sites[-1][0] >= place or overlaps(sites[-1][0], place)):
                raise Bad("sites do not ascend or overlap")
            sites.append((place, reading))
        if act != self.seq:
            # A later part: of the act before it, which is in force and says the same.
            last = max(self.acts, default=None)
            if last != act or not self.acts[act]["live"] or self.acts[act].get("verdict") != verdict:
                raise Bad("no first part")
            self.acts[act]["sites"].append(sites)
        else:
            self.acts[self.seq] = {"live": True, "verdict": verdict, "sites": [sites]}

    def adjudicated(self, record):
        for over in member(record, "over", list):
            if not isinstance(over, dict):
                raise Bad("over")
            digits(over, "log", 32)
            count(over, "seq")
            digits(over, "hash", 64)
        self.decided(record)

    def turned(self, record, undo):
        act = self.acts.get(count(record, "of"))
        if self.unchecked:
            return
        if act is None or act["live"] != undo:
            raise Bad("nothing to undo or redo")
        act["live"] = not undo

    def noted(self, record):
        self.over_base(record)
        member(record, "page", str, optional=True)
        count(record, "line", optional=True)
        word(record, "mark", "note", "doubtful", "illegible", "sic", "checked")
        member(record, "note", str)
        self.acts[self.seq] = {"live": True, "sites": []}

    def signed_off(self, record):
        word(record, "scope", "page", "document")
        member(record, "page", str, optional=True)
        word(record, "read", "fixes", "all")
        count(record, "open")
        self.span(record)
        self.names_text(record)
        self.acts[self.seq] = {"live": True, "sites": []}

    def names_text(self, record):
        if digits(record, "established", 64) != (self.established() or record["established"]):
            raise Bad("another established text")

    def proposals(self, record):
        self.gather(transcript=self.described(record, "transcript"))

    @staticmethod
    def head(record):
        digits(record, "log", 32)
        count(record, "size")
        digits(record, "head", 64)

    def sealed(self, record):
        for name in ("namespace", "public_key", "signature"):
            member(record, name, str)
        if count(record, "size") != self.seq:
            raise Bad("a seal of another size")
        self.names_text(record)

    @staticmethod
    def recovered(record):
        count(record, "at")
        count(record, "cut")
        digits(record, "sha256", 64)

    def established(self):
        """The SHA-256 of the text as it stands; none without a base."""
        if self.base is None:
            return None
        standing = {}
        for act in self.acts.values():
            for place, reading in (site for sites in act["sites"] for site in sites if act["live"]):
                for other in [other for other in standing if overlaps(other, place)]:
                    del standing[other]
                if reading is not None:
                    standing[place] = reading.encode()
        text, at = [], 0
        for (start, end, _), reading in sorted(standing.items()):
            text += [self.base[at:start], reading]
            at = end
        return hashlib.sha256(b"".join(text + [self.base[at:]])).hexdigest()


def hashed(line):
    """The hash that a line ends in, if it is that of the bytes before."""
    ending = ENDING.search(line[-75:]) if len(line) >= 75 else None
    right = ending and hashlib.sha256(line[:-75]).hexdigest().encode() == ending.group(1)
    return ending.group(1).decode() if right else None


def envelope(line, seq, prev):
    """The record of a line that is the next of its chain."""
    own = hashed(line)
    if own is None or len(line) > LINE_LIMIT:
        raise Bad("hash")
    try:
        text = line.decode()
    except UnicodeDecodeError as error:
        raise Bad("not UTF-8") from error
    try:
        record = strict(text)
    except Bad:
        # Another version may have other rules; the chain's members stay.
        try:
            record = json.loads(text)
        except (ValueError, RecursionError):
            record = {}
        if not isinstance(record, dict) or type(record.get("v")) is not int or record["v"] == 1:
            raise
    if type(record.get("v")) is not int or type(record.get("seq")) is not int or record["seq"] != seq or record.get("prev") != prev:
        raise Bad("not the next record")
    return record, own


def whole_at_start(rest):
    """Where a record ends that stands whole at the start of these bytes."""
    for ending in re.finditer(rb',"hash":"([0-9a-f]{64})"\}', rest):
        if hashlib.sha256(rest[:ending.start()]).hexdigest().encode() == ending.group(1):
            return ending.end()
    return None


def read(path):
    with open(path, "rb") as file:
        *lines, rest = file.read().split(b"\n")
    log, size, prev, texts = Log(os.path.dirname(path)), 0, "0" * 64, {}
    codes, open_to_replay = set(), True
    if rest:
        end = whole_at_start(rest)
        if end == len(rest):
            lines.append(rest)
            codes.add(3)
        elif end:
            codes.add(1)
        else:
            codes.add(3 if lines else 1)
    elif not lines:
        codes.add(1)
    for line in lines:
        try:
            record, own = envelope(line, size, prev)
        except Bad:
            # What is not the next record of the chain, and all after it, is no part of the log.
            codes = {1} | codes - {3}
            break
        size, prev = size + 1, own
        if open_to_replay:
            try:
                log.take(record)
                texts[size - 1] = log.established()
            except (Bad, Newer) as why:
                codes.add(1 if isinstance(why, Bad) else 5)
                open_to_replay = False
    if open_to_replay:
        try:
            log.texts_end()
        except Bad:
            codes.add(1)
    if log.unchecked:
        codes.add(2)
    exit_code = next((code for code in (1, 2, 5, 3) if code in codes), 0)
    return {"log": path, "exit": exit_code, "size": size, "head": prev, "texts": texts if exit_code in (0, 3) else {}}


if __name__ == "__main__":
    for log_path in sys.argv[1:]:
        print(json.dumps(read(log_path)))
