"""Is it any good? TREC files, measures."""
