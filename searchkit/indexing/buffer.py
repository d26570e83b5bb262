"""Documents in memory, not yet a segment.

The documents are kept as numbers of their words (``segment/group.py``). When the segment is written, each distinct word
is folded once, which gives one number per token, that of its type; each type is analysed once, and a counting sort
makes posting lists of the tokens.
"""

from __future__ import annotations

from array import array
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING, Any, cast

from searchkit._core.buffers import room, uint32s
from searchkit._core.invert import count_up, pick_spans
from searchkit.analysis.evidence import LEVELS, POSITIONED, level_field
from searchkit.config import KEY
from searchkit.errors import DocumentError
from searchkit.indexing.columns import DATE, ColumnBuilder, FieldKinds
from searchkit.indexing.inversion import Inverter, Spans, cut_log, measured
from searchkit.indexing.numbering import fold_pieces, terms_by_level
from searchkit.segment import Deletions, FieldWriter, SegmentWriter
from searchkit.segment.crew import Crew
from searchkit.segment.kinds import ANALYSED, check_name
from searchkit.segment.lengths import Lengths

if TYPE_CHECKING:
    from searchkit.segment.kinds import Value
    from searchkit.segment.pieces import PieceLog

PLAIN = (KEY, "file")
"""Fields that are kept and shown but hold no text; the first is the key, found as it stands."""

_TEXTS = {KEY, *ANALYSED}
_PLAIN = frozenset(PLAIN)
# What is needed while a segment is written, besides what the documents take; measured on texts of all kinds.
_BYTES_PER_TYPE = 150
_BYTES_PER_UNIT = 12  # of UTF-16 of a type: its spelling at all levels
_BYTES_PER_PIECE = 6
_BYTES_PER_DOCUMENT = 340
_LEAST_CUT = 3 / 4  # of the texts, unless there are few


