"""Every form of every verb, by libqutrub."""

from __future__ import annotations

from typing import Any

from searchkit.arabic.compile_stems import VerbStems, bare

# by pronoun in libqutrub's order: I, we, you (m, f, 2m, 2f, pl m, pl f), he, she, they (2m, 2f, pl m, pl f)
_PAST = "p.t p.na p.t p.t p.tma p.tma p.tm p.tn p.0 p.t p.a p.ta p.w p.n"
_PRESENT = "a.0 n.0 t.0 t.yn t.an t.an t.wn t.n y.0 t.0 y.an t.an y.wn y.n"
_SUBJUNCTIVE = "a.0 n.0 t.0 t.y t.a t.a t.w t.n y.0 t.0 y.a t.a y.w y.n"
_IMPERATIVE = "- - i.0 i.y i.a i.a i.w i.n - - - - - -"


class Conjugator:
    """Gives the stems of verbs; imports libqutrub when made."""

    def __init__(self, stems: VerbStems) -> None:
        import libqutrub.ar_verb as names  # libqutrub: only the compiler needs it
        import libqutrub.classverb as verbs
        import libqutrub.verb_const as tenses
        import libqutrub.verb_valid as valid

        self._stems = stems
        self._verb: Any = verbs.VerbClass
        self._mark: Any = names.get_future_type_by_name
        self._is_valid: Any = valid.is_valid_infinitive_verb
        self._pronouns: Any = tenses.PronounsTable
        self._tenses = [
            (tenses.TensePast, _PAST.split()),
            (tenses.TenseFuture, _PRESENT.split()),
            (tenses.TenseJussiveFuture, _SUBJUNCTIVE.split()),
            (tenses.TenseSubjunctiveFuture, _SUBJUNCTIVE.split()),
            (tenses.TenseImperative, _IMPERATIVE.split()),
            (tenses.TensePassivePast, _PAST.split()),
            (tenses.TensePassiveFuture, _PRESENT.split()),
            (tenses.TensePassiveJussiveFuture, _SUBJUNCTIVE.split()),
        ]

    def stems(self, vocalised: str, future: str) -> dict[str, int]:
        """Return the stems of a verb, {} when libqutrub refuses it.

        Args:
            vocalised: third person masculine past, fully vocalised.
            future: name of the vowel of the second root letter in the present.
        """
        stems: dict[str, int] = {}
        if not self._is_valid(vocalised):
            return stems
        verb = self._verb(vocalised, True, self._mark(future))
        verb.set_display("DICT")
        forms = verb.conjugate_all_tenses([tense for tense, _ in self._tenses])
        for tense, slots in self._tenses:
            by_pronoun = forms.get(tense, {})
            for pronoun, slot in zip(self._pronouns, slots, strict=True):
                form = bare(by_pronoun.get(pronoun, ""))
                if form and slot != "-":
                    self._stems.cut(form, (slot,), stems)
        self._stems.bind(stems)
        return stems
