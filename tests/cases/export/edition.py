# Reads editions of `recto export --to tei` with a real parser, takes the readings of one side from
# each, and holds them against the texts, byte for byte.
import json, sys
import xml.etree.ElementTree as tree

TEI = "{http://www.tei-c.org/ns/1.0}"

def text(element, pick):
    name = element.tag.removeprefix(TEI)
    if name == "note":
        return ""
    if name == "g":
        return chr(int(element.get("ref").removeprefix("#u"), 16))
    if name in ("pb", "lb"):
        assert len(element) == 0 and not element.text
        return ""
    children = list(element)
    if name in ("choice", "app"):
        assert not (element.text or "").strip() and not any((it.tail or "").strip() for it in children)
        return text(pick(element, children), pick)
    return (element.text or "") + "".join(text(it, pick) + (it.tail or "") for it in children)

def ocr(element, children):
    if element.tag == TEI + "choice":
        return next(it for it in children if it.tag == TEI + "sic")
    return next(it for it in children if "#ocr" in it.get("wit", "").split())

def stands(element, children):
    if element.tag == TEI + "choice":
        return next(it for it in children if it.tag == TEI + "corr")
    return next(it for it in children if it.tag == TEI + "lem")

def proposed(element, children):
    if element.tag == TEI + "choice":
        return stands(element, children)
    return next(it for it in children if it.get("wit") == "#transcript")

for case in json.load(sys.stdin):
    root = tree.fromstring(case["export"].encode())
    body = root.find(f"{TEI}text/{TEI}body/{TEI}ab")
    wanted = {"base": ocr, "stands": stands, "proposed": proposed}
    for name in wanted.keys() & case.keys():
        found = text(body, wanted[name])
        assert found == case[name], (name, case["base"], found, case[name], case["export"])
    ids = [it.get("{http://www.w3.org/XML/1998/namespace}id") for it in root.iter()]
    ids = [it for it in ids if it]
    assert len(ids) == len(set(ids)), ids
    for it in root.iter():
        for name in ("resp", "who", "wit", "ref", "source"):
            for pointer in (it.get(name) or "").split():
                assert pointer.removeprefix("#") in ids, it.attrib
    lines = [int(it.get("n")) for it in body.iter(TEI + "lb") if it.get("n")]
    assert lines == sorted(set(lines)), (case["base"], lines, case["export"])
    # A text without a line feed at its end has a last line all the same.
    count = case["base"].count("\n") + (case["base"][-1:] not in ("", "\n"))
    assert lines == list(range(1, count + 1)), (case["base"], lines, case["export"])