class DocumentBuffer:
    """Takes documents until they are written as a segment."""

    def __init__(self, writer: SegmentWriter, crew: Crew | None = None, kinds: FieldKinds | None = None) -> None:
        self._writer = writer
        self._crew = crew or Crew(1)
        self._kinds = kinds or FieldKinds()
        self._columns: dict[str, ColumnBuilder] = {}
        self._parts: dict[str, tuple[array[int], array[int]]] = {}  # documents with a field, and which part it is
        self.keys: dict[str, int] = {}  # the documents by id, those that were replaced or deleted left out
        self.num_docs = 0
        self._deleted: list[int] = []

    @property
    def fields(self) -> list[str]:
        """The analysed fields met so far."""
        return list(self._parts)

    def size(self) -> int:
        """Estimate the memory in use, and what will be when the segment is written, in bytes."""
        log = self._writer.stored.group.log
        # Of what is cut:
        words = log.num_pieces * _BYTES_PER_PIECE + log.num_types * _BYTES_PER_TYPE + log.num_units * _BYTES_PER_UNIT
        return (
            self._writer.stored.size()
            + int(words / max(log.share_cut, _LEAST_CUT))
            + self.num_docs * _BYTES_PER_DOCUMENT
            + sum(column.size() for column in self._columns.values())
        )

    def add(self, document: dict[str, Any]) -> bool:
        """Append a document, in place of one with the same id; one that cannot be indexed leaves no trace.

        Returns:
            Whether it is worth while to look at ``size``.

        Raises:
            DocumentError: a field has a name or value that cannot be indexed.
        """
        key = document[KEY]
        names, group = self._writer.names, self._writer.stored.group
        is_new = not document.keys() <= names.keys()
        if is_new:
            for name in document:
                if name not in names and (problem := check_name(name)):
                    raise DocumentError(f"{key}: {problem}")
        columns = {} if document.keys() <= _TEXTS else self._kinds.values(document)
        plain = _PLAIN
        if columns:
            plain = plain.union(name for name, (kind, _) in columns.items() if not self._kinds.has_words(name, kind))
        try:
            parts = self._writer.stored.add(document, key.encode("utf-8", "surrogatepass"))
        except (TypeError, ValueError, RecursionError) as error:
            raise DocumentError(f"{key}: cannot be stored ({error}); give plain JSON values") from None
        if len(parts) < len(document) - 1:  # some are no texts
            for name, value in document.items():
                if isinstance(value, list) and name not in plain and (text := _joined(cast("list[object]", value))):
                    parts[name] = group.add_text(text)
        for name, part in parts.items():
            if name not in plain:
                own = self._parts.get(name)
                if own is None:
                    own = self._parts[name] = uint32s(0), uint32s(0)
                own[0].append(self.num_docs)
                own[1].append(part)
        if columns:
            self._add_columns(document, columns)
        if not document.get(DATE) and (days := self._kinds.dateline(document)):
            self._columns.setdefault(DATE, ColumnBuilder()).add(self.num_docs, days)
        if key in self.keys:
            self.delete(key)
        self.keys[key] = self.num_docs
        self.num_docs += 1
        if is_new:
            names.update(dict.fromkeys(document))
        return group.log.cut_waiting()

    def _add_columns(self, document: dict[str, Any], columns: dict[str, tuple[str, list[Value] | None]]) -> None:
        for name, (kind, values) in columns.items():
            self._kinds.learn(document[KEY], name, kind, document[name], values)
            if values:
                self._columns.setdefault(name, ColumnBuilder()).add(self.num_docs, values)

    def delete(self, key: str) -> bool:
        """Delete a document; return whether it was here."""
        doc = self.keys.pop(key, None)
        if doc is None:
            return False
        self._deleted.append(doc)
        return True

    def write(self) -> tuple[int, Deletions | None]:
        """Write the segment; return its checksum and what is deleted already."""
        crew, stored = self._crew, self._writer.stored
        log = stored.group.log
        log.finish()
        writing = crew.begin(stored.write)
        fields = {name: self._spans(log, *parts) for name, parts in self._parts.items()}
        starts, types, words = fold_pieces(log, fields.values(), crew)
        logs = {
            name: cut_log(log.pieces, spans, starts, types, words.num_types, crew) for name, spans in fields.items()
        }
        writing()
        del log, fields, starts, types  # memory for the terms, which may be as many as the words
        levels = terms_by_level(words, crew)
        del words
        sums = {name: self._writer.write_lengths(name, field_log.lengths) for name, field_log in logs.items()}
        inverter = Inverter(crew)
        for level in LEVELS:
            terms, positions = levels.pop(level), level in POSITIONED
            made: dict[str, FieldWriter] = {}
            for name, field_log in logs.items():
                field = FieldWriter(field_log.lengths, positions=positions, measured=sums[name])
                made[level_field(name, level)] = field
                inverter.invert(field_log, terms, field)
            writing()
            writing = crew.begin(partial(self._write_fields, made, positions=positions))
        writing()
        self._write_keys(inverter)
        for name, column in self._columns.items():
            column.write(name, self._writer, self.num_docs)
        deletions = None
        if self._deleted:
            deletions = Deletions(self.num_docs)
            for doc in self._deleted:
                deletions.add(doc)
        return self._writer.finish(), deletions

    def _spans(self, log: PieceLog, docs: array[int], parts: array[int]) -> Spans:
        """Return where a field of each document is."""
        spans = Spans(docs, uint32s(self.num_docs), uint32s(self.num_docs))
        pick_spans(log.spans, docs, parts, spans.starts, spans.ends)
        return spans

    def abandon(self) -> None:
        """Forget everything and remove the file."""
        self._writer.abandon()

    def _write_fields(self, fields: dict[str, FieldWriter], *, positions: bool) -> None:
        while fields:
            name = next(iter(fields))
            self._writer.write_field(name, fields.pop(name), positions=positions)

    def _write_keys(self, inverter: Inverter) -> None:
        field = FieldWriter(uint32s(self.num_docs), positions=False, measured=Lengths())
        keys = [key.encode("utf-8", "surrogatepass") for key in self.keys]
        order, key_ends = (
            array("I", sorted(range(len(keys)), key=keys.__getitem__)),
            array("I", accumulate(map(len, keys))),
        )
        docs, bounds, each = array("I", self.keys.values()), room(self.num_docs + 1), room(len(keys) + 1)
        count_up(bounds)
        count_up(each)
        inverter.add(b"".join(keys), key_ends, order, each, docs, bounds, measured(bounds)[1], field)
        self._writer.write_field(KEY, field, positions=False)


def _joined(items: list[object]) -> str:
    """Return the text to analyse in a field whose value is a list of texts, "" for any other list."""
    texts = [item for item in items if isinstance(item, str)]
    return "\n".join(texts) if len(texts) == len(items) else ""
