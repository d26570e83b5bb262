"""Retrieval tasks made of the judged sets: other lengths of queries and of documents, other kinds of question.

What a task counts as relevant is where its query was cut from, so the figures are good for comparing rankings, and
say little by themselves. Everything is drawn from a fixed seed.
"""

from __future__ import annotations

import gzip
import json
import os
import re
from collections import Counter, defaultdict
from itertools import islice
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from searchkit import fold
from searchkit.arabic.function_words import is_function_word
from searchkit.evaluation.trec import read_qrels, read_queries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

SAMPLE = 600  # queries of a task
_PASSAGE = 100  # words, until the sentence ends
_FEW = 500  # documents
_DAY = 10  # articles
_RUN = 5  # words
_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
_END = re.compile(r"(?<=[.؟!?])\s+")
_MARKS = re.compile("[\u064b-\u0652]")
_CARELESS = str.maketrans("أإآةىئؤ", "اااهيىو")


Run = tuple[str, ...]


class Document(NamedTuple):
    id: str
    title: str
    text: str


class Task(NamedTuple):
    documents: Sequence[Document]
    queries: Mapping[str, str]
    relevant: Mapping[str, Mapping[str, int]]


class Set(NamedTuple):
    """A judged set."""

    documents: list[Document]
    queries: dict[str, str]
    relevant: dict[str, dict[str, int]]

    def pairs(self) -> Iterator[tuple[str, str, str]]:
        """Yield query, its text and the document judged best."""
        for query, text in self.queries.items():
            if judged := self.relevant.get(query):
                yield query, text, max(judged, key=judged.__getitem__)


def read_set(folder: str, *, judged: bool = True) -> Set:
    with gzip.open(os.path.join(folder, "corpus.jsonl.gz"), "rt", encoding="utf-8") as lines:
        documents = [Document(found["id"], found["title"], found["text"]) for found in map(json.loads, lines)]
    if not judged:
        return Set(documents, {}, {})
    queries = dict(read_queries(os.path.join(folder, "queries.tsv")))
    return Set(documents, queries, read_qrels(os.path.join(folder, "qrels.tsv")))


def make_tasks(data: str) -> Iterator[tuple[str, Task]]:
    """Yield every task by name."""
    wiki, news, arcd = (read_set(os.path.join(data, name)) for name in ("wiki", "news", "arcd"))
    vocalised = read_set(os.path.join(data, "vocalised"), judged=False)
    for name, (make, source) in _OF_ONE_SET.items():
        yield name, make({"wiki": wiki, "news": news, "vocalised": vocalised}[source])
    others = _passages(wiki.documents)
    asked = _some(arcd.queries, arcd.relevant)
    yield "paragraphs among titled passages", Task([*arcd.documents, *others], *asked)
    yield "paragraphs among passages", Task([*arcd.documents, *(one._replace(title="") for one in others)], *asked)
    yield "titled paragraphs among titled passages", _titled(arcd, wiki, others)


def write_task(task: Task, folder: str) -> None:
    """Write a task as the judged sets are written."""
    os.makedirs(folder)
    with open(os.path.join(folder, "corpus.jsonl"), "w", encoding="utf-8") as file:
        file.writelines(json.dumps(found._asdict(), ensure_ascii=False) + "\n" for found in task.documents)
    with open(os.path.join(folder, "queries.tsv"), "w", encoding="utf-8") as file:
        file.writelines(f"{query}\t{' '.join(text.split())}\n" for query, text in task.queries.items())
    with open(os.path.join(folder, "qrels.tsv"), "w", encoding="utf-8") as file:
        for query, judged in task.relevant.items():
            file.writelines(f"{query}\t0\t{document}\t{grade}\n" for document, grade in judged.items())


def _untitled(wiki: Set) -> Task:
    return Task([found._replace(title="") for found in wiki.documents], *_some(wiki.queries, wiki.relevant))


def _joined(wiki: Set) -> Task:
    joined = [found._replace(title="", text=f"{found.title}\n{found.text}") for found in wiki.documents]
    return Task(joined, *_some(wiki.queries, wiki.relevant))


def _of_passages(wiki: Set) -> Task:
    """Every passage of the article counts, and has its title."""
    passages = _passages(wiki.documents)
    of: dict[str, dict[str, int]] = {}
    for found in passages:
        of.setdefault(found.id.partition("#")[0], {})[found.id] = 1
    relevant = {query: of[document] for query, _, document in wiki.pairs() if document in of}
    return Task(passages, *_some(wiki.queries, relevant))


def _titles(wiki: Set) -> Task:
    source = Random(1)
    asked = source.sample([found for found in wiki.documents if len(found.text.split()) > _PASSAGE], SAMPLE)
    return _known([found._replace(title="") for found in wiki.documents], {found.id: found.title for found in asked})


