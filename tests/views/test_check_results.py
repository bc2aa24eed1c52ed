"""Every check with both sides; what cannot be checked is not passed."""

import datetime

from tests.factories import make_figure, make_outcome, make_statement, publish


def test_both_sides_difference_and_tolerance(page, db) -> None:
    checks = [
        make_outcome(
            "P01",
            "warning",
            left="42.50 万元",
            right="40.00 万元",
            difference="2.50 万元",
            tolerance="0.005 万元",
            derived=True,
            message="采购合计比项目支出多 2.50 万元。",
        ),
        make_outcome("R06", "not_checkable", left=None, right=None, message="文件没有表。"),
        make_outcome("R05", "pass"),
    ]
    url = publish(make_statement(checks=checks)).disclosure.get_absolute_url()
    text = page(f"{url}checks/")
    for told in (
        "42.50 万元",
        "40.00 万元",
        "2.50 万元",
        "0.005 万元",
        "部门尚未说明原因",
        "由本站从印出的",
    ):
        assert told in text
    assert text.index("check-P01") < text.index("check-R05") < text.index("check-R06")
    assert "采购合计比项目支出多" in page(url)


def test_completeness_is_told(page, url) -> None:
    text = page(f"{url}checks/")
    assert "公开完整度" in text
    assert "没有找到" in text
    assert "已写明没有" in text


def test_a_code_twice_has_two_anchors(page, db) -> None:
    checks = [make_outcome("A04", "warning"), make_outcome("A04", "pass")]
    url = publish(make_statement(checks=checks)).disclosure.get_absolute_url()
    text = page(f"{url}checks/")
    assert text.count('id="check-A04"') == text.count('id="check-A04-2"') == 1
    assert f"{url}checks/#check-A04-2" in page(url)


def test_outcomes_that_need_other_documents_are_dated_and_not_stored(
    page, db, django_assert_max_num_queries
) -> None:
    before = make_statement(fiscal_year=2023, figures=[make_figure("expenditure.basic", "90.00")])
    figures = [make_figure("expenditure.basic", "100.00", period="prior_budget")]
    publish(before)
    version = publish(make_statement(figures=figures, checks=[make_outcome("S03", "fail")]))
    url = version.disclosure.get_absolute_url()
    assert not version.check_results.exists()
    with django_assert_max_num_queries(15):
        text = page(f"{url}checks/")
    assert "上年文件中为 90.00 万元：相差 10.00 万元" in text
    assert f"{datetime.date.today():%Y-%m-%d} 核对" in text
    assert f"（{datetime.date.today():%Y-%m-%d} 核对）" in page(url)


def test_more_units_cost_no_more_queries(page, db, django_assert_max_num_queries) -> None:
    for n in range(5):
        publish(make_statement(level="unit", unit=f"海东市第{n}图书馆"))
    url = publish(make_statement()).disclosure.get_absolute_url()
    with django_assert_max_num_queries(15):
        page(f"{url}checks/")
