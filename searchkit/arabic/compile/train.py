"""Costs of stems and affixes, learned from how often word forms occur.

Each form of the frequency list is shared out among its readings by the current probabilities, and the
probabilities are taken again from the shares (expectation maximisation; Dempster, Laird, Rubin 1977). A reading is
P(prefix | kind) P(stem) P(suffix | kind); readings that need letters the form is not written with count little.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence

from searchkit.arabic import letters as ar
from searchkit.arabic.compile.affixes import Affixes
from searchkit.arabic.compile.stems import PARTICLE, PLURAL, Lexeme, Part
from searchkit.arabic.folding import fold
from searchkit.records import NamedTuple

LAX = 0.03  # of a letter written otherwise than the dictionary has it
_COUNTED = 3e-8  # share of running words from which counting goes before computing
_CLEARLY = 1.25  # how much more often a lemma must be meant than the next
_CERTAINLY = 11.0  # from here on the next is not worth keeping
_MOST_TIMES = 10.0  # how much more than believed a stem can turn out to occur
_MOST_UNKNOWN = 5e-7  # share of running words of a stem believed not to occur
_NEVER = 1e-9  # probability of an affix no form needed
_HAMZAS = (ar.HAMZA, ar.WAW_HAMZA, ar.YEH_HAMZA)


class Record(NamedTuple):
    """A stem of one lemma and the slots it fills."""

    stem: str  # folded
    written: str
    lemma: str  # folded
    kind: int
    mask: int
    lexeme: int
    share: float  # of the lexeme's occurrences, as a first guess


class Merged(NamedTuple):
    """What the file keeps of a stem's records for one lemma and kind."""

    lemma: str
    entry: str
    root: str
    kind: int
    mask: int
    chance: float


class Reading(NamedTuple):
    """One way to read a form: numbers of the record and affixes, and how well the letters agree."""

    record: int
    prefix: str
    suffix: str
    weight: float


def fold_all(words: list[str]) -> list[str]:
    """Fold many words at once; a word that is not one token comes back as ""."""
    folded: list[str] = []
    for at in range(0, len(words), 5000):
        part = words[at : at + 5000]
        together = fold("\n".join(part)).split(" ")
        folded += together if len(together) == len(part) else [_fold_one(word) for word in part]
    return folded


def _fold_one(word: str) -> str:
    folded = fold(word)
    return "" if " " in folded else folded


class Decision(NamedTuple):
    """How to read a folded form that the probabilities alone would read otherwise."""

    reading: Reading
    is_certain: bool  # hardly ever anything else


