"""Where do the data files come from? Scripts that make them again from packages on PyPI; nothing here runs in a search.

``python -m searchkit.arabic.compile.lexicon`` needs arramooz-pysqlite, libqutrub and wordfreq;
``python -m searchkit.arabic.compile.countries`` needs Babel.
"""
