"""How names are written into pages."""

import pytest

from budgets.templatetags import display


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("海东市统计局", "<b>海东市</b><b>统计局</b>"),
        ("海东市", "<b>海东市</b>"),
        ("统计局<", "<b>统计局&lt;</b>"),
    ],
)
def test_a_line_breaks_after_the_place(name: str, written: str) -> None:
    html = display.after_place(name, "海东市")
    assert html.replace('<span class="clause">', "<b>").replace("</span>", "</b>") == written


def test_a_comma_stays_with_the_word_before_it() -> None:
    html = display.in_clauses("物业<服务，共 2 项")
    assert html == (
        '<span class="clause">物业&lt;服<span class="nowrap">务，</span></span>'
        '<span class="clause">共 <span class="nowrap">2 项</span></span>'
    )
