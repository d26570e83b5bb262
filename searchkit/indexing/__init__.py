"""How do documents get in? Readers of files, writer, merge, commit."""
