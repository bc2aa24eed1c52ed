"""Outcomes as the public sees them."""

from budgets.presenters.outcomes import Rulebook, beside_sections, show_outcomes, sum_up
from tests.factories import make_outcome

RULES = Rulebook(names={"R05": "基本支出等于人员经费加公用经费"}, editors_only=frozenset({"C03"}))


def shown(*outcomes):
    return show_outcomes(list(outcomes), explanations=[""] * len(outcomes), rules=RULES)


def test_findings_come_first_and_notes_never() -> None:
    found = shown(
        make_outcome("R05", "pass"),
        make_outcome("R06", "not_checkable"),
        make_outcome("P02", "note"),
        make_outcome("C03", "pass"),
        make_outcome("P01", "warning"),
        make_outcome("B01", "fail"),
    )
    assert [(s.outcome.code, s.result_name) for s in found] == [
        ("B01", "不符"),
        ("P01", "提示"),
        ("R05", "通过"),
        ("R06", "无法核对"),
    ]
    assert sum_up(found) == "核对 1 项通过，1 项不符，1 项提示，1 项无法核对"


def test_a_check_that_is_no_longer_known_is_still_shown() -> None:
    (found,) = shown(make_outcome("Z99", "fail"))
    assert found.question == "Z99？"


def test_what_the_department_says_is_told() -> None:
    (told,) = show_outcomes(
        [make_outcome("P01", "warning", message="多 2 万元。")],
        explanations=["上年结转。"],
        rules=RULES,
    )
    assert told.told == "多 2 万元。部门说明：上年结转。"
    (silent,) = shown(make_outcome("P01", "warning", message="多 2 万元。"))
    assert silent.told == "多 2 万元。部门尚未说明原因。"


def test_only_arithmetic_stands_beside_figures() -> None:
    beside = beside_sections(
        shown(make_outcome("T03", "warning"), make_outcome("R06", "not_checkable"))
    )
    assert all(not outcomes for outcomes in beside.values())
