"""Can there be a date or a number in words among these? Asked of every query, before `dates` is imported."""

from collections.abc import Iterable

# The words that names of months and days, numbers and places (first, second) begin with; a test compares.
_WORDS = (
    "aout apr april aug august avr avril dec december decembre dhu dhul dim dimanche feb february fev fevr "
    "fevrier fri friday jan january janv janvier jeu jeudi juil juillet juin jul july jumada jun june lun "
    "lundi mai mar march mardi mars may mer mercredi mon monday muharram nov november novembre oct october "
    "octobre rabi rajab ramadan ramadhan safar sam samedi sat saturday sep sept september septembre shaban "
    "shawwal sun sunday thu thur thurs thursday tue tues tuesday ven vendredi wed wednesday اب ابريل اتناشر "
    "اتنين اثنا اثنان اثنتا اثنتان اثنتي اثنتين اثني اثنين احد احدي اذار اربع اربعاء اربعتاشر اربعمايه "
    "اربعميه اربعه اربعون اربعين اطناشر اغسطس اغشت افريل اكتوبر الاتنين الاثنين الاحد الاربعا الاربعاء الاف "
    "التلات التمور الثلاثا الثلاثاء الجمعه الحجه الحرث الخميس الربيع السبت الصيف الطير الف الفا الفاتح الفان "
    "الفي الفين القعده الكانون الماء المحرم النوار اوت اول اولي اي ايار ايلول بلايين بليون بليونا بليونان "
    "بليوني بليونين تاسع تاسعه تسع تسعتاشر تسعمايه تسعميه تسعه تسعون تسعين تشرين تلات تلاته تلاتين تلتاشر "
    "تلطاشر تمانين تمانيه تمنتاشر تمنيه تموز ثالث ثالثه ثامن ثامنه ثان ثاني ثانيه ثلاث ثلاثاء ثلاثمايه "
    "ثلاثميه ثلاثه ثلاثون ثلاثين ثمان ثمانمايه ثمانميه ثمانون ثماني ثمانيمايه ثمانيميه ثمانين ثمانيه جانفي "
    "جماد جمادي جمعه جوان جويليه حادي حاديه حداشر حزيران خامس خامسه خمس خمستاشر خمسمايه خمسميه خمسه خمسون "
    "خمسين خميس دجمبر دجنبر ديسامبر ديسمبر ذا ذالحجه ذالقعده ذو ذوالحجه ذوالقعده ذي ذيالحجه ذيالقعده رابع "
    "رابعه ربيع رجب رمضان سابع سابعه سادس سادسه سبت سبتامبر سبتمبر سبع سبعتاشر سبعمايه سبعميه سبعه سبعون "
    "سبعين ست ستاشر ستمايه ستميه سته ستون ستين شباط شتمبر شتنبر شعبان شوال صفر عاشر عاشره عشر عشره عشرون "
    "عشرين غره غشت فاتح فبراير فيفري كانون مارس ماي مايتا مايتان مايتي مايتين مايس مايه مايو محرم ملايين "
    "مليار مليارا مليارات ملياران ملياري مليارين مليون مليونا مليونان مليوني مليونين ميات ميتا ميتان ميتي "
    "ميتين ميه ناصر نوفامبر نوفمبر نونبر نيسان هانيبال واحد واحده يناير يوليه يوليو يوليوز يونيه يونيو"
)
CUES = frozenset(_WORDS.split())
_LONGEST_PREFIX = 3  # و or a preposition, and the article


def may_mention(words: Iterable[str]) -> bool:
    """Return whether `dates.alternatives` may have something to say of folded words; nearly always no if it has not."""
    for word in words:
        if word[:1].isdigit() or word in CUES:
            return True
        for length in range(1, _LONGEST_PREFIX + 1):
            if word[length:] in CUES:
                return True
    return False
