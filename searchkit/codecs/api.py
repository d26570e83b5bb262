"""What we use of Whoosh, in one place. Whoosh has no types, so to a type checker all of it is ``Any``."""

# pyright: basic
from typing import Any
from warnings import catch_warnings, simplefilter

with catch_warnings():  # of what a newer Python finds wrong with its modules, which it says when it compiles them
    simplefilter("ignore")
    import whoosh.analysis
    import whoosh.codec.base
    import whoosh.codec.whoosh3
    import whoosh.columns
    import whoosh.fields
    import whoosh.filedb.compound
    import whoosh.filedb.filestore
    import whoosh.filedb.structfile
    import whoosh.formats
    import whoosh.index
    import whoosh.matching
    import whoosh.query
    import whoosh.query.spans
    import whoosh.reading

analysis: Any = whoosh.analysis
base: Any = whoosh.codec.base
columns: Any = whoosh.columns
compound: Any = whoosh.filedb.compound
fields: Any = whoosh.fields
filestore: Any = whoosh.filedb.filestore
formats: Any = whoosh.formats
index: Any = whoosh.index
matching: Any = whoosh.matching
query: Any = whoosh.query
reading: Any = whoosh.reading
spans: Any = whoosh.query.spans
structfile: Any = whoosh.filedb.structfile
whoosh3: Any = whoosh.codec.whoosh3  # read as data; nothing is built on it
