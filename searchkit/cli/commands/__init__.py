"""One module per command, imported after the options are read; each has ``run(options) -> exit status``."""
