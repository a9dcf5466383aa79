"""Writes a log of many decisions by the rules of the log format alone, for measuring readers of logs."""
import hashlib
import json


def write(path, records, words=5_000):
    """Writes a log of so many records, each a decision on one of the words of a small text."""
    base = "".join(f"word{number:05d}\n" for number in range(words))
    digest = hashlib.sha256(base.encode()).hexdigest()
    text = {"name": "base.txt", "format": "text", "file_sha256": digest, "bytes": len(base), "sha256": digest}
    opened = {"log": "0" * 31 + "1", "app": "bench/1", "needs": [], "reviewer": "bench", "document": "bench",
              "page_break": None, "base": text, "transcript": None}
    prev = "0" * 64
    with open(path, "wb") as file:
        for seq in range(records):
            if seq == 0:
                kind, members = "opened", opened
            elif seq == 1:
                kind, members = "source", {"of": "base", "start": 0, "text": base}
            elif seq == 2:
                kind, members = "session", {"app": "bench/1", "reviewer": "bench", "by": "command", "blind": False, "scans": []}
            else:
                at = seq * 7919 % words * 10
                kind = "decided"
                members = {"verdict": "edit", "scope": "word", "sites": [
                    {"at": [at, at + 9], "page": "1", "line": at // 10 + 1, "base": base[at:at + 9], "reading": f"w{seq}"}]}
            head = {"v": 1, "seq": seq, "prev": prev, "time": "2026-01-01T00:00:00.000Z", "kind": kind, **members}
            line = json.dumps(head, separators=(",", ":"), ensure_ascii=False)[:-1].encode()
            prev = hashlib.sha256(line).hexdigest()
            file.write(line + b',"hash":"' + prev.encode() + b'"}\n')
