"""Spelling keys of names."""


def name_key(word: str) -> str:
    """Return the key of a folded word."""
    return word[0] + "".join(c for c in word[1:] if c not in "اويه") if len(word) > 3 else ""


def is_country(word: str) -> bool:
    """Tell whether a folded word names a country."""
    return word in ("سوريا", "سوريه")
