"""What a notebook shows: whole, escaped, bounded."""

from __future__ import annotations

import html
import html.parser
from pathlib import Path
from typing import Any

import pytest

import liniment

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"

HOSTILE = """[
    Fact(id: "cold", kind: YesNo, ask: "<script>alert(1)</script> & *cold*?"),
    Cause(id: "weather", standing: Primary, when: {"cold": Yes}, text: "</style><img src=x onerror=alert(2)>"),
    Fix(id: "tea", phase: "now", acts_on: ["weather"], when: {"cold": Yes}, text: "Drink <b>tea</b> & \\"rest\\".",
        because: "</svg><script>alert(3)</script>"),
]"""


class Tags(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in {"br", "img", "meta"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_endtag(self, tag: str) -> None:
        assert self.open, tag
        assert self.open.pop() == tag


def check(shown: str) -> None:
    tags = Tags()
    tags.feed(shown)
    tags.close()
    assert not tags.open
    assert not tags.seen & {"script", "img", "iframe", "b", "html", "body"}
    assert not {name for name in tags.attributes if name.startswith("on")}
    assert len(shown) < 1_000_000


def shown(kb: liniment.KnowledgeBase, case: dict[str, Any], id: str) -> list[Any]:
    known = kb.case(case)
    return [
        kb,
        kb.graph(),
        kb.advise(known),
        kb.explain(id, known),
        kb.why_not(id, known),
        kb.plan(known),
        kb.what_if(known, {next(iter(case)): None}),
        kb.ways_to(id, known, wanted="avoid"),
        kb.test(),
        kb.check(),
        kb.prove(budget=50),
        kb.interview(),
    ]


def test_everything_is_shown(kb: liniment.KnowledgeBase, cramp: dict[str, object]) -> None:
    for answer in shown(kb, cramp, "massage_rolling"):
        check(answer._repr_html_())
    advice = kb.advise(cramp)
    assert "<details>" in advice._repr_html_()
    assert "<svg" in advice._repr_html_()
    assert advice["ice"].text.split(".")[0] in advice._repr_markdown_()
    assert advice.to_html().startswith("<!doctype html>")
    assert "prefers-color-scheme:dark" in advice._repr_html_()
    assert "<svg" in kb.plan(cramp)._repr_html_()


def test_hostile_texts_do_nothing() -> None:
    kb = liniment.load(HOSTILE)
    for answer in shown(kb, {"cold": True}, "tea"):
        check(answer._repr_html_())
    assert "<script>" not in kb.advise(cold=True)._repr_markdown_()


def test_broken_packs_are_shown() -> None:
    with pytest.raises(liniment.PackError) as caught:
        liniment.load('[Fact(id: "<script>", kind: YesNo)]')
    check(caught.value._repr_html_())


def test_the_graph_has_what_the_pack_says(kb: liniment.KnowledgeBase) -> None:
    graph = kb.graph()
    places = {node.id: place for place, node in enumerate(graph.nodes)}
    assert set(kb.advice_ids) <= set(places)
    assert "recommend" in graph.nodes[places["stretch"]].verdicts
    ties = {(graph.nodes[edge.from_].id, edge.relation, graph.nodes[edge.to].id) for edge in graph.edges}
    assert ("spray", "instead", "stretch") in ties
    assert any(relation == "acts_on" for _, relation, _ in ties)


@pytest.mark.parametrize("case", sorted(EXAMPLES.glob("*.json")), ids=lambda path: path.stem)
def test_a_card_stays_small(kb: liniment.KnowledgeBase, case: Path) -> None:
    advice = kb.advise(kb.case_from_json(case.read_text()))
    shown = advice._repr_html_()
    # A notebook keeps every one of them in its file.
    assert len(shown.encode()) < 60_000
    assert all(item.text in html.unescape(shown) for item in advice)
