"""`make corpus`: read every real document of ../shared/corpus and hold it against the bars.

Nothing of the corpus is in the project. Without it this says so and ends well, except in CI.
`python -m benchmarks.corpus --diff` only tells an altered document from its original.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from budgets.statement import NUMBER_CLASSES, RESULTS, Outcome

from .bars import Bar, judge
from .findings import (
    Fault,
    Review,
    findings_of,
    how_caught,
    how_near,
    is_confirmed,
    load_reviews,
    new_findings,
    tell,
)
from .reading import Reading, read_apart
from .scoring import Expected, Facts, Score, Tally, score_facts, score_figures, score_structure

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
ALTERED = "-with-faults"
_FOLDERS = ("sample", "documents", "altered")
_FIGURE_COLUMNS = (
    *("document", "pages", "read", "main", "wrong", "miss"),
    *("proposed", "wrong", "miss", "surplus", "facts"),
)
_COST_COLUMNS = (
    *("document", "read", "parse", "check", "all", "PDFium", "ratio"),
    *("pdfplumber", "ratio", "peak MiB", "sandboxed"),
)


@dataclass(slots=True, kw_only=True)
class Result:
    """One document with everything that was measured on it.

    `caught` pairs each known error with how it was caught (None: it was not); `near` and
    `unconfirmed` are lines; an altered document has only findings, and `new` against `original`.
    """

    reading: Reading
    expected: Expected | None = None
    score: Score | None = None
    facts: Facts | None = None
    caught: list[tuple[Fault, str | None]] = field(default_factory=list)
    near: list[str] = field(default_factory=list)
    near_notes: list[str] = field(default_factory=list)
    unconfirmed: list[Outcome] = field(default_factory=list)
    original: str | None = None
    new: list[Outcome] = field(default_factory=list)
    gone: list[Outcome] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.reading.name

    @property
    def outcomes(self) -> list[Outcome]:
        return self.reading.statement.checks if self.reading.statement else []

    @property
    def numbers(self) -> dict[str, int]:
        return self.reading.statement.numbers if self.reading.statement else {}

    @property
    def unread_share(self) -> float:
        """Unread numbers among those that are not labels, 0…1."""
        meant = sum(self.numbers.values()) - self.numbers.get("label", 0)
        return self.numbers.get("unread", 0) / meant if meant else 0.0


def main(arguments: list[str] | None = None) -> int:
    """Print the tables; return 0 when every bar is reached, 1 otherwise."""
    options = _parser().parse_args(arguments)
    if not CORPUS.is_dir():
        print("../shared/corpus is not beside this checkout: nothing was measured.")
        return 1 if os.environ.get("CI") == "true" else 0
    results = measure(_files(options.only, options.diff))
    if not results:
        print("No document of ../shared/corpus has such a name.")
        return 1
    if options.diff:
        for result in results:
            _print_difference(result)
        return 0
    _print_tables(results)
    for result in results:
        _print_details(result, options.limit)
    bars = judge(results)
    _print_bars(bars)
    return 0 if all(bar.is_reached for bar in bars) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make corpus", description=__doc__)
    parser.add_argument("--only", default="", metavar="WORD", help="documents whose name has WORD")
    parser.add_argument("--limit", type=int, default=10, help="lines a list; 0 for all")
    parser.add_argument("--diff", action="store_true", help="altered against original only")
    return parser


def _files(word: str, only_altered: bool) -> list[Path]:
    """Return the documents to read, originals before their altered copies."""
    files = [
        file
        for folder in _FOLDERS
        for file in sorted((CORPUS / folder).glob("*"))
        if not file.name.endswith(".json") and word in file.stem
    ]
    if not only_altered:
        return files
    altered = {file.stem for file in files if file.stem.endswith(ALTERED)}
    return [f for f in files if f.stem in altered or f.stem + ALTERED in altered]


def measure(files: list[Path]) -> list[Result]:
    """Read and score the files one after another, each in a process of its own."""
    facts, reviews = _load_facts(), load_reviews()
    results: dict[str, Result] = {}
    for file in files:
        print(f"reading {file.name} …", file=sys.stderr, flush=True)
        original = results.get(file.stem.removesuffix(ALTERED))
        result = Result(reading=read_apart(file))
        if original is not None:
            _compare(result, original)
            _hold_against_people(result, original.expected or {}, reviews)
        else:
            result.expected = _load_expected(file)
            _score(result, facts.get(file.stem))
            _hold_against_people(result, result.expected or {}, reviews)
        results[file.stem] = result
    return list(results.values())


def _load_facts() -> dict[str, dict[str, str]]:
    with (CORPUS / "facts.csv").open(newline="", encoding="utf-8") as file:
        return {row["file"]: row for row in csv.DictReader(file)}


def _load_expected(file: Path) -> Expected | None:
    path = file.with_suffix(".expected.json")
    if not path.exists():
        return None
    expected: Expected = json.loads(path.read_text(encoding="utf-8"))
    return expected


def _score(result: Result, facts: dict[str, str] | None) -> None:
    if result.expected is not None:
        result.score = score_figures(result.reading, result.expected)
        result.caught = [
            (fault, _first_caught(result.outcomes, fault))
            for fault in result.expected["known_faults"]
            if fault["severity"] == "error"
        ]
    if facts is not None:
        result.facts = score_facts(result.reading.statement, facts)


def _first_caught(outcomes: Iterable[Outcome], fault: Fault) -> str | None:
    """Say which finding catches a fault and how; fails before warnings before notes."""
    order = {"fail": 0, "warning": 1, "note": 2}
    for outcome in sorted(
        (o for o in outcomes if o.result in order), key=lambda o: order[o.result]
    ):
        how = how_caught(outcome, fault)
        if how:
            return f"{outcome.code} {outcome.result} by {how}"
    return None


def _hold_against_people(result: Result, expected: Expected, reviews: list[Review]) -> None:
    faults = expected.get("known_faults", [])
    result.unconfirmed = [
        finding
        for finding in findings_of(result.outcomes)
        if not is_confirmed(result.name, finding, faults, reviews)
    ]
    for near_miss in expected.get("near_misses", []):
        for outcome in result.outcomes:
            if outcome.result not in ("fail", "warning", "note"):
                continue
            how = how_near(outcome, near_miss)
            if how:
                lines = result.near_notes if outcome.result == "note" else result.near
                lines.append(f"{tell(outcome)} on “{near_miss['quote']}” by {how}")


def _compare(altered: Result, original: Result) -> None:
    altered.original = original.name
    altered.new = new_findings(altered.outcomes, original.outcomes)
    altered.gone = new_findings(original.outcomes, altered.outcomes)


# What is printed: three tables with one row a document, then the lists, then the bars.


def _print_tables(results: list[Result]) -> None:
    _print_table(
        "Figures: found/expected, wrong, missing; numbers by class, unread of all but labels",
        [*_FIGURE_COLUMNS, *NUMBER_CLASSES, "unread"],
        [_figures_row(result) for result in results],
    )
    _print_table(
        "Checks: outcomes; known errors caught; findings on a near miss (n: notes); unconfirmed",
        ["document", *RESULTS, "errors", "near", "unconfirmed"],
        [_checks_row(result) for result in results],
    )
    _print_table(
        "Cost: warm, in process; processor ms a page (a text: in all), against PDFium's text alone "
        "and pdfplumber's text and tables (where installed); sandboxed: s in all on the clock",
        [*_COST_COLUMNS],
        [_cost_row(result) for result in results],
    )


def _figures_row(result: Result) -> list[str]:
    statement, score, facts = result.reading.statement, result.score, result.facts
    return [
        result.name,
        str(result.reading.pages or "–"),
        str(len(statement.figures)) if statement else "refused",
        *(_tally_cells(score.main if score else None)),
        *(_tally_cells(score.proposed if score else None)),
        str(len(score.surplus)) if score else "–",
        f"{facts.found}/{facts.total}" if facts else "–",
        *(str(result.numbers.get(kind, 0)) for kind in NUMBER_CLASSES),
        f"{result.unread_share:.1%}",
    ]


def _tally_cells(tally: Tally | None) -> list[str]:
    if tally is None:
        return ["–"] * 3
    return [f"{tally.found}/{tally.expected}", str(len(tally.wrong)), str(len(tally.missing))]


def _checks_row(result: Result) -> list[str]:
    counts = Counter(outcome.result for outcome in result.outcomes)
    caught = sum(1 for _, how in result.caught if how)
    near = str(len(result.near)) + (f" +{len(result.near_notes)}n" if result.near_notes else "")
    return [
        result.name,
        *(str(counts[kind]) for kind in RESULTS),
        f"{caught}/{len(result.caught)}" if result.caught else "–",
        near,
        str(len(result.unconfirmed)),
    ]


def _cost_row(result: Result) -> list[str]:
    cost, pages = result.reading.cost, result.reading.pages or 1
    if cost is None:
        return [result.name, *["–"] * (len(_COST_COLUMNS) - 1)]
    steps = (cost.reading, cost.parsing, cost.checking, cost.total)
    others = (
        [f"{other / pages * 1000:.2f}", f"{cost.total / other:.2f}×"] if other else ["–", "–"]
        for other in (cost.bare, cost.plumbed)
    )
    return [
        result.name,
        *(f"{step / pages * 1000:.1f}" for step in steps),
        *(cell for cells in others for cell in cells),
        f"{cost.peak_mib:.0f}",
        f"{cost.sandboxed:.2f}",
    ]


def _print_table(title: str, header: list[str], rows: list[list[str]]) -> None:
    widths = [max(len(row[i]) for row in (header, *rows)) for i in range(len(header))]
    print(f"\n{title}")
    for row in (header, *rows):
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        print("  ".join(cells))


def _print_details(result: Result, limit: int) -> None:
    print(f"\n== {result.name}")
    if result.reading.refusal:
        print(f"  NOT READ: {result.reading.refusal}")
    if result.score and result.expected and result.reading.statement:
        counts = score_structure(result.reading.statement, result.expected)
        print("  also read: " + ", ".join(f"{k} {a}/{b}" for k, (a, b) in counts.items()))
    if result.score:
        _print_list("wrong", result.score.wrong, 0)
        _print_list("missing", result.score.main.missing, limit)
        _print_list("missing (proposed)", result.score.proposed.missing, limit)
        _print_list("surplus", result.score.surplus, limit)
    if result.facts:
        _print_list("facts missing", result.facts.missing, 0)
        _print_list("facts found only by their whole", result.facts.implied, 0)
    unconfirmed = {id(finding) for finding in result.unconfirmed}
    _print_list(
        "findings (? = not confirmed by a known fault or a review)",
        [f"{'?' if id(f) in unconfirmed else ' '} {tell(f)}" for f in findings_of(result.outcomes)],
        0,
    )
    _print_list("known errors", [_tell_fault(f, how) for f, how in result.caught], 0)
    _print_list("ON A NEAR MISS", result.near, 0)
    _print_list("notes on a near miss", result.near_notes, 0)
    if result.original:
        _print_difference(result)


def _tell_fault(fault: Fault, how: str | None) -> str:
    return f"{'caught' if how else 'MISSED'} {fault['kind']} “{fault['quote'][:40]}” {how or ''}"


def _print_difference(result: Result) -> None:
    if result.original:
        print(f"  {result.name} against {result.original}:")
        _print_list("only in the altered", [tell(outcome) for outcome in result.new], 0)
        _print_list("only in the original", [tell(outcome) for outcome in result.gone], 0)


def _print_list(title: str, lines: list[str], limit: int) -> None:
    """Print a list under its title, at most `limit` lines of it (0: all); nothing if empty."""
    if not lines:
        return
    print(f"  {title}: {len(lines)}")
    for line in lines[: limit or None]:
        print(f"    {line}")
    if limit and len(lines) > limit:
        print(f"    … and {len(lines) - limit} more")


def _print_bars(bars: list[Bar]) -> None:
    print("\nBars")
    for bar in bars:
        print(f"  {'ok    ' if bar.is_reached else 'MISSED'} {bar.name}: {bar.told}")
    missed = [bar.name for bar in bars if not bar.is_reached]
    print(f"Below the bar: {'; '.join(missed)}." if missed else "Every bar is reached.")


if __name__ == "__main__":
    sys.exit(main())
