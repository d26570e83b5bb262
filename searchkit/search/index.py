"""An index as its users hold it."""

from __future__ import annotations

from _thread import allocate_lock  # threading costs its import
from typing import TYPE_CHECKING, Any, Self

from searchkit.codecs.foreign import foreign_generation
from searchkit.config import LIMIT, LOCK_TIMEOUT_S, MEMORY_MB
from searchkit.errors import InputError, StoreError
from searchkit.ranking import Model
from searchkit.search.searcher import Searcher
from searchkit.search.synonyms import Synonyms
from searchkit.segment.manifest import generations, read_manifest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType

    from searchkit.indexing.writer import IndexWriter
    from searchkit.search.account import Account
    from searchkit.search.filters import Filter
    from searchkit.search.quote import Quotations
    from searchkit.search.results import Results
    from searchkit.search.sorting import Sort
    from searchkit.search.suggest import Suggestion
    from searchkit.segment import SegmentReader


class Index:
    """An index on disk, open for searching: a snapshot until ``refresh``."""

    def __init__(self, directory: str, model: Model | None = None) -> None:
        """Open an index.

        Raises:
            IndexMissingError: there is none.
            IndexFormatError: it is damaged or of another version.
        """
        self.directory = directory
        self._refreshing = allocate_lock()
        self._synonyms = Synonyms(directory)
        self._open(_newest(directory, model or Model()))

    def _open(self, searcher: Searcher) -> None:
        searcher.synonyms = self._synonyms.names
        self._searcher = searcher
        self._notes: list[str] = []
        if foreign_generation(self.directory, searcher.manifest) is not None:
            self._notes.append("another Whoosh program changed the index; 'searchkit index PATH' takes that in")

    def _snapshot(self) -> Searcher:
        """Return what is searched, if its files are as long as they were."""
        searcher = self._searcher
        searcher.check_sizes()
        return searcher

    def search(
        self,
        query: str,
        *,
        limit: int = LIMIT,
        plain: bool = False,
        level: str | None = None,
        fold: Mapping[str, bool] | None = None,
        collapse: bool = False,
        fallback: bool = True,
        offset: int = 0,
        filter: Filter | None = None,  # noqa: A002 - what it is called elsewhere
        sort: Sort | None = None,
        facets: Sequence[str] = (),
        facet_limit: int | None = None,
        operator: str = "any",
    ) -> Results:
        """Return the best documents for a query.

        Args:
            query: in the query language; see README.
            limit: how many hits at most.
            plain: take the query as text in which nothing is an operator.
            level: the weakest evidence to search: ``surface`` for the spelling alone, ``lemma`` for all forms of a word
                and spellings of a name, ``root`` (the default) for its relatives as well.
            fold: distinctions to make though the index does not, as in ``{"hamza": False}``: hits must have the words
                with these as they were typed. Then the default level is ``surface``.
            collapse: leave out copies of a hit; ``Hit.copies`` says how many there were. Facets count them.
            fallback: search something else for what no document has, and say so in ``Results.notes``: the other
                keyboard layout, Latin letters, another spelling, less of the query.
            offset: hits to pass over, for the pages after the first.
            filter: what all hits must satisfy, worth nothing itself: a text in the query language, of
                which all parts must match, or values by field, as in ``{"source": ["a", "b"], "price": (10, None)}``.
            sort: a field, or several, to order the hits by; ``-`` before one turns its order round. Documents without
                a value come last.
            facets: fields whose values are counted in all documents that match; dates also as ``date:month`` (year,
                day), numbers as ``price:10/20/50``.
            facet_limit: how many values of each, 10 if it is not given.
            operator: ``all`` if hits must have all words that stand side by side; function words count for nothing.

        Raises:
            QueryError: the query or the filter is empty, too long, or does not parse; or a field that is named cannot
                be compared, sorted or counted by.
        """
        results = self._snapshot().search(
            query, limit=limit, plain=plain, level=level, fold=fold, collapse=collapse, fallback=fallback,
            offset=offset, filter=filter, sort=sort, facets=facets, facet_limit=facet_limit, operator=operator,
        )  # fmt: skip
        results.notes = [*results.notes, *self._notes, *self._synonyms.notes]
        return results

    def explain(
        self,
        query: str,
        key: str,
        *,
        plain: bool = False,
        level: str | None = None,
        fold: Mapping[str, bool] | None = None,
        fallback: bool = True,
        filter: Filter | None = None,  # noqa: A002 - what it is called elsewhere
        operator: str = "any",
    ) -> Account | None:
        """Return what becomes of the document with this id in a search; None if there is no such document.

        The other arguments are those of ``search``.

        Raises:
            QueryError: the query is empty, too long, or does not parse.
        """
        from searchkit.search.account import account

        searcher = self._snapshot()
        asked = searcher.ask(
            query, plain=plain, level=level, fold=fold, fallback=fallback, filter=filter, operator=operator
        )
        found = searcher.find(key)
        return None if found is None else account(searcher.snapshot, asked, key, *found)

    def similar(self, key: str, limit: int = LIMIT, *, collapse: bool = False) -> Results:
        """Return the documents most like the one with this id, without it; copies of it come first.

        Args:
            key: the document's id.
            limit: how many hits at most.
            collapse: leave out copies, of it and of each other; else ``Hit.is_copy`` says which are copies of it.

        Raises:
            InputError: there is no document with this id.
        """
        from searchkit.search.similar import similar

        searcher = self._snapshot()
        found = searcher.find(key)
        if found is None:
            raise InputError(f"{key}: no document with this id; 'searchkit query TEXT --tsv' shows ids")
        return similar(searcher, *found, limit, collapse=collapse)

    def find_quote(self, text: str, limit: int = LIMIT) -> Quotations:
        """Return where a sentence or a page stands, the most agreement first.

        Vowels, punctuation and spellings that folding unites do not matter; words may be left out, added, changed or
        misspelt.

        Args:
            text: the quotation; of long ones the first thousand words are looked for.
            limit: how many places at most, one per document and field.

        Raises:
            QueryError: there is no word in it.
        """
        from searchkit.search.quote import find_quote

        return find_quote(self._snapshot(), text, limit)

    def complete(
        self, beginning: str, limit: int = LIMIT, *, fields: Sequence[str] = ("title", "text")
    ) -> list[tuple[str, int]]:
        """Return words that begin so, as mostly written, each with its number of documents, most documents first."""
        from searchkit.search.complete import complete

        searcher = self._snapshot()
        spellings = searcher.spellings()
        found = complete(searcher.segments, beginning, limit, fields)
        return [(spellings.written(word, fields), count) for word, count in found]

    def knows(self, word: str, *, fields: Sequence[str] = ("title", "text")) -> bool:
        """Tell whether a document has a word as it is spelt."""
        from searchkit.search.complete import knows

        return knows(self._snapshot().segments, word, fields)

    def complete_value(self, field: str, beginning: str = "", limit: int = LIMIT) -> list[tuple[str, int]]:
        """Return the values of a field that begin so, each with its number of documents, most documents first."""
        from searchkit.search.complete import complete_value

        return complete_value(self._searcher.segments, field, beginning, limit)

    def suggest(self, word: str, limit: int = 5) -> list[Suggestion]:
        """Return words that may have been meant by a word, most probable first.

        More frequent ones of nearly the same spelling, what the keys give with the other keyboard layout, what Latin
        letters may write; none for a word that is there and resembles none that is more frequent.
        """
        from searchkit.search.meant import meant

        searcher = self._snapshot()
        return meant(searcher.segments, searcher.snapshot.statistics, searcher.spellings(), word, limit)

    def document(self, key: str) -> dict[str, Any] | None:
        """Return the document with this id as it was given; None if there is none."""
        searcher = self._snapshot()
        found = searcher.find(key)
        return None if found is None else searcher.segments[found[0]].stored.document(found[1])

    def refresh(self) -> bool:
        """Turn to the newest commit and synonyms; return whether there were any. Files still in use stay open."""
        with self._refreshing:  # or a slower thread would turn back to an older one
            changed = self._synonyms.refresh()
            newest = generations(self.directory)
            old = self._searcher
            if not changed and newest and newest[0] == old.manifest.generation and old.is_there():
                return False
            self._open(_newest(self.directory, old.model, old.segments))
            return True

    def writer(
        self,
        *,
        memory_mb: int = MEMORY_MB,
        threads: int = 1,
        fields: Mapping[str, str] | None = None,
        lock_timeout_s: float = LOCK_TIMEOUT_S,
    ) -> IndexWriter:
        """Return the writer; what it commits is seen here after ``refresh``."""
        return create(
            self.directory, memory_mb=memory_mb, threads=threads, fields=fields, lock_timeout_s=lock_timeout_s
        )

    def stats(self) -> dict[str, Any]:
        """Return counts: documents, segments, terms and tokens of each field, and ``kinds``."""
        segments = self._searcher.segments
        fields: dict[str, dict[str, int]] = {}
        for segment in segments:
            for info in segment.fields.values():
                entry = fields.setdefault(info.name, {"terms": 0, "occurrences": 0})
                entry["terms"] += info.num_terms
                entry["occurrences"] += info.occurrences
        manifest = self._searcher.manifest
        return {
            "documents": self._searcher.num_docs,
            "deleted": sum(segment.num_docs - segment.num_live for segment in segments),
            "segments": len(segments),
            "generation": manifest.generation,
            "analyzer": manifest.analyzer,
            "fields": fields,
            "kinds": self.kinds(),
        }

    def kinds(self) -> dict[str, dict[str, Any]]:
        """Return the fields to filter, sort and count by: ``kind``, ``declared`` and how many ``documents`` have it."""
        segments = self._searcher.segments
        return {
            field.name: {
                "kind": field.kind,
                "declared": field.declared,
                "documents": sum(
                    column.count_docs(segment.live_bits)
                    for segment in segments
                    if (column := segment.column(field.name)) is not None
                ),
            }
            for field in self._searcher.manifest.kinds
        }

    def damage(self) -> list[str]:
        """Read all files of the newest commit and the one before; return a line for each part that is damaged."""
        from searchkit.segment.check import find_damage

        return find_damage(self.directory)

    def __len__(self) -> int:
        return self._searcher.num_docs

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Do nothing: files are unmapped with the last reference to them."""


def open_index(directory: str) -> Index:
    """Open an index for searching.

    Raises:
        IndexMissingError: there is none.
        IndexFormatError: it is damaged or of another version.
    """
    return Index(directory)


def _newest(directory: str, model: Model, known: Sequence[SegmentReader] = ()) -> Searcher:
    """Return a searcher of the newest commit; a writer may remove the files of the one that was read last."""
    while True:
        manifest = read_manifest(directory)
        try:
            return Searcher(directory, manifest, model, known)
        except StoreError:
            if generations(directory)[:1] == [manifest.generation]:
                raise


def create(
    directory: str,
    *,
    memory_mb: int = MEMORY_MB,
    threads: int = 1,
    fields: Mapping[str, str] | None = None,
    lock_timeout_s: float = LOCK_TIMEOUT_S,
) -> IndexWriter:
    """Return the writer of an index, which is made if there is none; see ``IndexWriter``.

    Raises:
        IndexLockedError: another writer did not finish in time.
        IndexFormatError: the index there is damaged or of another version.
        InputError: a field is already of another kind.
    """
    from searchkit.codecs.foreign import adopt
    from searchkit.codecs.toc import make_toc
    from searchkit.indexing.writer import IndexWriter

    return IndexWriter(
        directory,
        memory_mb=memory_mb,
        threads=threads,
        fields=fields,
        lock_timeout_s=lock_timeout_s,
        make_toc=make_toc,
        adopt=adopt,
    )
