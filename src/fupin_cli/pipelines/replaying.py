"""Where the files of a run are now, and how the run of a manifest and the one of now differ."""

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from fupin_cli.errors import FupinError, InputRefused
from fupin_cli.model.located import Located
from fupin_cli.model.manifest import GivenPath, InputFile, Manifest, UsedPack, WrittenOutput
from fupin_cli.model.replayed import Difference, Noted, Replay, What
from fupin_cli.pipelines.recording import hash_of, open_file, versions


@dataclass(frozen=True)
class Places:
    """Where everything is that a manifest names."""

    #: The manifest's folder.
    folder: Path
    #: Path as written → where the file or folder is, of those that were found elsewhere.
    found: Mapping[str, str]

    def of(self, named: GivenPath) -> Located:
        """A path as it was written, with its place."""
        return Located(named.given, self.found.get(named.given) or self.at(named.path))

    def at(self, path: str) -> str:
        """Where a path leads that is seen from the manifest's folder."""
        return os.path.normpath(Path(os.path.realpath(self.folder), path))


def places_of(manifest: Manifest, folder: Path, elsewhere: str | None) -> Places:
    """Where the files of a run are: where the manifest says, or, by their names and hashes, somewhere in another folder.

    Raises:
        InputRefused: a file that the run read is not there, or cannot be read.
    """
    found = _found(manifest, elsewhere) if elsewhere is not None else {}
    places = Places(folder, found)
    for one in manifest.inputs:
        try:
            with open_file(places.of(one)):
                pass
        except InputRefused:
            raise InputRefused("replay-input-missing", path=one.given, place=_shown(places.of(one).at)) from None
    return places


def _shown(path: str) -> str:
    return path.replace(os.sep, "/")


def _found(manifest: Manifest, elsewhere: str) -> dict[str, str]:
    """Path as written → where a file of its name is; the one of its hash where there are several.

    Raises:
        InputRefused: there is no such folder, a file is not in it, or files of one folder are in several.
    """
    if not Path(elsewhere).is_dir():
        raise InputRefused("replay-folder-missing", path=elsewhere)
    there: dict[str, list[str]] = {}
    for folder, _, names in sorted(os.walk(elsewhere)):
        for name in sorted(names):
            there.setdefault(name, []).append(str(Path(folder, name)))
    found = {one.given: _chosen(one, there.get(_name(one.given), ()), elsewhere) for one in manifest.inputs}
    for argument in manifest.arguments:
        if argument.given in found:
            continue
        within = {str(Path(place).parent) for given, place in found.items() if given.startswith(f"{_folder(argument.given)}/")}
        if len(within) > 1:
            raise InputRefused("replay-folder-scattered", path=argument.given)
        # What could not be read then need not be there now.
        others = there.get(_name(argument.given), [str(Path(elsewhere, _name(argument.given)))])
        found[argument.given] = within.pop() if within else others[0]
    return found


def _name(path: str) -> str:
    return _folder(path).rpartition("/")[2]


def _folder(path: str) -> str:
    return path.rstrip("/")


def _chosen(one: InputFile, candidates: Sequence[str], elsewhere: str) -> str:
    if not candidates:
        raise InputRefused("replay-input-missing", path=one.given, place=_shown(elsewhere))
    same = [path for path in candidates if hash_of(path) == one.sha256] if len(candidates) > 1 else candidates
    # Of several that have changed: the one whose folders are called as they were.
    return max(same or candidates, key=lambda path: _shared(path, one.given))


def _shared(path: str, other: str) -> int:
    parts = zip(reversed(_shown(path).split("/")), reversed(other.split("/")), strict=False)
    return next((number for number, (one, two) in enumerate(parts) if one != two), len(other))


def compare(path: str, recorded: Manifest, observed: Manifest | None, refusal: FupinError | None, places: Places) -> Replay:
    """What differs between the run of a manifest and that of now."""
    differences = [*_of_files(recorded, observed), *_of_rules(recorded, observed)] if observed is not None else []
    if refusal is not None:
        differences.append(Difference("run", "", "", refusal.code))
    differences += _of_outputs(recorded.outputs, observed.outputs if observed is not None else ())
    kept, notes = _of_kept(recorded.outputs, places)
    differences += kept
    notes = [*_of_versions(recorded, observed), *notes]
    replay = Replay(versions().fupin, path, hash_of(path), recorded, observed, refusal, differences, notes)
    if replay.exit_code != recorded.exit_code:
        differences.append(Difference("exit-code", "", str(recorded.exit_code), str(replay.exit_code)))
    return replay


