"""Documents in memory, not yet a segment.

The documents are kept as numbers of their words (``segment/group.py``). When the segment is written, each distinct word
is folded once, which gives one number per token, that of its type; each type is analysed once, and a counting sort
makes posting lists of the tokens.
"""

from __future__ import annotations

from array import array
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from searchkit._core.buffers import int64s, uint32s
from searchkit._core.condense import count_pieces, join_words
from searchkit._core.invert import share_tokens
from searchkit._core.lexicon import CHOSEN
from searchkit.analysis.evidence import LEVELS, POSITIONED, choose_entries, evidence_by_level, level_field
from searchkit.arabic.folding import new_scanner
from searchkit.config import KEY
from searchkit.errors import DocumentError
from searchkit.indexing.columns import DATE, ColumnBuilder, FieldKinds
from searchkit.indexing.crew import Crew
from searchkit.indexing.inversion import Inverter, Terms, cut_log, hints_of, sort_terms
from searchkit.records import NamedTuple
from searchkit.segment import Deletions, FieldWriter, SegmentWriter
from searchkit.segment.kinds import ANALYSED, check_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from searchkit._core.scan import Scanner
    from searchkit.segment.pieces import PieceLog

PLAIN = (KEY, "file")
"""Fields that are kept and shown but hold no text; the first is the key, found as it stands."""

_TEXTS = {KEY, *ANALYSED}
_PLAIN = frozenset(PLAIN)
_BYTES_PER_WORD = 200  # the types and terms at all levels when they are written
_BYTES_PER_PIECE = 10  # tokens, and the occurrences of the lemmas, of the largest field while it is inverted
_BYTES_PER_DOCUMENT = 200


class _Spans(NamedTuple):
    starts: array[int]  # a field of document d is log[starts[d]:ends[d]]
    ends: array[int]


