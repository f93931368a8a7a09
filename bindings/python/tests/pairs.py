"""Random packs and cases with the advice that the library gives in Rust, repeated from Python, byte for byte.

The standard input has records: a line with what it is and its length, the bytes, a line break.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import BinaryIO

import liniment


def records(stream: BinaryIO) -> Iterator[tuple[bytes, str]]:
    while line := stream.readline():
        kind, length = line.split()
        yield kind, stream.read(int(length)).decode("utf-8")
        stream.readline()


def main() -> int:
    packs: list[list[tuple[str, str]]] = []
    kb: liniment.KnowledgeBase | None = None
    name = advice = ""
    pairs = differences = 0
    for kind, text in records(sys.stdin.buffer):
        match kind:
            case b"pack":
                packs.append([])
            case b"name":
                name = text
            case b"text":
                packs[-1].append((name, text))
            case b"load":
                kb = liniment.load(*(liniment.Pack.files(files) for files in packs))
                packs = []
            case b"case" if kb is not None:
                advice = kb.advise(kb.case_from_json(text)).to_json()
            case b"answer":
                pairs += 1
                if advice != text:
                    differences += 1
                    print(f"- {text}\n+ {advice}", file=sys.stderr)
            case _:
                raise ValueError(kind)
    print(f"{pairs} pairs of pack and case, {differences} differences")
    return int(pairs == 0 or differences > 0)


if __name__ == "__main__":
    sys.exit(main())
