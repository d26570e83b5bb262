"""Every form of every verb, by libqutrub."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from searchkit.arabic import letters as ar
from searchkit.arabic.compile_stems import INTRANSITIVE, VERB, Part, VerbStems, bare

# by pronoun in libqutrub's order: I, we, you (m, f, 2m, 2f, pl m, pl f), he, she, they (2m, 2f, pl m, pl f)
_PAST = ("p.t", "p.na", "p.t", "p.t", "p.tma", "p.tma", "p.tm", "p.tn", "p.0", "p.t", "p.a", "p.ta", "p.w", "p.n")
_PRESENT = ("a.0", "n.0", "t.0", "t.yn", "t.an", "t.an", "t.wn", "t.n", "y.0", "t.0", "y.an", "t.an", "y.wn", "y.n")
_SUBJUNCTIVE = ("a.0", "n.0", "t.0", "t.y", "t.a", "t.a", "t.w", "t.n", "y.0", "t.0", "y.a", "t.a", "y.w", "y.n")
_IMPERATIVE = ("-", "-", "i.0", "i.y", "i.a", "i.a", "i.w", "i.n", "-", "-", "-", "-", "-", "-")
_IMPERATIVE_SHARE = 0.05  # of a verb's occurrences, where its stem is good for nothing else, as a first guess
_PASSIVE_SHARE = 0.1  # of a verb's occurrences, as a first guess


class Conjugator:
    """Gives the stems of verbs; imports libqutrub when made."""

    def __init__(self, stems: VerbStems) -> None:
        names: Any = import_module("libqutrub.ar_verb")
        verbs: Any = import_module("libqutrub.classverb")
        tenses: Any = import_module("libqutrub.verb_const")
        valid: Any = import_module("libqutrub.verb_valid")

        self._stems = stems
        self._imperative = stems.imperative
        self._verb: Any = verbs.VerbClass
        self._mark: Any = names.get_future_type_by_name
        self._is_valid: Any = valid.is_valid_infinitive_verb
        self._pronouns: Any = tenses.PronounsTable
        self._active: list[tuple[Any, tuple[str, ...]]] = [
            (tenses.TensePast, _PAST),
            (tenses.TenseFuture, _PRESENT),
            (tenses.TenseJussiveFuture, _SUBJUNCTIVE),
            (tenses.TenseSubjunctiveFuture, _SUBJUNCTIVE),
            (tenses.TenseImperative, _IMPERATIVE),
        ]
        self._passive: list[tuple[Any, tuple[str, ...]]] = [
            (tenses.TensePassivePast, _PAST),
            (tenses.TensePassiveFuture, _PRESENT),
            (tenses.TensePassiveJussiveFuture, _SUBJUNCTIVE),
        ]

    def table(self) -> list[tuple[str, str, str, bool]]:
        """Return libqutrub's own list of three-letter verbs: vocalised, vowel of the present, root, transitive."""
        verbs: Any = import_module("libqutrub.triverbtable")
        rows: Any = verbs.TriVerbTable
        return [(row["verb"], row["haraka"], row["root"], row["transitive"] != ar.LAM) for row in rows.values()]

    def parts(self, vocalised: str, future: str, *, transitive: bool) -> list[Part]:
        """Return the stems of a verb, active and passive; [] when libqutrub refuses it.

        Args:
            vocalised: third person masculine past, fully vocalised.
            future: name of the vowel of the second root letter in the present.
            transitive: whether it takes pronouns.
        """
        if not self._is_valid(vocalised):
            return []
        every = True  # also the passive of verbs the list calls intransitive: with a preposition they have one
        verb = self._verb(vocalised, every, self._mark(future))
        verb.set_display("DICT")
        forms: Any = verb.conjugate_all_tenses([tense for tense, _ in self._active + self._passive])
        active = self._cut(forms, self._active)
        passive = self._cut(forms, self._passive)
        if bare(vocalised).startswith(ar.TEH + ar.WAW):
            passive = {}  # libqutrub 1.2.4 loses the waw there, and without marks active and passive are alike
        for stem, mask in active.items():
            if stem in passive:
                passive[stem] &= ~mask
        kind = VERB if transitive else INTRANSITIVE
        return [
            Part(kind, 1.0, {stem: mask for stem, mask in active.items() if mask & ~self._imperative}),
            Part(kind, _IMPERATIVE_SHARE, {s: mask for s, mask in active.items() if not mask & ~self._imperative}),
            Part(INTRANSITIVE, _PASSIVE_SHARE, {stem: mask for stem, mask in passive.items() if mask}),
        ]

    def _cut(self, forms: Any, tenses: list[tuple[Any, tuple[str, ...]]]) -> dict[str, int]:
        stems: dict[str, int] = {}
        for tense, slots in tenses:
            by_pronoun = forms.get(tense, {})
            for pronoun, slot in zip(self._pronouns, slots, strict=True):
                form = bare(by_pronoun.get(pronoun, ""))
                if form and slot != "-":
                    self._stems.cut(form, (slot,), stems)
        self._stems.bind(stems)
        return stems
