"""Is it any good? TREC files, measures, comparisons with a significance test, the search for weights."""
