"""Can Whoosh read and write this?

An index of searchkit is an index of Whoosh: beside the manifest lies Whoosh's table of contents, which lists our
segments as ``searchkit.codecs.segment.SearchkitSegment``. Whoosh asks such a segment for its codec, and the codec for
everything else; so ``whoosh.index.open_dir`` opens an index of ours without being told of us. Nothing here is imported
on the way of a query through searchkit itself: importing Whoosh alone takes longer than that.
"""
