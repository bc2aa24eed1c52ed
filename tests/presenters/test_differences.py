"""What changed between two Statements: exact, and absent is never 0."""

from hypothesis import given
from hypothesis import strategies as st

from budgets.presenters.differences import compare, diff_text
from tests.factories import make_figure, make_item, make_statement, make_term


def told(changes) -> list[tuple[str, str, str, str, str, str]]:
    return [
        (c.label, c.kind, str(c.before), str(c.after), str(c.difference or ""), c.rate)
        for c in changes
    ]


def test_nothing_changed() -> None:
    differences = compare(make_statement(), make_statement())
    assert differences.is_empty
    assert differences.same_figures == 8


def test_figures_are_compared_exactly_with_rate() -> None:
    before = make_statement(
        fiscal_year=2023,
        figures=[
            make_figure("expenditure.basic", "80.00"),
            make_figure("three_public.total", "3.00"),
            make_figure("expenditure.project", "0"),
            make_figure("expenditure.project", "9", period="prior_budget"),
        ],
    )
    after = make_statement(
        figures=[
            make_figure("expenditure.basic", "100.00"),
            make_figure("three_public.total", None),
            make_figure("expenditure.project", "60"),
            make_figure("agency_operation", "1"),
        ]
    )
    assert told(compare(after, before).figures) == [
        ("基本支出", "changed", "80.00 万元", "100.00 万元", "20.00 万元", "+25.0%"),
        ("“三公”经费合计", "changed", "3.00 万元", "无", "−3.00 万元", "−100.0%"),
        ("项目支出", "changed", "0.00 万元", "60.00 万元", "60.00 万元", ""),
        ("机关运行经费", "added", "未公开", "1.00 万元", "", ""),
    ]


def test_items_and_definitions() -> None:
    before = make_statement(
        procurement=[make_item("物业", "10"), make_item("保洁", "2")],
        glossary=[make_term("甲", "旧释义。"), make_term("乙", "同")],
    )
    after = make_statement(
        procurement=[make_item("物业", "12"), make_item("安保", "3")],
        glossary=[make_term("甲", "新释义。"), make_term("乙", "同")],
    )
    differences = compare(after, before)
    assert told(differences.items) == [
        ("物业", "changed", "10.00 万元", "12.00 万元", "2.00 万元", "+20.0%"),
        ("安保", "added", "未公开", "3.00 万元", "", ""),
        ("保洁", "removed", "2.00 万元", "未公开", "", ""),
    ]
    assert [(d.title, d.kind) for d in differences.definitions] == [
        ("甲", "changed"),
        ("乙", "same"),
    ]


def test_a_text_copied_unchanged_is_told() -> None:
    text = "为市民购置新书，全年开展阅读活动，丰富市民的文化生活。"
    before, after = make_statement(fiscal_year=2023), make_statement()
    for statement in (before, after):
        statement.projects[0].parts[0].text = text
    copied = [change for change in compare(after, before).project_texts if change.is_copied]
    assert [change.title for change in copied] == ["馆藏图书采购：项目概述"]


def test_a_text_is_cut_clause_by_clause() -> None:
    assert diff_text("甲，乙二。丙。", "甲，乙一。丙。") == [
        ("same", "甲，"),
        ("removed", "乙一。"),
        ("added", "乙二。"),
        ("same", "丙。"),
    ]


@given(st.text("甲乙，。\n", max_size=30), st.text("甲乙，。\n", max_size=30))
def test_both_texts_come_back_out_of_the_pieces(after: str, before: str) -> None:
    pieces = diff_text(after, before)
    assert "".join(words for kind, words in pieces if kind != "removed") == after
    assert "".join(words for kind, words in pieces if kind != "added") == before
