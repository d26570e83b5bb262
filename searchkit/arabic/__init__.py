"""What is this Arabic word? Letters, folding, clitics, lexicon, lemma, root, name key."""
