"""Can there be a date or a number in words among these? Asked of every query, before `dates` is imported."""

from collections.abc import Iterable

# What names of months and numbers begin with, without the words that never say anything by themselves: places (first,
# second) and "one" need a ten or a month beside them, which is here.
_WORDS = (
    "aout apr april aug august avr avril dec december decembre dhu dhul feb february fev fevr fevrier jan "
    "january janv janvier juil juillet juin jul july jumada jun june mai mar march mars may muharram nov "
    "november novembre oct october octobre rabi rajab ramadan ramadhan safar sep sept september septembre "
    "shaban shawwal اب ابريل اتناشر اتنين اثنان اثنتان اثنتين اثنين اذار اربع اربعتاشر اربعمايه اربعميه "
    "اربعه اربعون اربعين اطناشر اغسطس اغشت افريل اكتوبر الحجه الفان الفي الفين القعده المحرم اوت ايار ايلول "
    "بليون بليونا بليونان بليوني بليونين تسع تسعتاشر تسعمايه تسعميه تسعه تسعون تسعين تشرين تلات تلاته تلاتين "
    "تلتاشر تلطاشر تمانين تمانيه تمنتاشر تمنيه تموز ثلاث ثلاثمايه ثلاثميه ثلاثه ثلاثون ثلاثين ثمان ثمانمايه "
    "ثمانميه ثمانون ثماني ثمانيمايه ثمانيميه ثمانين ثمانيه جانفي جماد جمادي جوان جويليه حداشر حزيران خمس "
    "خمستاشر خمسمايه خمسميه خمسه خمسون خمسين دجمبر دجنبر ديسامبر ديسمبر ذالحجه ذالقعده ذوالحجه ذوالقعده "
    "ذيالحجه ذيالقعده ربيع رجب رمضان سبتامبر سبتمبر سبع سبعتاشر سبعمايه سبعميه سبعه سبعون سبعين ست ستاشر "
    "ستمايه ستميه سته ستون ستين شباط شتمبر شتنبر شعبان شوال صفر عشر عشره عشرون عشرين غشت فبراير فيفري كانون "
    "مارس ماي مايتا مايتان مايتي مايتين مايس مايه مايو محرم مليار مليارا ملياران ملياري مليارين مليون مليونا "
    "مليونان مليوني مليونين ميتا ميتان ميتي ميتين ميه نوفامبر نوفمبر نونبر نيسان يناير يوليه يوليو يوليوز "
    "يونيه يونيو"
)
CUES = frozenset(_WORDS.split())
_PREFIXES = tuple("وفبلك")
_ARTICLE = ("ال", "لل")


def may_mention(words: Iterable[str]) -> bool:
    """Return whether `dates.alternatives` may have something to say of folded words; nearly always no if it has not."""
    for word in words:
        if word[:1].isdigit() or word in CUES:
            return True
        if word.startswith(_PREFIXES):
            if word[1:] in CUES:
                return True
            word = word[1:] if not word.startswith("لل") else word  # noqa: PLW2901
        if word.startswith(_ARTICLE) and word[2:] in CUES:
            return True
    return False
