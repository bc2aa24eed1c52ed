"""Counts in words against the list that they announce (A04)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from budgets.statement import Claim, Outcome, Statement
from budgets.vocabulary import UNIT_KIND_NAMES

from .registry import RULES, register


def _unit_counts(statement: Statement) -> Iterator[Outcome]:
    """“行政单位1个，事业单位1个” against the units listed; by kind where each has one."""
    counts = [
        claim
        for claim in statement.claims
        if claim.kind == "count" and claim.figure.concept.removeprefix("units.") in UNIT_KIND_NAMES
    ]
    if not counts or not statement.units:
        return
    announced = sum(int(claim.amount or 0) for claim in counts)
    listed = len(statement.units)
    words = "，".join(source.quote for claim in counts for source in claim.sources)
    kinds = Counter(unit.kind for unit in statement.units)
    agrees = announced == listed and (None in kinds or _kinds_agree(counts, kinds))
    yield Outcome(
        code="A04",
        result="pass" if agrees else RULES["A04"].result,
        left=f"文中写明 {words}",
        right=f"列出 {listed} 个单位",
        difference=f"{announced - listed} 个",
        tolerance="应当相等",
        message=f"文中写明“{words}”，列出的预算单位有 {listed} 个："
        + ("相符。" if agrees else "不符。"),
        advice="" if agrees else "请核对单位个数或名单。",
        sources=[source for claim in counts for source in claim.sources],
    )


def _kinds_agree(counts: list[Claim], kinds: Counter[str | None]) -> bool:
    return all(
        kinds[claim.figure.concept.removeprefix("units.")] == int(claim.amount or 0)
        for claim in counts
    )


def _no_subordinate_units(statement: Statement) -> Iterator[Outcome]:
    """“无下级预算单位” beside a list of several units."""
    for claim in statement.claims:
        if claim.kind != "count" or claim.figure.concept != "units.subordinate" or claim.amount:
            continue
        if not statement.units:
            continue
        listed = "、".join(unit.name for unit in statement.units)
        agrees = len(statement.units) == 1
        quote = claim.sources[0].quote
        yield Outcome(
            code="A04",
            result="pass" if agrees else RULES["A04"].result,
            left=f"文中写明“{quote}”",
            right=f"列出 {len(statement.units)} 个单位：{listed}",
            difference=f"{len(statement.units) - 1} 个",
            tolerance="没有下级单位时只应列出本级",
            message=f"文中写明“{quote}”，单位构成中列出 {len(statement.units)} 个单位（{listed}）："
            + ("相符。" if agrees else "两处说法不同。"),
            advice="" if agrees else "请改正其中一处。",
            sources=list(claim.sources),
        )


register(
    "A04",
    "W",
    "文字中的个数与所列清单一致",
    _unit_counts,
    _no_subordinate_units,
    needs="文件没有既写单位个数又列出单位。",
)
