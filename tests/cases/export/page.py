# Reads a page of `recto export --to html`: tags balanced, nothing outside named, no control in it.
import json, sys
from html.parser import HTMLParser
VOID = {"meta", "br"}
KNOWN = set("html head meta title style body a h1 h2 h3 header main section dl dt dd bdi code p table caption thead tbody tr th td ul li del ins b span time pre".split())
class Page(HTMLParser):
    def __init__(self):
        super().__init__(); self.open = []; self.ids = set(); self.links = set(); self.headings = []
    def handle_starttag(self, tag, attributes):
        assert tag in KNOWN, tag
        attributes = dict(attributes)
        assert not [name for name in attributes if name.startswith("on") or name in ("src", "style")], attributes
        if "id" in attributes:
            assert attributes["id"] not in self.ids, attributes["id"]
            self.ids.add(attributes["id"])
        if "href" in attributes:
            assert attributes["href"].startswith("#"), attributes
            self.links.add(attributes["href"][1:])
        if tag == "table": self.caption = False
        if tag == "caption": self.caption = True
        if tag == "tbody": assert self.caption
        if tag == "th": assert attributes.get("scope") in ("row", "col"), attributes
        if tag in ("h1", "h2", "h3"):
            self.headings.append(int(tag[1]))
        if tag not in VOID: self.open.append(tag)
    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, (tag, self.open)
    def handle_comment(self, text): raise AssertionError("a comment")
for case in json.load(sys.stdin):
    text = case["export"]
    page = Page()
    assert "http" not in text.split("<body>")[0].replace("http-equiv", "") and "url(" not in text.split("<body>")[0]
    page.feed(text); page.close()
    assert not page.open, page.open
    assert page.links <= page.ids, page.links - page.ids
    assert page.headings[0] == 1 and page.headings.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(page.headings, page.headings[1:]))
    bad = [c for c in text if (ord(c) < 32 and c != "\n") or 127 <= ord(c) < 160 or c in "\u202e\u200b\u2028\ufeff\ufffe\uffff"]
    assert not bad, bad