class DocumentBuffer:
    """Takes documents until they are written as a segment."""

    def __init__(self, writer: SegmentWriter, crew: Crew | None = None, kinds: FieldKinds | None = None) -> None:
        self._writer = writer
        self._crew = crew or Crew(1)
        self._kinds = kinds or FieldKinds()
        self._columns: dict[str, ColumnBuilder] = {}
        self._parts: dict[str, tuple[array[int], array[int]]] = {}  # documents with a field, and which part it is
        self._keys: dict[str, int] = {}
        self.num_docs = 0
        self._deleted: list[int] = []
        self._has_grown = False  # so much that it is worth while to look how large it is

    def __contains__(self, key: str) -> bool:
        return key in self._keys

    @property
    def fields(self) -> list[str]:
        """The analysed fields met so far."""
        return list(self._parts)

    def size(self) -> int:
        """Estimate the memory in use, and what will be when the segment is written, in bytes."""
        group = self._writer.stored.group
        return (
            self._writer.stored.size()
            + len(group.log.pieces) * _BYTES_PER_PIECE
            + group.log.num_types * _BYTES_PER_WORD
            + self.num_docs * _BYTES_PER_DOCUMENT
            + sum(column.size() for column in self._columns.values())
        )

    def is_larger(self, limit: int) -> bool:
        """Tell whether it takes more memory than so many bytes."""
        if not self._has_grown:
            return False
        self._has_grown = False
        if self.size() <= limit:
            return False
        self._writer.stored.group.log.finish()  # what several threads have met is counted once then
        return self.size() > limit

    def add(self, document: dict[str, Any]) -> None:
        """Append a document, in place of one with the same id; one that cannot be indexed leaves no trace.

        Raises:
            DocumentError: a field has a name or value that cannot be indexed.
        """
        key = document[KEY]
        for name in document:
            if name not in self._writer.names and (problem := check_name(name)):
                raise DocumentError(f"{key}: {problem}")
        columns = {} if document.keys() <= _TEXTS else self._kinds.values(document)
        plain = _PLAIN
        if columns:
            plain = plain.union(name for name, (kind, _) in columns.items() if not self._kinds.has_words(name, kind))
        joined = {
            name: text
            for name, value in document.items()
            if isinstance(value, list) and name not in plain and (text := _joined(cast("list[object]", value)))
        }
        stored = self._writer.stored
        try:
            parts = stored.add(document, key.encode("utf-8", "surrogatepass"))
        except (TypeError, ValueError, RecursionError) as error:
            raise DocumentError(f"{key}: cannot be stored ({error}); give plain JSON values") from None
        for name, text in joined.items():
            parts[name] = stored.group.add_text(text)
        for name, part in parts.items():
            if name not in plain:
                docs, own = self._parts.setdefault(name, (uint32s(0), uint32s(0)))
                docs.append(self.num_docs)
                own.append(part)
        for name, (kind, values) in columns.items():
            self._kinds.learn(key, name, kind, document[name], values)
            if values:
                self._columns.setdefault(name, ColumnBuilder()).add(self.num_docs, values)
        if not document.get(DATE) and (days := self._kinds.dateline(document)):
            self._columns.setdefault(DATE, ColumnBuilder()).add(self.num_docs, days)
        self.delete(key)
        self.num_docs += 1
        self._keys[key] = self.num_docs - 1
        self._writer.names.update(dict.fromkeys(document))
        self._has_grown |= stored.group.log.cut_waiting()

    def delete(self, key: str) -> bool:
        """Delete a document; return whether it was here."""
        doc = self._keys.pop(key, None)
        if doc is None:
            return False
        self._deleted.append(doc)
        return True

    def write(self) -> tuple[int, Deletions | None]:
        """Write the segment; return its checksum and what is deleted already."""
        stored = self._writer.stored
        pieces = stored.group.log
        pieces.finish()
        fields = {name: self._spans(pieces, *parts) for name, parts in self._parts.items()}
        writing = self._crew.begin(stored.write)
        firsts, types, scanner = _types_of_pieces(pieces, fields.values())
        words = [scanner.word(type_id) for type_id in range(scanner.num_types)]
        chosen = self._choose_entries(scanner)
        finding = self._crew.begin(partial(_terms_by_level, words, chosen))
        logs = {
            name: cut_log(pieces.pieces, spans, firsts, types, scanner.num_types, self._crew)
            for name, spans in fields.items()
        }
        lengths = {name: log.lengths() for name, log in logs.items()}
        each = array("I", range(len(words) + 1))
        surface = Terms(each, each[:-1], *sort_terms(words))
        del pieces, words, scanner, firsts, types, each, chosen
        writing()
        for name in logs:
            self._writer.write_lengths(name, lengths[name])
        inverter = Inverter(self._crew)
        # Not earlier: who waits for the interpreter now and then must not run beside who does not let go of it.
        all_terms = {LEVELS[0]: surface, **finding()}
        for level, terms in all_terms.items():
            positions = level in POSITIONED
            for name, log in logs.items():
                field = FieldWriter(lengths[name], positions=positions)
                inverter.invert(log, terms, field)
                self._writer.write_field(level_field(name, level), field, positions=positions)
        self._write_keys(inverter)
        for name, column in self._columns.items():
            column.write(name, self._writer, self.num_docs)
        deletions = None
        if self._deleted:
            deletions = Deletions(self.num_docs)
            for doc in self._deleted:
                deletions.add(doc)
        return self._writer.finish(), deletions

    def _spans(self, log: PieceLog, docs: array[int], parts: array[int]) -> _Spans:
        """Return where a field of each document is."""
        spans = _Spans(uint32s(self.num_docs), uint32s(self.num_docs))
        for doc, part in zip(docs, parts, strict=True):
            spans.starts[doc] = log.spans[2 * part]
            spans.ends[doc] = log.spans[2 * part + 1]
        return spans

    def _choose_entries(self, scanner: Scanner) -> array[int]:
        """Look all types up in the lexicon."""
        size, parts = scanner.num_types, self._crew.threads
        chosen = int64s(CHOSEN * size)
        self._crew.all(
            lambda part: choose_entries(scanner, size * part // parts, size * (part + 1) // parts, chosen), parts
        )
        return chosen

    def abandon(self) -> None:
        """Forget everything and remove the file."""
        self._writer.abandon()

    def _write_keys(self, inverter: Inverter) -> None:
        field = FieldWriter(uint32s(self.num_docs), positions=False)
        keys, order = sort_terms(self._keys)
        docs, bounds = array("I", self._keys.values()), array("I", range(self.num_docs + 1))
        inverter.add(keys, order, array("I", range(len(keys) + 1)), docs, bounds, hints_of(bounds), field)
        self._writer.write_field(KEY, field, positions=False)


def _joined(items: list[object]) -> str:
    """Return the text to analyse in a field whose value is a list of texts, "" for any other list."""
    texts = [item for item in items if isinstance(item, str)]
    return "\n".join(texts) if len(texts) == len(items) else ""


def _types_of_pieces(log: PieceLog, fields: Iterable[_Spans]) -> tuple[array[int], array[int], Scanner]:
    """Fold the pieces that occur in fields; return where each piece's types begin, the types, and their scanner."""
    words, scanner = log.cutter, new_scanner()
    counts = uint32s(words.num_types)
    for spans in fields:
        count_pieces(log.pieces, spans.starts, spans.ends, counts)
    ends, firsts = uint32s(len(counts)), uint32s(len(counts) + 1)
    text = join_words(*words.spellings(), len(counts), counts, ends)
    types, starts = uint32s(len(text)), uint32s(len(text))
    count = scanner.scan(text, types, starts, uint32s(len(text)))
    share_tokens(starts, count, ends, firsts)
    return firsts, types[:count], scanner


def _terms_by_level(words: list[str], chosen: array[int]) -> dict[str, Terms]:
    """Number the terms of all types at each level after the surface."""
    found = zip(LEVELS[1:], evidence_by_level(words, chosen), strict=True)
    return {level: Terms(own.starts, own.numbers, *sort_terms(own.numbering)) for level, own in found}
