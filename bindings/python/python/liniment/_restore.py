"""Knowledge bases in pickles: the text of their packs goes along, and is compiled once in each process.

Those that were made from bytes go along as bytes.
"""

from __future__ import annotations

import hashlib
import threading
import weakref
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._core import Pack
    from .knowledge_base import KnowledgeBase

__all__ = ["parts", "restore"]

_known: weakref.WeakValueDictionary[str, KnowledgeBase] = weakref.WeakValueDictionary()
_lock = threading.Lock()


def parts(kb: KnowledgeBase) -> tuple[Any, ...]:
    """What a pickle of a knowledge base holds."""
    packs: list[Pack] | bytes = kb.to_bytes() if kb.is_compiled else kb.pack_texts
    limits = kb.limits
    key = _key(packs, kb.lang, limits)
    # Read back in this process it is this very knowledge base, so that its cases stay its own.
    with _lock:
        _known.setdefault(key, kb)
    return (restore, (type(kb), key, packs, kb.lang, limits))


def restore(
    kind: type[KnowledgeBase], key: str, packs: list[Pack] | bytes, lang: str, limits: dict[str, int]
) -> KnowledgeBase:
    """The knowledge base of a pickle."""
    with _lock:
        known = _known.get(key)
    if known is not None and type(known) is kind:
        return known
    made = kind.from_bytes(packs) if isinstance(packs, bytes) else kind(packs, lang, limits)
    with _lock:
        return _known.setdefault(key, made)


def _key(packs: list[Pack] | bytes, lang: str, limits: dict[str, int]) -> str:
    if isinstance(packs, bytes):
        return hashlib.sha256(packs).hexdigest()
    digest = hashlib.sha256()
    for pack in packs:
        for part in (pack.label, *(part for file in pack.texts() for part in file)):
            encoded = part.encode()
            digest.update(len(encoded).to_bytes(8, "little"))
            digest.update(encoded)
        digest.update(b"\xff")
    digest.update(repr((lang, sorted(limits.items()))).encode())
    return digest.hexdigest()
