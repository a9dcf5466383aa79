# Reads tables of `recto export --to csv` and holds each against the same review as JSON.
import csv, io, json, sys

def plain(text):
    return text[1:] if text.startswith("'") else text

for case in json.load(sys.stdin):
    data = json.loads(case["data"])
    rows = list(csv.DictReader(io.StringIO(case["export"], newline=""), strict=True))
    fixes = [row for row in rows if row["kind"] not in ("own", "note")]
    assert len(fixes) == len(data["fixes"]), (len(fixes), len(data["fixes"]))
    assert sum(row["kind"] == "own" for row in rows) == len(data["own"])
    for row, fix in zip(fixes, data["fixes"]):
        assert plain(row["base"]) == fix["base"], (row, fix)
        assert plain(row["proposed"]) == fix["proposed"], (row, fix)
        assert [int(row["start"]), int(row["end"])] == fix["at"]
        assert (row["page"], int(row["line"])) == (fix["page"], fix["line"])
        assert (row["kind"], row["state"]) == (fix["kind"], fix["state"])
        assert (row["state"] == "open") == (row["seq"] == "")
        exact = [int(row["reading_" + end]) for end in ("start", "end")] == fix["at"] if row["seq"] else False
        if fix["state"] == "accepted" and exact:
            assert plain(row["reading"]) == fix["proposed"]
    for row in rows:
        assert None not in row
        assert not any(text[:1] in "=+-@\t\r\n" for text in row.values() if text), row
