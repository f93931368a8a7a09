"""The knowledge base as a graph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from .. import _show
from ..verdict import Verdict
from .document import Document, Part

if TYPE_CHECKING:
    from ..knowledge_base import KnowledgeBase


@dataclass(frozen=True, slots=True)
class GraphNode(Part):
    """A cause or an advice id, with the verdicts that rules may give."""

    id: str
    kind: Literal["cause", "advice"]
    verdicts: tuple[Verdict, ...]
    phase: str | None
    text: str


@dataclass(frozen=True, slots=True)
class GraphEdge(Part):
    """A tie between two nodes, by their places among the nodes."""

    from_: int
    to: int
    relation: Literal["acts_on", "instead", "than", "limits", "overrides", "silences"]


class Graph(Document):
    """Causes and advice ids, and what ties them together."""

    __slots__ = ("_kb",)
    _kb: KnowledgeBase

    def __init__(self, text: str, kb: KnowledgeBase) -> None:
        super().__init__(text)
        object.__setattr__(self, "_kb", kb)

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self._json, self._kb))

    @property
    def lang(self) -> str:
        """The language of the texts."""
        lang: str = self._read()["lang"]
        return lang

    @property
    def nodes(self) -> tuple[GraphNode, ...]:
        """Causes by id, then advice ids by phase and rank."""
        return GraphNode._all(self._read()["nodes"])

    @property
    def edges(self) -> tuple[GraphEdge, ...]:
        """The ties."""
        return GraphEdge._all(self._read()["edges"])

    def to_svg(self) -> str:
        """A picture in light and dark: causes on the left, advice by phase on the right."""
        return self._kb.graph_svg()

    def _repr_html_(self) -> str:
        return _show.picture(self.to_svg())

    def __repr__(self) -> str:
        return f"<Graph {len(self.nodes)} nodes, {len(self.edges)} edges>"
