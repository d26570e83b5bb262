"""Documents in memory, not yet a segment.

Every text field keeps a *log*: one uint32 per token, the number of its type. Types are numbered once for all fields,
analysed once each when the segment is written, and the logs are turned into posting lists by a counting sort.
"""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from searchkit._core.buffers import uint32s, uint64s
from searchkit._core.invert import count_occurrences, place
from searchkit.analysis.evidence import LEVELS, POSITIONED, evidence_by_level, level_field
from searchkit.arabic.folding import new_scanner
from searchkit.config import KEY
from searchkit.errors import DocumentError
from searchkit.segment import Deletions, FieldWriter, SegmentWriter, encode_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from searchkit._core.scan import Scanner

PLAIN = (KEY, "file")
"""Fields that are kept and shown but hold no text; the first is the key, found as it stands."""

_to_json = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode

_BYTES_PER_TYPE = 250  # measured: slots and arena while documents come, terms at all levels when they are written
_BYTES_PER_TOKEN = 16  # the log, and the occurrences of the lemmas of the largest field while it is inverted
_BYTES_PER_DOCUMENT = 200


class _Log(NamedTuple):
    types: array[int]  # one per token
    bounds: array[int]  # document d is types[bounds[d]:bounds[d + 1]]


class _Terms(NamedTuple):
    starts: array[int]  # the terms of type t are numbers[starts[t]:starts[t + 1]]
    numbers: array[int]
    terms: list[bytes]
    order: array[int]  # the numbers of the terms, in ascending order of their bytes


class DocumentBuffer:
    """Takes documents until they are written as a segment."""

    def __init__(self, writer: SegmentWriter) -> None:
        self._writer = writer
        self._scanner = new_scanner()
        self._logs: dict[str, _Log] = {}
        self._keys: dict[str, int] = {}
        self._num_tokens = 0
        self._scratch = uint32s(0)
        self.num_docs = 0
        self._deleted: list[int] = []

    def __contains__(self, key: str) -> bool:
        return key in self._keys

    @property
    def fields(self) -> list[str]:
        """The analysed fields met so far."""
        return list(self._logs)

    def size(self) -> int:
        """Estimate the memory in use, in bytes."""
        return (
            self._num_tokens * _BYTES_PER_TOKEN
            + self._scanner.num_types * _BYTES_PER_TYPE
            + self._writer.stored.size()
            + self.num_docs * _BYTES_PER_DOCUMENT
        )

    def add(self, document: dict[str, Any]) -> None:
        """Append a document, in place of one with the same id; one that cannot be indexed leaves no trace.

        Raises:
            DocumentError: a field has a name or value that cannot be indexed.
        """
        key = document[KEY]
        texts = [(name, text) for name, value in document.items() if (text := _text(name, value)) is not None]
        try:
            line = encode_json(_to_json(document))
        except (TypeError, ValueError, RecursionError) as error:
            raise DocumentError(f"{key}: cannot be stored ({error}); give plain JSON values") from None
        scanned = [(name, *self._scan(text)) for name, text in texts]
        for name, types, count in scanned:
            log = self._log(name)
            log.types.extend(types[:count])
            self._num_tokens += count
        self.delete(key)
        self.num_docs += 1
        for log in self._logs.values():
            log.bounds.append(len(log.types))
        self._keys[key] = self.num_docs - 1
        self._writer.names.update(dict.fromkeys(document))
        self._writer.stored.add(line, key.encode("utf-8", "surrogatepass"))

    def delete(self, key: str) -> bool:
        """Delete a document; return whether it was here."""
        doc = self._keys.pop(key, None)
        if doc is None:
            return False
        self._deleted.append(doc)
        return True

    def write(self) -> tuple[int, Deletions | None]:
        """Write the segment; return its checksum and what is deleted already."""
        levels = _terms_by_level(self._scanner)
        for name, log in self._logs.items():
            lengths = uint32s(self.num_docs)
            for doc in range(self.num_docs):
                lengths[doc] = log.bounds[doc + 1] - log.bounds[doc]
            self._writer.write_lengths(name, lengths)
            for level, terms in levels.items():
                positions = level in POSITIONED
                field = FieldWriter(lengths, positions=positions)
                self._invert(log, terms, field)
                self._writer.write_field(level_field(name, level), field, positions=positions)
        self._write_keys()
        deletions = None
        if self._deleted:
            deletions = Deletions(self.num_docs)
            for doc in self._deleted:
                deletions.add(doc)
        return self._writer.finish(), deletions

    def abandon(self) -> None:
        """Forget everything and remove the file."""
        self._writer.abandon()

    def _scan(self, text: str) -> tuple[array[int], int]:
        if len(self._scratch) < len(text):
            self._scratch = uint32s(2 * len(text))
        types = uint32s(len(text))
        return types, self._scanner.scan(text, types, self._scratch, self._scratch)

    def _log(self, name: str) -> _Log:
        """Return the log of a field; the documents before its first appearance have no tokens in it."""
        if name not in self._logs:
            self._logs[name] = _Log(uint32s(0), uint32s(self.num_docs + 1))
        return self._logs[name]

    def _invert(self, log: _Log, terms: _Terms, field: FieldWriter) -> None:
        firsts = uint32s(len(terms.terms) + 2)
        total = count_occurrences(log.types, len(log.types), terms.starts, terms.numbers, firsts)
        occurrences = uint64s(total)
        place(log.types, log.bounds, self.num_docs, terms.starts, terms.numbers, firsts, occurrences)
        field.add_all(terms.terms, terms.order, firsts, occurrences)

    def _write_keys(self) -> None:
        field = FieldWriter(uint32s(self.num_docs), positions=False)
        keys, order = _sorted(self._keys)
        field.add_all(keys, order, array("I", range(len(keys) + 1)), array("Q", [n << 32 for n in self._keys.values()]))
        self._writer.write_field(KEY, field, positions=False)


