"""Letters that writers confuse because they sound alike: after folding, which unites what looks alike."""

from searchkit.arabic import letters as ar

CONFUSIONS = (
    ar.THAL + ar.ZAIN + ar.DAL,
    ar.DAD + ar.ZAH,
    ar.TEH + ar.TAH,
    ar.TEH + ar.HEH,  # at the end, teh marbuta and the teh it is pronounced as
    ar.SEEN + ar.SAD + ar.THEH,
    ar.ALEF + ar.YEH + ar.HAMZA,  # alef maksura is folded to yeh
)
"""Groups of letters of which one may stand for another."""