class Model:
    """The stems of all lexemes and the probabilities of stems and affixes."""

    def __init__(self, affixes: Affixes, lexemes: list[Lexeme]) -> None:
        self.affixes = affixes
        self.lexemes = lexemes
        self.records: list[Record] = []
        self.by_stem: dict[str, list[int]] = {}
        self.theta: list[float] = []
        self.prefix_p: dict[tuple[str, int], float] = {}
        self.suffix_p: dict[tuple[str, int], float] = {}
        self.decisions: dict[str, Decision] = {}
        self._longest_suffix = max(map(len, affixes.suffixes))
        waw = 0
        for slot in affixes.slots.values():
            if any(ending.startswith(ar.WAW) for ending in slot.endings):
                waw |= 1 << slot.bit
        self._waw = waw
        self._add_lexemes()

    def _add_lexemes(self) -> None:
        rows: list[tuple[str, str, int, int, Part]] = []
        for number, lexeme in enumerate(self.lexemes):
            for part in lexeme.parts:
                for stem, mask in part.stems.items():
                    before_waw = mask & self._waw if stem[-1] in _HAMZAS else 0
                    if before_waw:
                        rows.append((stem, stem + ar.WAW, before_waw, number, part))
                    rest = mask if stem[-1] == ar.YEH_HAMZA else mask & ~before_waw
                    rows.append((stem, stem, rest, number, part))
        stems = fold_all([row[1] for row in rows])
        lemmas = fold_all([lexeme.lemma for lexeme in self.lexemes])
        for (written, spelled, mask, number, part), stem in zip(rows, stems, strict=True):
            cut = stem[: len(stem) - len(spelled) + len(written)]
            if mask and cut and lemmas[number]:
                self._add(Record(cut, written, lemmas[number], part.kind, mask, number, part.share))

    def _add(self, record: Record) -> None:
        self.by_stem.setdefault(record.stem, []).append(len(self.records))
        self.records.append(record)
        self.theta.append(0.0)

    def readings(self, word: str, written: str) -> list[Reading]:
        """Return all readings of a folded word that is written as given (or folded, when nothing is known)."""
        prefixes, suffixes = self.affixes.prefixes, self.affixes.suffixes
        by_stem, records = self.by_stem, self.records
        size = len(word)
        found: list[Reading] = []
        starts = [(i, prefixes[word[:i]]) for i in range(min(6, size)) if word[:i] in prefixes]
        for end in range(size, max(0, size - self._longest_suffix - 1), -1):
            suffix = word[end:]
            after = suffixes.get(suffix)
            if after is None:
                continue
            for start, before in starts:
                if start >= end:
                    break
                both = before & after
                if both:
                    for number in by_stem.get(word[start:end], ()):
                        record = records[number]
                        if record.mask & both:
                            weight = self._agreement(record, record.mask & both, written, start, end)
                            found.append(Reading(number, word[:start], suffix, weight))
        return found

    def best(self, word: str) -> tuple[Reading, float] | None:
        """Return the most probable reading of a folded word and its probability, None when there is none."""
        readings = self.readings(word, word)
        if not readings:
            return None
        return max(((reading, self.chance(reading)) for reading in readings), key=lambda pair: pair[1])

    def chance(self, reading: Reading) -> float:
        """Return the probability of a reading."""
        kind = self.records[reading.record].kind
        before = self.prefix_p.get((reading.prefix, kind), _NEVER)
        return self.theta[reading.record] * before * self.suffix_p.get((reading.suffix, kind), _NEVER)

    def singular_prior(self, folded: str) -> float:
        """Return how often the list of lemmas has a noun whose singular looks like this."""
        base = [(folded, 1 << self.affixes.slots["sg"].bit)]
        if folded.endswith(ar.HEH):
            base.append((folded[:-1], self._feminine))
        return max(
            (
                self.lexemes[self.records[number].lexeme].prior
                for stem, mask in base
                for number in self.by_stem.get(stem, ())
                if self.records[number].mask & mask and self.records[number].kind not in (PARTICLE, PLURAL)
            ),
            default=0.0,
        )

    def _agreement(self, record: Record, slots: int, written: str, start: int, end: int) -> float:
        weight = 1.0
        if written[start:end] != record.written:
            for one, two in zip(written[start:end], record.written, strict=False):
                if one != two:
                    weight *= LAX
        if end < len(written):
            feminine = slots & self._feminine
            if written[-1] == ar.TEH_MARBUTA and not feminine:
                weight *= LAX * LAX
            elif written[-1] == ar.HEH and end == len(written) - 1 and feminine == slots:
                weight *= LAX
            elif written[-1] == ar.ALEF_MAKSURA:
                weight *= LAX * LAX
        if start and written[start - 1] == ar.ALEF_HAMZA_ABOVE and not slots & self._first:
            weight *= LAX * LAX
        elif start and written[start - 1] == ar.ALEF and slots & self._first == slots:
            weight *= LAX
        return weight

    def merged(self) -> dict[str, list[Merged]]:
        """Return the records by stem; those of one lemma, kind and mask become one, under its most frequent entry."""
        merged: dict[str, list[Merged]] = {}
        for stem, numbers in sorted(self.by_stem.items()):
            groups: dict[tuple[str, int, int], list[int]] = {}
            for number in numbers:
                record = self.records[number]
                groups.setdefault((record.lemma, record.kind, record.mask), []).append(number)
            merged[stem] = [self.merge(group) for group in groups.values()]
        return merged

    def merge(self, group: list[int]) -> Merged:
        """Return records of one stem, lemma, kind and mask as one."""
        first = self.records[group[0]]
        lexemes = [self.lexemes[self.records[number].lexeme] for number in group]
        lexemes.sort(key=lambda lexeme: -lexeme.prior)
        root = next((lexeme.root for lexeme in lexemes if lexeme.root), "")
        chance = sum(self.theta[number] for number in group)
        return Merged(first.lemma, lexemes[0].entry, root, first.kind, first.mask, chance)

    @property
    def _feminine(self) -> int:
        return 1 << self.affixes.slots["f"].bit

    @property
    def _first(self) -> int:
        return 1 << self.affixes.slots["a.0"].bit | 1 << self.affixes.slots["a.0+"].bit


