"""The bars that reading and checking must reach on the corpus, all documents together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .findings import findings_of

if TYPE_CHECKING:
    from .corpus import Result

MIN_RECALL = 0.995
MAX_UNREAD = 0.02
MIN_PRECISION = 0.95
MIN_FAULTS_CAUGHT = 0.85
MAX_SECONDS_PER_PAGE = 0.020
MAX_SECONDS_PER_TEXT = 0.020
MAX_PEAK_MIB = 200


@dataclass(slots=True, frozen=True)
class Bar:
    """One bar: its name with the limit, whether it is reached, and what was measured."""

    name: str
    is_reached: bool
    told: str


def judge(results: list[Result]) -> list[Bar]:
    """Return every bar, reached or not; one that nothing was measured for is reached."""
    return [
        _all_read(results),
        _recall(results),
        _none("wrong figures 0", (line for r in results if r.score for line in r.score.wrong)),
        _facts(results),
        _unread(results),
        _none("no finding on a near miss", (line for r in results for line in r.near)),
        _none(
            "no false fail (each a known fault or reviewed)",
            (f"{r.name} {f.code}" for r in results for f in r.unconfirmed if f.result == "fail"),
        ),
        _precision(results),
        _faults_caught(results),
        _told_apart(results),
        _speed(results),
        _peak(results),
    ]


def _all_read(results: list[Result]) -> Bar:
    refused = (r.name for r in results if r.reading.statement is None)
    return _none("every document is read", refused)


def _none(name: str, lines: Iterable[str]) -> Bar:
    """Return a bar that is reached when there is no such line."""
    found = list(lines)
    first = f" ({found[0][:80]}{' …' if len(found[0]) > 80 else ''})" if found else ""
    return Bar(name, not found, f"{len(found)} against it{first}" if found else "none against it")


def _recall(results: list[Result]) -> Bar:
    """Judge the required figures of all documents together, and tell the lowest document."""
    tallies = {r.name: r.score.main for r in results if r.score}
    found = sum(t.found for t in tallies.values())
    bar = _share(
        f"recall ≥ {MIN_RECALL:.1%}", found, sum(t.expected for t in tallies.values()), MIN_RECALL
    )
    low = min(tallies, key=lambda name: tallies[name].recall, default=None)
    if low is None or tallies[low].recall == 1:
        return bar
    return replace(bar, told=f"{bar.told}; lowest {tallies[low].recall:.2%} in {low}")


def _share(name: str, part: int, whole: int, least: float) -> Bar:
    share = part / whole if whole else 1.0
    return Bar(name, share >= least, f"{share:.2%} ({part} of {whole})")


def _facts(results: list[Result]) -> Bar:
    return _none(
        "all facts", (f"{r.name} {line}" for r in results if r.facts for line in r.facts.missing)
    )


def _unread(results: list[Result]) -> Bar:
    over = [r for r in results if r.unread_share > MAX_UNREAD]
    worst = max(results, key=lambda r: r.unread_share, default=None)
    told = f"worst {worst.unread_share:.1%} in {worst.name}" if worst else "nothing read"
    name = f"unread ≤ {MAX_UNREAD:.0%} in every document"
    return Bar(name, not over, f"{told}; {len(over)} over" if over else told)


def _precision(results: list[Result]) -> Bar:
    findings = sum(len(findings_of(r.outcomes)) for r in results)
    unconfirmed = sum(len(r.unconfirmed) for r in results)
    name = f"precision ≥ {MIN_PRECISION:.0%} of fails and warnings"
    return _share(name, findings - unconfirmed, findings, MIN_PRECISION)


def _faults_caught(results: list[Result]) -> Bar:
    ways = [how for r in results for _, how in r.caught]
    name = f"known errors caught ≥ {MIN_FAULTS_CAUGHT:.0%}"
    return _share(name, sum(1 for how in ways if how), len(ways), MIN_FAULTS_CAUGHT)


def _told_apart(results: list[Result]) -> Bar:
    altered = [r for r in results if r.original]
    dull = [r.name for r in altered if not any(f.result == "fail" for f in r.new)]
    told = f"{sum(len(findings_of(r.new)) for r in altered)} new fails and warnings"
    return Bar("altered told from its original by new fails", not dull, told)


def _speed(results: list[Result]) -> Bar:
    slow, worst, ratios = [], 0.0, []
    for result in results:
        cost, pages = result.reading.cost, result.reading.pages
        if cost is None:
            continue
        limit = MAX_SECONDS_PER_PAGE if pages else MAX_SECONDS_PER_TEXT
        seconds = cost.total / (pages or 1)
        worst = max(worst, seconds)
        if seconds > limit:
            slow.append(result.name)
        if cost.bare:
            ratios.append(cost.total / cost.bare)
    told = f"slowest {worst * 1000:.1f} ms"
    if ratios:
        told += f"; {min(ratios):.1f}–{max(ratios):.1f} times PDFium's text alone"
    name = f"speed ≤ {MAX_SECONDS_PER_PAGE * 1000:.0f} ms a page, or a text"
    return Bar(name, not slow, f"{told}; over: {', '.join(slow)}" if slow else told)


def _peak(results: list[Result]) -> Bar:
    peaks = [r.reading.cost.peak_mib for r in results if r.reading.cost]
    worst = max(peaks, default=0.0)
    name = f"peak memory under {MAX_PEAK_MIB} MiB"
    return Bar(name, worst < MAX_PEAK_MIB, f"{worst:.0f} MiB")
