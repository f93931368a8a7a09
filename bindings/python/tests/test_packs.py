"""Loading packs, and what is wrong with them."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

import liniment

ROOT = Path(__file__).resolve().parents[3]
TEA = """[
    Fact(id: "cold", kind: YesNo, ask: "Is it cold?"),
    Fix(id: "tea", phase: "now", when: {"cold": Yes}, text: "Drink tea.", because: "It is warm."),
]"""


def test_a_folder_is_the_same_pack_as_the_built_in_one(kb: liniment.KnowledgeBase) -> None:
    folder = liniment.load(ROOT / "rules/calf-cramps", str(ROOT / "rules/leg-red-flags"))
    case = {"cramp_state": "active", "muscles_affected": "calf_only", "onset_setting": "during_exercise"}
    assert folder.advise(case).to_json() == kb.advise(case).to_json()


def test_text_and_files() -> None:
    assert liniment.load(TEA).advise(cold=True).ids == ("tea",)
    phases = '[Phase(id: "now", title: "Now")]'
    manifest = f'Pack(id: "tea", version: "1.0.0", schema: 1, language: "en", title: "Tea", phases: {phases})'
    kb = liniment.load({"pack.ron": manifest, "rules.ron": TEA})
    assert kb.packs[0].title == "Tea"
    again = pickle.loads(pickle.dumps(kb))
    assert again.explain("tea", cold=True).to_json() == kb.explain("tea", cold=True).to_json()
    assert liniment.load(liniment.text(TEA, manifest=manifest)).packs == kb.packs


def test_a_knowledge_base_as_bytes(kb: liniment.KnowledgeBase) -> None:
    data = kb.to_bytes()
    loaded = liniment.KnowledgeBase.from_bytes(data)
    assert isinstance(loaded, liniment.KnowledgeBase)
    assert loaded.is_compiled
    assert not kb.is_compiled
    case = {"cramp_state": "active", "muscles_affected": "calf_only", "onset_setting": "during_exercise"}
    for one, other in [(kb, loaded), (kb.in_language("de"), loaded.in_language("de"))]:
        assert other.advise(case).to_json() == one.advise(case).to_json()
        assert other.explain("stretch", case).to_json() == one.explain("stretch", case).to_json()
    assert loaded.packs == kb.packs
    assert loaded.facts == kb.facts
    assert loaded.prove() == kb.prove()
    assert loaded.to_bytes() == data
    assert pickle.loads(pickle.dumps(loaded)) is loaded
    german = pickle.loads(pickle.dumps(loaded.in_language("de")))
    assert german.is_compiled
    assert german.lang == "de"
    for call in (loaded.test, loaded.check):
        with pytest.raises(liniment.LinimentError, match="nor their own cases"):
            call()


@pytest.mark.parametrize(
    ("data", "match"), [(b"Pack()", "no compiled knowledge base"), (None, "damaged")], ids=["text", "half"]
)
def test_bytes_that_are_no_knowledge_base(kb: liniment.KnowledgeBase, data: bytes | None, match: str) -> None:
    with pytest.raises(liniment.PackError, match=match) as caught:
        liniment.KnowledgeBase.from_bytes(kb.to_bytes()[:1000] if data is None else data)
    assert not caught.value.diagnostics
    assert caught.value.file is None
    assert match in str(pickle.loads(pickle.dumps(caught.value)))


def test_everything_wrong_is_told_at_once() -> None:
    wrong = TEA.replace("YesNo", "YesNoo").replace("text:", "txt:")
    with pytest.raises(liniment.PackError) as caught:
        liniment.load(wrong)
    error = caught.value
    assert isinstance(error, liniment.LinimentError)
    assert len(error.diagnostics.errors) == 2
    assert (error.file, error.line, error.column) == ("notebook/rules.ron", 2, 28)
    assert "YesNoo" in str(error)
    assert "did you mean" in error.rendering or "YesNo" in error.rendering
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.line) == (str(error), error.line)
    assert liniment.check(wrong) == error.diagnostics
    assert not liniment.check(TEA).errors


def test_packs_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(liniment.UnknownNameError, match="did you mean `calf-cramps`") as caught:
        liniment.load("calf-cramp")
    assert caught.value.nearest == "calf-cramps"
    with pytest.raises(liniment.UnknownNameError, match="no folder is there"):
        liniment.load(tmp_path / "nothing")
    with pytest.raises(liniment.UnknownNameError, match="no folder is there"):
        liniment.load(__file__)
    with pytest.raises(liniment.UnknownNameError, match="no language `xx`"):
        liniment.load("calf-cramps", lang="xx")


def test_limits() -> None:
    with pytest.raises(liniment.PackError):
        liniment.load("calf-cramps", limits={"rules": 3})
    with pytest.raises(ValueError, match="no limit `rule`"):
        liniment.load("calf-cramps", limits={"rule": 3})


def test_the_default_is_what_is_built_in() -> None:
    assert [pack.id for pack in liniment.load().packs] == liniment.Pack.built_in_names()
