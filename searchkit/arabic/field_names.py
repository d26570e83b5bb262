"""What fields are called in Arabic: in queries, and at the head of tables."""

FIELD_NAMES = {
    "عنوان": "title", "نص": "text", "متن": "text", "تاريخ": "date", "مصدر": "source", "كاتب": "author",
    "مؤلف": "author", "رابط": "url", "قسم": "section", "تصنيف": "category", "نوع": "type", "لغة": "language",
    "بلد": "country", "مكان": "place", "سعر": "price", "سنة": "year", "اسم": "name", "معرف": "id",
}  # fmt: skip
"""Arabic names of fields; each may have the article."""