def _of_files(recorded: Manifest, observed: Manifest) -> Iterator[Difference]:
    before, after = ({one.given: one.sha256 for one in side.inputs} for side in (recorded, observed))
    yield from _each("input", before, after, gone="input-gone", new="input-new")
    then, now = ({one.given: one.code for one in side.refused} for side in (recorded, observed))
    yield from _each("refused", then, now)


def _each(
    what: What, before: Mapping[str, str], after: Mapping[str, str], *, gone: What | None = None, new: What | None = None
) -> Iterator[Difference]:
    for name in dict.fromkeys([*before, *after]):
        then, now = before.get(name, ""), after.get(name, "")
        if then != now:
            kind = gone if not now else new if not then else what
            yield Difference(kind or what, name, then, now)


def _of_rules(recorded: Manifest, observed: Manifest) -> Iterator[Difference]:
    then, now = _by_name(recorded.packs), _by_name(observed.packs)
    yield from _each("pack", {name: _text(one) for name, one in then.items()}, {name: _text(one) for name, one in now.items()})
    for name in then.keys() & now.keys():
        if _text(then[name]) == _text(now[name]):
            yield from _of_parameters(then[name], now[name])
    yield from _each("assumption", recorded.assumptions, observed.assumptions)


def _by_name(packs: Sequence[UsedPack]) -> dict[str, UsedPack]:
    """Packs by their names; of two sides that share a pack with other values the second is told apart."""
    seen: Counter[str] = Counter()
    found = {}
    for pack in packs:
        seen[pack.pack] += 1
        found[pack.pack if seen[pack.pack] == 1 else f"{pack.pack} ({seen[pack.pack]})"] = pack
    return found


def _text(pack: UsedPack) -> str:
    return f"{pack.version} {pack.sha256}"


def _of_parameters(then: UsedPack, now: UsedPack) -> Iterator[Difference]:
    for name in dict.fromkeys([*then.parameters, *now.parameters]):
        before, after = ([*pack.parameters.get(name, ())] for pack in (then, now))
        if before != after:
            values = [" ".join(str(one.value) for one in side) for side in (before, after)]
            yield Difference("parameters", name, *values)


def _of_outputs(then: Sequence[WrittenOutput], now: Sequence[WrittenOutput]) -> Iterator[Difference]:
    for index in range(max(len(then), len(now))):
        before, after = (side[index] if index < len(side) else None for side in (then, now))
        first, second = (one.sha256 if one is not None else "" for one in (before, after))
        if first != second:
            named = before or after
            yield Difference("output", (named.path or named.to) if named is not None else "", first, second)


def _of_kept(outputs: Sequence[WrittenOutput], places: Places) -> tuple[list[Difference], list[Difference]]:
    """Whether the files that the run wrote are still what it wrote: somebody may hold one of them in hand."""
    differences, notes = [], []
    for one in outputs:
        if one.to != "file" or one.path is None:
            continue
        try:
            found = hash_of(places.at(one.path))
        except InputRefused:
            notes.append(Difference("kept-absent", one.path, one.sha256, ""))
            continue
        if found != one.sha256:
            differences.append(Difference("kept", one.path, one.sha256, found))
    return differences, notes


def _of_versions(recorded: Manifest, observed: Manifest | None) -> Iterator[Difference]:
    now = versions()
    single: list[tuple[Noted, str, str]] = [
        ("fupin", recorded.versions.fupin, now.fupin),
        ("python", recorded.versions.python, now.python),
    ]
    if observed is not None:
        single += [
            ("system", recorded.platform.system, observed.platform.system),
            ("machine", recorded.platform.machine, observed.platform.machine),
        ]
    for what, before, after in single:
        if before != after:
            yield Difference(what, "", before, after)
    for name in dict.fromkeys([*recorded.versions.packages, *now.packages]):
        before, after = recorded.versions.packages.get(name, ""), now.packages.get(name, "")
        if before != after:
            yield Difference("package", name, before, after)