def _leads(wiki: Set) -> Task:
    """The first sentence of an article asks for the rest of it."""
    return _parts(wiki.documents, lambda sentences: (sentences[0], sentences[1:]))


def _questions(wiki: Set) -> Task:
    """A question asks for the other questions that the same article answers."""
    of: dict[str, list[str]] = {}
    for query, _, document in wiki.pairs():
        of.setdefault(document, []).append(query)
    several = {query: queries for queries in of.values() if len(queries) > 1 for query in queries[:1]}
    documents = [Document(query, "", text) for query, text in wiki.queries.items() if query not in several]
    relevant = {f"q{query}": dict.fromkeys(queries[1:], 1) for query, queries in several.items()}
    return Task(documents, *_some({f"q{query}": wiki.queries[query] for query in several}, relevant))


def _first_sentences(news: Set) -> Task:
    return _parts(news.documents, lambda sentences: (sentences[0], sentences[1:]))


def _last_sentences(news: Set) -> Task:
    return _parts(news.documents, lambda sentences: (sentences[-1], sentences[:-1]))


def _halves(news: Set) -> Task:
    """The first half of a long article asks for the second."""

    def part(sentences: list[str]) -> tuple[str, list[str]]:
        middle = len(sentences) // 2
        return " ".join(sentences[:middle]), sentences[middle:]

    return _parts(news.documents, part, least=6)


def _keywords(news: Set) -> Task:
    """Two or three words of a headline."""
    source = Random(2)

    def draw(text: str) -> str:
        words = [word for word in _words(text) if not is_function_word(fold(word))]
        return " ".join(source.sample(words, min(len(words), source.choice((2, 3)))))

    return _asked(news, draw)


def _misspelt(news: Set) -> Task:
    """A letter of one longer word is left out, doubled, changed or exchanged with the next."""
    source = Random(3)

    def misspell(text: str) -> str:
        words = _words(text)
        long = [at for at, word in enumerate(words) if len(word) > 4]
        if long:
            at = source.choice(long)
            words[at] = _misspell(words[at], source)
        return " ".join(words)

    return _asked(news, misspell)


def _careless(news: Set) -> Task:
    """No hamza, ه for ة, ي for ى."""
    return _asked(news, lambda text: text.translate(_CARELESS))


def _short(news: Set) -> Task:
    """Headlines ask for the first sentences of articles."""
    return _asked(news._replace(documents=[found._replace(text=_END.split(found.text)[0]) for found in news.documents]))


def _few(news: Set) -> Task:
    pairs = list(islice(news.pairs(), _FEW))
    wanted = {document for _, _, document in pairs}
    documents = [found for found in news.documents if found.id in wanted]
    return Task(documents, {query: text for query, text, _ in pairs}, {query: {found: 1} for query, _, found in pairs})


def _days(news: Set) -> Task:
    """Ten articles one after the other are one document."""
    groups = [news.documents[at : at + _DAY] for at in range(0, len(news.documents), _DAY)]
    documents = [Document(group[0].id, "", "\n".join(found.text for found in group)) for group in groups]
    of = {found.id: group[0].id for group in groups for found in group}
    relevant = {query: {of[document]: 1} for query, _, document in news.pairs()}
    return Task(documents, *_some(news.queries, relevant))


def _claims(news: Set) -> Task:
    """Half of the words of a sentence, as they follow each other, ask for it among 200,000."""
    source = Random(4)
    sentences = list(islice(_sentences(news.documents), 200_000))
    asked = source.sample([found for found in sentences if 10 <= len(found.text.split()) <= 40], SAMPLE)
    return _known(sentences, {found.id: _thin(found.text, 0.5, source) for found in asked})


def _vocalised(texts: Set) -> Task:
    """Some words of a line, written without vowels, a fifth of them with another letter at an end."""
    source = Random(5)
    queries: dict[str, str] = {}
    for found in source.sample([found for found in texts.documents if len(found.text.split()) >= 12], SAMPLE):
        words = _words(_MARKS.sub("", found.text))
        at = source.randrange(max(len(words) - 8, 1))
        drawn = [word for word in words[at : at + 8] if source.random() < 0.7]
        queries[found.id] = " ".join(
            word[:-1] if len(word) > 3 and source.random() < 0.2 else word for word in drawn or words[:4]
        )
    return _known(texts.documents, queries)


