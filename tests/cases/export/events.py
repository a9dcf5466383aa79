# Reads PREMIS records of `recto export --to premis`: in the order of the schema, every identifier
# that is named is there, and the fixity is that of the files.
import hashlib, json, sys
import xml.etree.ElementTree as tree

PREMIS = "{http://www.loc.gov/premis/v3}"

for case in json.load(sys.stdin):
    root = tree.fromstring(case["export"].encode())
    assert root.tag == PREMIS + "premis" and root.get("version") == "3.0"
    order = [it.tag.removeprefix(PREMIS) for it in root]
    assert order == sorted(order, key=["object", "event", "agent"].index), order
    value = lambda it, name: it.findtext(f".//{PREMIS}{name}")
    ids = {kind: [value(it, kind + "IdentifierValue") for it in root.iter(PREMIS + kind)]
           for kind in ("object", "event", "agent")}
    for kind, found in ids.items():
        assert len(found) == len(set(found)), found
    for kind in ("Object", "Agent"):
        for it in root.iter(f"{PREMIS}linking{kind}IdentifierValue"):
            assert it.text in ids[kind.lower()], it.text
    for it in root.iter(PREMIS + "object"):
        role = value(it, "objectIdentifierValue")
        text = case[role].encode() if role != "log" else None
        if text is not None:
            assert value(it, "messageDigest") == hashlib.sha256(text).hexdigest(), role
            assert int(value(it, "size")) == len(text)
    kinds = [value(it, "eventType") for it in root.iter(PREMIS + "event")]
    assert kinds[:2] == ["creation", "modification"], kinds
    assert kinds.count("quality review") == 1, kinds