class Trainer:
    """Shares the occurrences of forms out among their readings until the probabilities settle."""

    def __init__(self, model: Model, forms: dict[str, float]) -> None:
        self._model = model
        self._folded: list[str] = []
        self._records = array("I")
        self._prefixes = array("I")
        self._suffixes = array("I")
        self._weights = array("d")
        self._bounds = array("I", [0])
        self._counts = array("d")
        self._prefix_keys: dict[tuple[str, int], int] = {}
        self._suffix_keys: dict[tuple[str, int], int] = {}
        written = list(forms)
        for word, folded in zip(written, fold_all(written), strict=True):
            self._collect(word, folded, forms[word])

    def _collect(self, word: str, folded: str, count: float) -> None:
        if not folded or len(folded) != len(word):
            return
        readings = self._model.readings(folded, word)
        if not readings:
            return
        self._folded.append(folded)
        for reading in readings:
            kind = self._model.records[reading.record].kind
            self._records.append(reading.record)
            self._prefixes.append(self._prefix_keys.setdefault((reading.prefix, kind), len(self._prefix_keys)))
            self._suffixes.append(self._suffix_keys.setdefault((reading.suffix, kind), len(self._suffix_keys)))
            self._weights.append(reading.weight)
        self._bounds.append(len(self._records))
        self._counts.append(count)

    def train(self, prior: Sequence[float], rounds: int = 8) -> None:
        """Fit the model.

        Args:
            prior: occurrences each record is believed to have had beforehand.
            rounds: of expectation maximisation.
        """
        theta = list(prior)
        caps = [
            1.0 if record.kind == PARTICLE else _MOST_TIMES * believed + _MOST_UNKNOWN
            for record, believed in zip(self._model.records, prior, strict=True)
        ]
        prefix_p = [1.0 / (1 + 3 * len(key[0])) for key in self._prefix_keys]
        suffix_p = [1.0 / (1 + 3 * len(key[0])) for key in self._suffix_keys]
        for _ in range(rounds):
            theta_n = list(prior)
            prefix_n = [1e-7] * len(prefix_p)
            suffix_n = [1e-7] * len(suffix_p)
            self._share(theta, prefix_p, suffix_p, theta_n, prefix_n, suffix_n)
            theta = [min(count, cap) for count, cap in zip(theta_n, caps, strict=True)]
            prefix_p = _by_kind(prefix_n, self._prefix_keys)
            suffix_p = _by_kind(suffix_n, self._suffix_keys)
        model = self._model
        model.theta = theta
        model.prefix_p = {key: prefix_p[number] for key, number in self._prefix_keys.items()}
        model.suffix_p = {key: suffix_p[number] for key, number in self._suffix_keys.items()}

    def _share(
        self,
        theta: list[float],
        prefix_p: list[float],
        suffix_p: list[float],
        theta_n: list[float],
        prefix_n: list[float],
        suffix_n: list[float],
    ) -> None:
        records, prefixes, suffixes, weights = self._records, self._prefixes, self._suffixes, self._weights
        bounds = self._bounds
        for number, count in enumerate(self._counts):
            span = range(bounds[number], bounds[number + 1])
            scores = [theta[records[i]] * prefix_p[prefixes[i]] * suffix_p[suffixes[i]] * weights[i] for i in span]
            total = sum(scores)
            if total <= 0:
                continue
            scale = count / total
            for i, score in zip(span, scores, strict=True):
                part = score * scale
                theta_n[records[i]] += part
                prefix_n[prefixes[i]] += part
                suffix_n[suffixes[i]] += part

    def decide(self) -> None:
        """Note where the spellings that fold into one form speak for another lemma than the probabilities do.

        Folding hides what tells many words apart: hamza, teh marbuta, alef maksura. Written forms show it, so how
        often each lemma is meant by a folded form can be counted, and what is counted goes before what is computed.
        """
        model = self._model
        meant: dict[str, dict[str, tuple[float, float, Reading]]] = {}
        for number, folded in enumerate(self._folded):
            written = self._readings(number)
            total = sum(score for score, _ in written)
            lemmas = meant.setdefault(folded, {})
            for score, reading in written:
                share = score / total * self._counts[number]
                lemma = model.records[reading.record].lemma
                mass, most, best = lemmas.get(lemma, (0.0, 0.0, reading))
                lemmas[lemma] = (mass + share, max(most, share), reading if share > most else best)
        for folded, lemmas in meant.items():
            computed = model.best(folded)
            ranked = sorted(((mass, lemma) for lemma, (mass, _, _) in lemmas.items()), reverse=True)
            if len(ranked) < 2 or computed is None or ranked[0][0] < max(_COUNTED, _CLEARLY * ranked[1][0]):
                continue
            if model.records[computed[0].record].lemma != ranked[0][1]:
                is_certain = ranked[0][0] > _CERTAINLY * ranked[1][0]
                model.decisions[folded] = Decision(lemmas[ranked[0][1]][2], is_certain)

    def _readings(self, number: int) -> list[tuple[float, Reading]]:
        """Return the readings of the form with this number, each with its score."""
        model = self._model
        prefixes, suffixes = list(self._prefix_keys), list(self._suffix_keys)
        found: list[tuple[float, Reading]] = []
        for i in range(self._bounds[number], self._bounds[number + 1]):
            prefix, suffix = prefixes[self._prefixes[i]], suffixes[self._suffixes[i]]
            reading = Reading(self._records[i], prefix[0], suffix[0], self._weights[i])
            found.append((model.chance(reading) * reading.weight, reading))
        return found


def _by_kind(counts: list[float], keys: Mapping[tuple[str, int], int]) -> list[float]:
    totals: dict[int, float] = {}
    for (_, kind), number in keys.items():
        totals[kind] = totals.get(kind, 0.0) + counts[number]
    return [counts[number] / totals[kind] for (_, kind), number in keys.items()]