def _titled(arcd: Set, wiki: Set, passages: Sequence[Document]) -> Task:
    """Paragraphs get the title of the article of wiki that has most runs of words in common with those beside them."""
    having: dict[Run, set[str]] = defaultdict(set)
    for found in arcd.documents:
        for run in _runs(found.text):
            having[run].add(found.id.rpartition("-")[0])
    common: dict[str, Counter[Document]] = defaultdict(Counter)
    for found in wiki.documents:
        for run in _runs(found.text):
            for group in having.get(run, ()):
                common[group][found] += 1
    articles = {group: found for group, counts in common.items() for found, count in counts.most_common(1) if count > 7}
    titled = [
        found._replace(title=articles[group].title)
        for found in arcd.documents
        if (group := found.id.rpartition("-")[0]) in articles
    ]
    keys, gone = {found.id for found in titled}, {found.id for found in articles.values()}
    relevant = {query: judged for query, judged in arcd.relevant.items() if judged.keys() <= keys}
    others = [found for found in passages if found.id.partition("#")[0] not in gone]
    return Task([*titled, *others], *_some(arcd.queries, relevant))


def _runs(text: str) -> set[Run]:
    words = fold(text).split()
    return {tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}


def _asked(asked: Set, change: Callable[[str], str] = str) -> Task:
    queries, relevant = _some(asked.queries, asked.relevant)
    return Task(asked.documents, {query: change(text) for query, text in queries.items()}, relevant)


def _known(documents: Sequence[Document], queries: Mapping[str, str]) -> Task:
    return Task(documents, queries, {document: {document: 1} for document in queries})


def _parts(documents: Sequence[Document], part: Callable[[list[str]], tuple[str, list[str]]], least: int = 3) -> Task:
    """One part of some documents asks for the rest, which is all that is left of them."""
    source = Random(6)
    drawn = {found.id for found in source.sample(documents, min(4 * SAMPLE, len(documents)))}
    queries: dict[str, str] = {}
    left: list[Document] = []
    for found in documents:
        sentences = _END.split(found.text)
        if found.id in drawn and len(sentences) >= least and len(queries) < SAMPLE:
            asked, rest = part(sentences)
            if 5 <= len(asked.split()) <= 400:
                queries[found.id] = asked
                left.append(Document(found.id, "", " ".join(rest)))
                continue
        left.append(found._replace(title=""))
    return _known(left, queries)


def _some(
    queries: Mapping[str, str], relevant: Mapping[str, Mapping[str, int]]
) -> tuple[dict[str, str], dict[str, Mapping[str, int]]]:
    able = [query for query in queries if query in relevant]
    drawn = set(Random(7).sample(able, min(SAMPLE, len(able))))
    return {query: queries[query] for query in able if query in drawn}, {query: relevant[query] for query in drawn}


def _passages(documents: Iterable[Document]) -> list[Document]:
    passages: list[Document] = []
    for found in documents:
        words: list[str] = []
        number = 0
        for sentence in [*_END.split(found.text), ""]:
            words.extend(sentence.split())
            if len(words) >= _PASSAGE or (words and not sentence):
                passages.append(Document(f"{found.id}#{number}", found.title, " ".join(words)))
                words = []
                number += 1
    return passages


def _sentences(documents: Iterable[Document]) -> Iterator[Document]:
    for found in documents:
        for number, sentence in enumerate(_END.split(found.text)):
            if sentence:
                yield Document(f"{found.id}#{number}", "", sentence)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def _thin(text: str, share: float, source: Random) -> str:
    words = text.split()
    kept = sorted(source.sample(range(len(words)), max(int(share * len(words)), 1)))
    return " ".join(words[at] for at in kept)


def _misspell(word: str, source: Random) -> str:
    at = source.randrange(1, len(word) - 1)
    letter = source.choice(_LETTERS)
    changed = (
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    )
    return source.choice(changed)


_OF_ONE_SET: dict[str, tuple[Callable[[Set], Task], str]] = {
    "questions, no titles": (_untitled, "wiki"),
    "questions, titles in texts": (_joined, "wiki"),
    "questions, passages": (_of_passages, "wiki"),
    "questions, questions": (_questions, "wiki"),
    "title, article": (_titles, "wiki"),
    "wiki: first sentence, rest": (_leads, "wiki"),
    "news: first sentence, rest": (_first_sentences, "news"),
    "news: last sentence, rest": (_last_sentences, "news"),
    "news: half, other half": (_halves, "news"),
    "two or three words of headlines": (_keywords, "news"),
    "headlines, misspelt": (_misspelt, "news"),
    "headlines, carelessly written": (_careless, "news"),
    "headlines, 500 articles": (_few, "news"),
    "headlines, first sentences": (_short, "news"),
    "headlines, ten articles in one": (_days, "news"),
    "half a sentence, 200,000": (_claims, "news"),
    "classical, vocalised": (_vocalised, "vocalised"),
}
