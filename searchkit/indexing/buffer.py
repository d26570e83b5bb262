"""Documents in memory, not yet a segment.

The documents are kept as numbers of their words (``segment/group.py``). When the segment is written, each distinct word
is folded once, which gives one number per token, that of its type; each type is analysed once, and a counting sort
makes posting lists of the tokens.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from searchkit._core.buffers import uint32s
from searchkit._core.dense import count_pieces, join_words
from searchkit._core.invert import count_occurrences, count_tokens, expand, hint_documents, place, share_tokens
from searchkit._core.order import order_terms
from searchkit.analysis.evidence import LEVELS, POSITIONED, evidence_by_level, level_field
from searchkit.arabic.folding import new_scanner
from searchkit.config import KEY
from searchkit.errors import DocumentError
from searchkit.segment import Deletions, FieldWriter, SegmentWriter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from searchkit._core.scan import Scanner
    from searchkit.segment.group import GroupWriter

PLAIN = (KEY, "file")
"""Fields that are kept and shown but hold no text; the first is the key, found as it stands."""

_BYTES_PER_WORD = 200  # the types and terms at all levels when they are written
_BYTES_PER_PIECE = 10  # tokens, and the occurrences of the lemmas, of the largest field while it is inverted
_BYTES_PER_DOCUMENT = 200


class _Spans(NamedTuple):
    starts: array[int]  # a field of document d is log[starts[d]:ends[d]]
    ends: array[int]


class _Log(NamedTuple):
    types: array[int]  # one per token
    bounds: array[int]  # document d is types[bounds[d]:bounds[d + 1]]
    hints: array[int]  # the document of every 64th token
    counts: array[int]  # how often each type occurs


class _Terms(NamedTuple):
    starts: array[int]  # the terms of type t are numbers[starts[t]:starts[t + 1]]
    numbers: array[int]
    terms: list[bytes]
    order: array[int]  # the numbers of the terms, in ascending order of their bytes


class DocumentBuffer:
    """Takes documents until they are written as a segment."""

    def __init__(self, writer: SegmentWriter) -> None:
        self._writer = writer
        self._spans: dict[str, _Spans] = {}
        self._keys: dict[str, int] = {}
        self.num_docs = 0
        self._deleted: list[int] = []

    def __contains__(self, key: str) -> bool:
        return key in self._keys

    @property
    def fields(self) -> list[str]:
        """The analysed fields met so far."""
        return list(self._spans)

    def size(self) -> int:
        """Estimate the memory in use, and what will be when the segment is written, in bytes."""
        group = self._writer.stored.group
        return (
            self._writer.stored.size()
            + len(group.log) * _BYTES_PER_PIECE
            + group.scanner.num_types * _BYTES_PER_WORD
            + self.num_docs * _BYTES_PER_DOCUMENT
        )

    def add(self, document: dict[str, Any]) -> None:
        """Append a document, in place of one with the same id; one that cannot be indexed leaves no trace.

        Raises:
            DocumentError: a field has a name or value that cannot be indexed.
        """
        key = document[KEY]
        joined: dict[str, str] = {}
        for name, value in document.items():
            if name not in self._writer.names:
                _check_name(name)
            if isinstance(value, list) and name not in PLAIN and (text := _joined(cast("list[object]", value))):
                joined[name] = text
        stored = self._writer.stored
        try:
            spans = stored.add(document, key.encode("utf-8", "surrogatepass"))
        except (TypeError, ValueError, RecursionError) as error:
            raise DocumentError(f"{key}: cannot be stored ({error}); give plain JSON values") from None
        for name, text in joined.items():
            spans[name] = stored.group.cut(text)
        for name in spans:
            if name not in self._spans and name not in PLAIN:
                self._spans[name] = _Spans(uint32s(self.num_docs), uint32s(self.num_docs))
        for name, field in self._spans.items():
            start, end = spans.get(name, (0, 0))
            field.starts.append(start)
            field.ends.append(end)
        self.delete(key)
        self.num_docs += 1
        self._keys[key] = self.num_docs - 1
        self._writer.names.update(dict.fromkeys(document))

    def delete(self, key: str) -> bool:
        """Delete a document; return whether it was here."""
        doc = self._keys.pop(key, None)
        if doc is None:
            return False
        self._deleted.append(doc)
        return True

    def write(self) -> tuple[int, Deletions | None]:
        """Write the segment; return its checksum and what is deleted already."""
        logs, scanner = self._cut_into_tokens()
        self._writer.stored.write()  # now: it lets go of the words as they are written
        levels = _terms_by_level(scanner)
        occurrences = uint32s(0)
        for name, log in logs.items():
            lengths = uint32s(self.num_docs)
            for doc in range(self.num_docs):
                lengths[doc] = log.bounds[doc + 1] - log.bounds[doc]
            self._writer.write_lengths(name, lengths)
            for level, terms in levels.items():
                positions = level in POSITIONED
                field = FieldWriter(lengths, positions=positions)
                occurrences = _invert(log, terms, field, occurrences)
                self._writer.write_field(level_field(name, level), field, positions=positions)
        self._write_keys()
        deletions = None
        if self._deleted:
            deletions = Deletions(self.num_docs)
            for doc in self._deleted:
                deletions.add(doc)
        return self._writer.finish(), deletions

    def _cut_into_tokens(self) -> tuple[dict[str, _Log], Scanner]:
        """Return the tokens of all fields, and what knows their types."""
        group = self._writer.stored.group
        firsts, types, scanner = _types_of_pieces(group, self._spans.values())
        logs: dict[str, _Log] = {}
        for name, spans in self._spans.items():
            logs[name] = self._tokens(group.log, spans, firsts, types, scanner.num_types)
        return logs, scanner

    def _tokens(self, log: array[int], spans: _Spans, firsts: array[int], types: array[int], num_types: int) -> _Log:
        """Return the tokens of a field."""
        bounds = uint32s(self.num_docs + 1)
        tokens = uint32s(expand(log, spans.starts, spans.ends, firsts, types, uint32s(0), bounds))
        expand(log, spans.starts, spans.ends, firsts, types, tokens, bounds)
        counts = uint32s(num_types)
        count_tokens(tokens, len(tokens), counts)
        return _Log(tokens, bounds, _hints(bounds), counts)

    def abandon(self) -> None:
        """Forget everything and remove the file."""
        self._writer.abandon()

    def _write_keys(self) -> None:
        field = FieldWriter(uint32s(self.num_docs), positions=False)
        keys, order = _sorted(self._keys)
        docs, bounds = array("I", self._keys.values()), array("I", range(self.num_docs + 1))
        field.add_all(keys, order, array("I", range(len(keys) + 1)), docs, bounds, _hints(bounds))
        self._writer.write_field(KEY, field, positions=False)


def _invert(log: _Log, terms: _Terms, field: FieldWriter, occurrences: array[int]) -> array[int]:
    """Write the postings of all terms of a field; return the buffer of occurrences, which is used again."""
    firsts = uint32s(len(terms.terms) + 2)
    total = count_occurrences(log.counts, terms.starts, terms.numbers, firsts)
    if total > len(occurrences):
        occurrences = uint32s(total)
    place(log.types, len(log.types), terms.starts, terms.numbers, firsts, occurrences)
    field.add_all(terms.terms, terms.order, firsts, occurrences, log.bounds, log.hints)
    return occurrences


def _hints(bounds: array[int]) -> array[int]:
    hints = uint32s((bounds[-1] >> 6) + 1)
    hint_documents(bounds, hints)
    return hints


def _check_name(name: str) -> None:
    if "__" in name or name.startswith("_") or not name or not _is_encodable(name):
        raise DocumentError(
            f"field {name!r}: names must not be empty, begin with _, or hold __ or half a surrogate pair; rename it"
        )


def _joined(items: list[object]) -> str:
    """Return the text to analyse in a field whose value is a list of texts, "" for any other list."""
    texts = [item for item in items if isinstance(item, str)]
    return "\n".join(texts) if len(texts) == len(items) else ""


def _is_encodable(name: str) -> bool:
    try:
        return name.isascii() or bool(name.encode())
    except UnicodeEncodeError:
        return False


def _types_of_pieces(group: GroupWriter, fields: Iterable[_Spans]) -> tuple[array[int], array[int], Scanner]:
    """Fold the pieces that occur in fields; return where each piece's types begin, the types, and their scanner."""
    words, scanner = group.scanner, new_scanner()
    counts = uint32s(words.num_types)
    for spans in fields:
        count_pieces(group.log, spans.starts, spans.ends, counts)
    ends, firsts = uint32s(len(counts)), uint32s(len(counts) + 1)
    text = join_words(*words.spellings(), len(counts), counts, ends)
    types, starts = uint32s(len(text)), uint32s(len(text))
    count = scanner.scan(text, types, starts, uint32s(len(text)))
    share_tokens(starts, count, ends, firsts)
    return firsts, types[:count], scanner


def _terms_by_level(scanner: Scanner) -> dict[str, _Terms]:
    """Number the terms of all types at each level."""
    words = [scanner.word(type_id) for type_id in range(scanner.num_types)]
    each = array("I", range(len(words) + 1))
    terms = {LEVELS[0]: _Terms(each, each[:-1], *_sorted(words))}
    for level, found in zip(LEVELS[1:], evidence_by_level(words), strict=True):
        terms[level] = _Terms(found.starts, found.numbers, *_sorted(found.numbering))
    return terms


def _sorted(terms: Iterable[str]) -> tuple[list[bytes], array[int]]:
    """Return the bytes of terms, and their numbers in ascending order of these."""
    encoded = [term.encode("utf-8", "surrogatepass") for term in terms]
    return encoded, order_terms(encoded)
