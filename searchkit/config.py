"""Default places and limits, and the name of the field that every document has."""

KEY = "id"
"""The field that says which document it is."""

DEFAULT_INDEX = "index"
"""Where an index is when nobody says otherwise, below the current folder."""

SEEDS = "seeds"
"""The sample corpus that ``searchkit query`` indexes when there is no index yet."""

MEMORY_MB = 256
"""What a writer keeps in memory before it writes a segment, in megabytes."""

READY_MB = 256
"""What a reader keeps in memory at most of the scores of words that are searched again and again, in megabytes."""

MOST_THREADS = 256
"""How many threads a writer takes at most."""

LOCK_TIMEOUT_S = 10.0
"""How long a writer waits for another one to finish, in seconds."""

COMMIT_EVERY_S = 60.0
"""How often indexing files makes visible and safe what it has read, in seconds."""

LIMIT = 10
"""How many hits a search returns."""

MAX_QUERY = 10_000
"""The longest query, in code points."""

MAX_EXPANSIONS = 4096
"""How many words of a segment a pattern like ``كت*`` stands for; beyond that the nearest and most frequent."""

PASSAGES = 2
"""How many passages of a text are shown at most."""

WORDS = 32
"""How many words the passages of a text have together."""
