"""What Chart.js gets, as whole values."""

from budgets.charts import disclosure_charts, draw_years
from budgets.queries import department_years
from tests.factories import make_figure, make_statement, publish


def test_charts_of_a_small_disclosure() -> None:
    drawn = disclosure_charts(make_statement())
    assert drawn == {
        "answer": {
            "kind": "stacked-bar",
            "label": "支出构成：人员经费 90.00 万元，项目支出 60.00 万元，公用经费 10.00 万元",
            "unit": "万元",
            "size": "line",
            "labels": ["支出"],
            "series": [
                {"name": "人员经费", "values": ["90.00"]},
                {"name": "项目支出", "values": ["60.00"]},
                {"name": "公用经费", "values": ["10.00"]},
            ],
        },
        "spending": {
            "kind": "stacked-bar",
            "label": "2024 年支出构成，单位万元",
            "unit": "万元",
            "size": "small",
            "labels": ["基本支出", "项目支出"],
            "series": [
                {"name": "人员经费", "values": ["90.00", "0"]},
                {"name": "项目支出", "values": ["0", "60.00"]},
                {"name": "公用经费", "values": ["10.00", "0"]},
            ],
        },
        "procurement": {
            "kind": "bar",
            "label": "政府采购项目，单位万元",
            "unit": "万元",
            "size": "small",
            "labels": ["馆藏图书采购", "物业管理服务"],
            "series": [{"name": "政府采购项目", "values": ["30.50", "12.00"]}],
        },
    }


def test_no_answer_is_drawn_where_the_parts_make_no_whole() -> None:
    figures = [make_figure("expenditure.total", "9"), make_figure("expenditure.project", "5")]
    assert "answer" not in disclosure_charts(make_statement(figures=figures))


def test_nothing_is_drawn_of_nothing() -> None:
    assert disclosure_charts(make_statement(figures=[], procurement=[])) == {}


def test_a_missing_year_stays_a_gap(db) -> None:
    for year, wan in ((2021, "100"), (2023, "120")):
        figures = [make_figure("expenditure.total", wan)]
        version = publish(make_statement(fiscal_year=year, figures=figures))
    chart = draw_years(department_years(version.disclosure.department))
    assert chart is not None
    assert chart["labels"] == ["2021", "2022", "2023"]
    assert chart["series"] == [{"name": "支出总计", "values": ["100.00", None, "120.00"]}]


def test_different_numbers_are_not_joined_by_a_line(db) -> None:
    publish(make_statement(fiscal_year=2022, figures=[make_figure("expenditure.total", "1")]))
    version = publish(
        make_statement(fiscal_year=2023, figures=[make_figure("revenue.appropriation", "1")])
    )
    assert draw_years(department_years(version.disclosure.department)) is None
