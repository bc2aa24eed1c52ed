"""Whole disclosures of several house styles: every figure, and no other."""

from decimal import Decimal

import pytest

from budgets.parsing import parse_disclosure
from tests.house_styles import STYLES, figures_of, read_style
from tests.table_files import as_web_page, as_word, as_workbook


@pytest.mark.parametrize("write", [None, as_word, as_workbook, as_web_page])
@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.stem)
def test_house_style_is_read_whole(path, write):
    document, expected = read_style(path)
    document = write(document.blocks) if write else document
    found = figures_of(parse_disclosure([document]).figures)
    common = found.keys() & expected.keys()
    assert {key: found[key] for key in common} == {key: expected[key] for key in common}
    assert found.keys() - expected.keys() == set()
    assert expected.keys() - found.keys() == set()


def test_projects_are_read_by_fund_and_only_their_money_is_an_item():
    (path,) = (path for path in STYLES if path.stem == "zhejiang-2024-budget")
    statement = parse_disclosure([read_style(path)[0]])
    assert [(row.name, row.amounts) for row in statement.project_rows] == [
        (
            "地名普查2024",
            {
                "total": Decimal("200000.00"),
                "general_public": Decimal("20000.00"),
                "unit_funds": Decimal("180000.00"),
            },
        ),
        ("养老服务补助", {"total": Decimal("80000.00"), "government_fund": Decimal("80000.00")}),
    ]
    # The totals by fund (上年结转 stands apart from them) and the target values of the goals.
    assert [unread.quote for unread in statement.unread] == [
        "20000", "80000", "180000", "35", "1200",
    ]  # fmt: skip
