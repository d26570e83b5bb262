"""Is every byte of an index as it was written? Reads all files, also those that nobody has opened yet."""

import os
import zlib

from searchkit.errors import SearchkitError
from searchkit.segment.deletions import Deletions
from searchkit.segment.manifest import (
    Manifest,
    generations,
    read_generation,
    read_manifest,
    read_sources,
    toc_generations,
)
from searchkit.segment.reader import SegmentReader


def find_damage(directory: str) -> list[str]:
    """Return a line for each file, or section of one, that is damaged or missing; none if all is right.

    What is left of earlier commits is looked at too, as far as it is there.

    Raises:
        IndexMissingError: there is no index here.
    """
    while True:
        found = generations(directory)
        damage: dict[str, None] = {}
        for generation in found:
            damage.update(dict.fromkeys(_damage(directory, generation, newest=generation == found[0])))
        if not found:
            read_manifest(directory)  # says what to do
        if generations(directory) == found:  # or a commit has removed what we were reading
            return list(damage)


def _damage(directory: str, generation: int, *, newest: bool) -> list[str]:
    try:
        manifest = read_generation(directory, generation)
    except OSError as error:
        return [f"{os.path.join(directory, Manifest(generation).file)}: {error.strerror}"]
    except SearchkitError as error:
        return [_first_part(error)]
    damage: list[str] = []
    for entry in manifest.segments:
        path, deletions = (os.path.join(directory, name) for name in (entry.file, entry.deletions_file))
        if newest or os.path.exists(path):
            damage += _segment(path, entry.checksum)
        if entry.deletions and (newest or os.path.exists(deletions)):
            try:
                if Deletions.read(deletions, entry.num_docs).count != entry.num_deleted:
                    damage.append(f"{deletions}: not the file that was committed")
            except SearchkitError as error:
                damage.append(_first_part(error))
    if newest or os.path.exists(os.path.join(directory, manifest.sources_file)):
        try:
            read_sources(directory, manifest)
        except SearchkitError as error:
            damage.append(_first_part(error))
    return damage + _toc(directory, manifest, newest=newest)


def _segment(path: str, checksum: int) -> list[str]:
    try:
        segment = SegmentReader(path)
    except SearchkitError as error:
        return [_first_part(error)]
    if segment.checksum != checksum:
        return [f"{path}: not the file that was committed"]
    return [f"{path}: damaged in {name}" for name in segment.damaged_sections()]


def _toc(directory: str, manifest: Manifest, *, newest: bool) -> list[str]:
    """Look at Whoosh's table of contents; its writers remove it when they have made a newer one."""
    if manifest.toc_checksum is None:
        return []
    path = os.path.join(directory, manifest.toc_file)
    try:
        with open(path, "rb") as file:
            intact = zlib.crc32(file.read()) == manifest.toc_checksum
    except FileNotFoundError as error:
        replaced = any(generation > manifest.generation for generation in toc_generations(directory))
        return [f"{path}: {error.strerror}"] if newest and not replaced else []
    except OSError as error:
        return [f"{path}: {error.strerror}"]
    return [] if intact else [f"{path}: damaged"]


def _first_part(error: SearchkitError) -> str:
    """Return an error without its remedy."""
    return str(error).rpartition("; ")[0]
