"""Damage files at random, read, parse and check them.

``python -m tests.documents.fuzz docx 600 [FILE…]``. Only `UnreadableDocument` may come of it,
soon. All is done in a child process with bounded memory that is started again when it dies; every
case that ends otherwise is kept in a folder, which is named at the end. Exit 1 when there are any.
"""

from __future__ import annotations

import collections
import io
import multiprocessing
import random
import re
import resource
import sys
import tempfile
import time
import traceback
import zipfile
from pathlib import Path

from budgets.checks import run_checks
from budgets.documents import read_document
from budgets.documents.blocks import UnreadableDocument
from budgets.parsing import parse_disclosure

_MEMORY = 3 * 1024**3
_SLOW = 10.0
_NUMBERS = (b"0", b"-1", b"65536", b"4294967295", b"99999999999999999999", b"1e308")
_PIECES = (1, 4, 50, 400)


def damage(data: bytes, chance: random.Random) -> bytes:
    """Return the bytes with a few of them changed, lost, doubled, or numbers replaced."""
    if data.startswith(b"PK") and chance.random() < 0.85:
        return _damage_member(data, chance)
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16, 64))):
        at, length = chance.randrange(len(changed) + 1), chance.choice(_PIECES)
        kind = chance.choice(("set", "set", "lose", "lose", "insert", "double", "number", "cut"))
        if kind == "set":
            changed[at : at + 1] = bytes([chance.randrange(256)])
        elif kind == "lose":
            del changed[at : at + length]
        elif kind == "insert":
            changed[at:at] = chance.randbytes(length)
        elif kind == "double":
            start = chance.randrange(len(changed) + 1)
            changed[at:at] = changed[start : start + length]
        elif kind == "number" and (found := re.compile(rb"\d+").search(changed, at)):
            changed[found.start() : found.end()] = chance.choice(_NUMBERS)
        elif kind == "cut" and chance.random() < 0.2:
            del changed[max(1, at) :]
    return bytes(changed)


def _damage_member(data: bytes, chance: random.Random) -> bytes:
    """Damage one part inside a package, which stays a sound zip file."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        names = [name for name in old.namelist() if name.endswith((".xml", ".rels"))]
        chosen = chance.choice(names or old.namelist())
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, damage(content, chance) if name == chosen else content)
    return file.getvalue()


def read_cases(
    seeds: list[bytes], seconds: float, number: int, folder: Path, results: multiprocessing.Queue
) -> None:
    """Read damaged files until the time is over; tell of each that did not end as it should."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    chance = random.Random(number)
    end, cases, read = time.monotonic() + seconds, 0, 0
    while time.monotonic() < end:
        case = damage(chance.choice(seeds), chance)
        (folder / f"current-{number}").write_bytes(case)
        start = time.monotonic()
        try:
            document = read_document("x", case)
            read += 1
            run_checks(parse_disclosure([document]))
        except UnreadableDocument:
            pass
        except BaseException as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            what = f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}"
            (folder / re.sub(r"\W+", "-", what)).write_bytes(case)
            results.put(what)
        if time.monotonic() - start > _SLOW:
            (folder / f"slow-{number}-{cases}").write_bytes(case)
            results.put("slow")
        cases += 1
    results.put((cases, read))


def main(kind: str, seconds: float, seeds: list[bytes]) -> int:
    folder = Path(tempfile.mkdtemp(prefix=f"fuzz-{kind}-"))
    found: collections.Counter[str] = collections.Counter()
    cases = read = number = 0
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        number += 1
        results: multiprocessing.Queue = multiprocessing.Queue()
        child = multiprocessing.Process(
            target=read_cases, args=(seeds, left, number, folder, results)
        )
        child.start()
        child.join(left + 60)
        if child.is_alive():
            child.kill()
        child.join()
        if child.exitcode:
            found[f"died with {child.exitcode}"] += 1
            (folder / f"current-{number}").rename(folder / f"died-{number}")
        while not results.empty():
            result = results.get()
            if isinstance(result, str):
                found[result] += 1
            else:
                cases, read = cases + result[0], read + result[1]
    print(f"{kind}: {cases} cases, {read} read, {number} processes; kept in {folder}")
    for what, count in found.most_common():
        print(f"  {count} × {what}")
    return 1 if found else 0


if __name__ == "__main__":
    kind, seconds, *files = sys.argv[1:]
    sys.exit(main(kind, float(seconds), [Path(file).read_bytes() for file in files]))
