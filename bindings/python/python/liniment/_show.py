"""Small tables for notebooks; advice, proofs and plans are shown by the library itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

__all__ = ["MOST", "picture", "plain", "table", "text"]

MOST = 200
"""More rows than this are counted rather than shown."""

_STYLE = (
    ".liniment-table{color-scheme:light dark;font:.9rem/1.45 system-ui,sans-serif;max-height:36rem;overflow:auto;"
    "padding:.6rem .8rem;border-radius:.4rem;background:#fff;color:#1c1b1a}"
    ".liniment-table table{border-collapse:collapse;color:inherit}"
    # Thrice, so that it holds against what notebooks say of tables.
    ".liniment-table.liniment-table.liniment-table :is(table,tr,th,td){text-align:left;vertical-align:top;"
    "border:0;background:none;color:inherit}"
    ".liniment-table.liniment-table.liniment-table :is(th,td){padding:.2rem .8rem .2rem 0;border-bottom:1px solid #8886}"
    # Excerpts point at what stands above, so that no line may wrap.
    ".liniment-table.liniment-table.liniment-table pre{font-size:.85rem;margin:0;white-space:pre;background:none;color:inherit}"
    "@media(prefers-color-scheme:dark){.liniment-table{background:#161514;color:#ece9e6}}"
)


def _framed(body: str) -> str:
    return f'<div class="liniment-table"><style>{_STYLE}</style>{body}</div>'


def table(title: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Rows under a heading."""
    lines = [[escape(str(cell)) for cell in row] for row in rows]
    more = f"<p>and {len(lines) - MOST} more</p>" if len(lines) > MOST else ""
    top = "".join(f"<th>{escape(name)}</th>" for name in head)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in line) + "</tr>" for line in lines[:MOST])
    return _framed(f"<p><strong>{escape(title)}</strong></p><table><tr>{top}</tr>{body}</table>{more}")


def text(written: str) -> str:
    """Text as it stands, cut where nobody reads on."""
    most = 40_000
    cut = "\n…" if len(written) > most else ""
    return _framed(f"<pre>{escape(written[:most])}{cut}</pre>")


def picture(svg: str, title: str = "") -> str:
    """A picture of the library, under a heading."""
    heading = f"<p><strong>{escape(title)}</strong></p>" if title else ""
    return _framed(f"{heading}{svg}")


def plain(written: str) -> str:
    """Text that Markdown leaves as it is, on one line."""
    marks = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_{}[]<>#|~!$"})
    return " ".join(written.split()).translate(marks)
