"""Documents as they were given: JSON lines in a code page (``segment/page.py``), in compressed blocks.

``stored.blocks`` is a run of zlib streams of about 64 kB of lines each; ``stored.index`` holds three uint32 per block:
first document, and the low and high half of where the block begins; then one entry more for the end. The ids of the
documents also stand by themselves, in ``keys``, each ending at its entry of ``keys.ends``.
"""

import json
import zlib
from bisect import bisect_right
from typing import Any

from searchkit._core.buffers import uint32s
from searchkit.segment.format import SectionFile, SectionWriter
from searchkit.segment.page import decode_json

_BLOCK_BYTES = 1 << 16
_LEVEL = 1  # 6 is 10 % smaller and four times slower on news


class StoredWriter:
    """Collects documents, compressed as they come."""

    def __init__(self) -> None:
        self.num_docs = 0
        self._blocks = bytearray()
        self._lines: list[bytes] = []
        self._pending = 0
        self._index = uint32s(0)
        self._keys = bytearray()
        self._key_ends = uint32s(0)

    def add(self, line: bytes, key: bytes = b"") -> None:
        """Append a document: one line from ``encode_json``, and its id."""
        self._keys += key
        self._key_ends.append(len(self._keys))
        self._lines.append(line)
        self._pending += len(line)
        self.num_docs += 1
        if self._pending >= _BLOCK_BYTES:
            self._flush()

    def size(self) -> int:
        """Return the bytes held in memory."""
        return len(self._blocks) + self._pending + len(self._keys)

    def write(self, out: SectionWriter) -> None:
        """Write the sections."""
        if self._lines:
            self._flush()
        self._mark(self.num_docs)
        out.write("stored.index", self._index)
        out.write("stored.blocks", self._blocks)
        out.write("keys", self._keys)
        out.write("keys.ends", self._key_ends)

    def _flush(self) -> None:
        self._mark(self.num_docs - len(self._lines))
        self._blocks += zlib.compress(b"\n".join(self._lines), _LEVEL)
        self._lines.clear()
        self._pending = 0

    def _mark(self, first_doc: int) -> None:
        at = len(self._blocks)
        self._index.extend((first_doc, at & 0xFFFFFFFF, at >> 32))


class StoredReader:
    """Gives documents back."""

    def __init__(self, file: SectionFile) -> None:
        self._file = file
        self._index = file.view("stored.index").cast("I")
        self._blocks = file.view("stored.blocks")
        self._keys = file.view("keys")
        self._key_ends = file.view("keys.ends").cast("I")
        self._cache: tuple[int, list[bytes]] = (-1, [])

    def key(self, doc: int) -> bytes:
        """Return the id of a document."""
        self._file.verify("keys.ends", 4 * (doc - 1) if doc else 0, 4 * doc + 4)
        start, end = self._key_ends[doc - 1] if doc else 0, self._key_ends[doc]
        self._file.verify("keys", start, end)
        return bytes(self._keys[start:end])

    def id(self, doc: int) -> str:
        """Return the id of a document as text."""
        try:
            return self.key(doc).decode("utf-8", "surrogatepass")
        except UnicodeDecodeError:
            raise self._file.damage("keys") from None

    def line(self, doc: int) -> bytes:
        """Return the JSON line of a document, as it was added."""
        self._file.verify("stored.index", 0, self._index.nbytes)
        block = bisect_right(self._index[::3], doc) - 1
        number, lines = self._cache  # read once: another thread may replace it
        if number != block:
            lines = self._read(block)
            self._cache = (block, lines)
        place = doc - self._index[3 * block]
        if not 0 <= place < len(lines):
            raise self._file.damage("stored.index")
        return lines[place]

    def document(self, doc: int) -> dict[str, Any]:
        """Return a document."""
        document: dict[str, Any] = json.loads(decode_json(self.line(doc)))
        return document

    def _read(self, block: int) -> list[bytes]:
        entries = self._index[3 * max(block, 0) : 3 * block + 6]
        if len(entries) < 6:
            raise self._file.damage("stored.index")
        start = entries[1] | entries[2] << 32
        end = entries[4] | entries[5] << 32
        self._file.verify("stored.blocks", start, end)
        try:
            lines = zlib.decompress(self._blocks[start:end]).split(b"\n")
        except zlib.error:
            raise self._file.damage("stored.blocks") from None
        if len(lines) != entries[3] - entries[0]:
            raise self._file.damage("stored.blocks")
        return lines