def _text(name: str, value: Any) -> str | None:
    """Return the text to analyse in a field, None if there is none."""
    if "__" in name or name.startswith("_") or not name or not _is_encodable(name):
        raise DocumentError(
            f"field {name!r}: names must not be empty, begin with _, or hold __ or half a surrogate pair; rename it"
        )
    if name in PLAIN:
        return None
    if isinstance(value, str):
        return value
    if not isinstance(value, list):
        return None
    items = cast("list[object]", value)
    texts = [item for item in items if isinstance(item, str)]
    return "\n".join(texts) if texts and len(texts) == len(items) else None


def _is_encodable(name: str) -> bool:
    try:
        return name.isascii() or bool(name.encode())
    except UnicodeEncodeError:
        return False


def _terms_by_level(scanner: Scanner) -> dict[str, _Terms]:
    """Number the terms of all types at each level."""
    types = range(scanner.num_types)
    each = array("I", range(scanner.num_types + 1))
    terms = {LEVELS[0]: _Terms(each, each[:-1], *_sorted(map(scanner.word, types)))}
    for level, (found, counts) in zip(LEVELS[1:], evidence_by_level(map(scanner.word, types)), strict=True):
        numbering = defaultdict[str, int]()
        numbering.default_factory = numbering.__len__  # a new term gets the next number
        numbers = array("I", [numbering[term] for term in found])
        starts = array("I", accumulate(counts, initial=0))
        terms[level] = _Terms(starts, numbers, *_sorted(numbering))
    return terms


def _sorted(terms: Iterable[str]) -> tuple[list[bytes], array[int]]:
    """Return the bytes of terms, and their numbers in ascending order of these."""
    encoded = [term.encode("utf-8", "surrogatepass") for term in terms]
    return encoded, array("I", sorted(range(len(encoded)), key=encoded.__getitem__))
