"""Generated sentences are exactly true: shares only where the parts provably add up."""

from budgets.presenters.answer import findings_of_spending, write_answer
from budgets.presenters.findings import (
    write_findings,
    write_procurement,
    write_revenue,
    write_three_public,
)
from budgets.presenters.spending import read_spending
from budgets.statement import Statement
from tests.factories import make_figure, make_item, make_statement


def sentences(statement: Statement) -> list[str]:
    return write_answer(statement, read_spending(statement)).sentences


def test_shares_where_the_parts_add_to_a_printed_total() -> None:
    statement = make_statement()
    assert sentences(statement) == [
        "每 100 元支出里，56 元是人员经费，38 元是项目支出，6 元是公用经费。",
        "文件没有写收入总计和支出总计。",
    ]
    assert findings_of_spending(read_spending(statement)) == "每 100 元里，56 元是人员经费"


def test_plain_amounts_where_the_parts_do_not_add_up() -> None:
    statement = make_statement(
        figures=[
            make_figure("expenditure.total", "200"),
            make_figure("expenditure.basic", "100"),
            make_figure("expenditure.project", "60"),
        ]
    )
    assert sentences(statement) == [
        "支出中，基本支出 100.00 万元，项目支出 60.00 万元。",
        "文件没有写收入总计。",
    ]


def test_an_expenditure_total_that_differs_rules_out_an_equal_revenue() -> None:
    statement = make_statement(
        figures=[
            make_figure("expenditure.current", "170"),
            make_figure("revenue.appropriation", "160"),
            make_figure("expenditure.basic", "100"),
            make_figure("expenditure.project", "60"),
        ]
    )
    assert read_spending(statement).whole == []


def test_parts_of_different_scopes_are_no_whole() -> None:
    statement = make_statement(
        figures=[
            make_figure("revenue.appropriation", "160"),
            make_figure("expenditure.basic", "100", fund="general_public"),
            make_figure("expenditure.project", "60"),
        ]
    )
    assert read_spending(statement).whole == []


def test_basic_spending_is_not_split_where_its_halves_do_not_add_up() -> None:
    statement = make_statement(
        figures=[
            make_figure("expenditure.current", "160"),
            make_figure("expenditure.basic", "100"),
            make_figure("expenditure.basic.personnel", "80"),
            make_figure("expenditure.basic.operating", "10"),
            make_figure("expenditure.project", "60"),
        ]
    )
    spending = read_spending(statement)
    assert [part.name for part in spending.parts] == ["基本支出", "项目支出"]
    assert not spending.is_split


def test_a_share_under_one_yuan_is_said_so() -> None:
    statement = make_statement(
        figures=[
            make_figure("expenditure.current", "1000"),
            make_figure("expenditure.basic", "999"),
            make_figure("expenditure.project", "1"),
        ]
    )
    assert sentences(statement)[0] == "每 100 元支出里，100 元是基本支出，不足 1 元是项目支出。"


def test_nothing_printed_says_so() -> None:
    answer = write_answer(empty := make_statement(figures=[]), read_spending(empty))
    assert (answer.amount.text, answer.sentences) == ("未公开", ["文件没有写明收入和支出的总数。"])


def test_final_accounts_use_their_own_period() -> None:
    statement = make_statement(
        stage="final_accounts",
        figures=[
            make_figure("expenditure.total", "200", period="budget_adjusted"),
            make_figure("expenditure.total", "190", period="final"),
        ],
    )
    answer = write_answer(statement, read_spending(statement))
    assert (answer.label, str(answer.amount)) == ("2024 年支出总计", "190.00 万元")


def test_three_public_nil_zero_and_absent_differ() -> None:
    def heading(*figures: object) -> str:
        return write_three_public(make_statement(figures=list(figures))).heading

    assert heading(make_figure("three_public.total", None)) == "文件写明没有“三公”经费支出"
    assert heading(make_figure("three_public.total", "0")) == "“三公”经费合计 0.00 万元"
    assert heading() == "“三公”经费未公开"
    scoped = make_figure("three_public.total", "3.5", fund="general_public")
    assert heading(scoped) == "“三公”经费合计（一般公共预算） 3.50 万元"


def test_procurement_says_whose_sum_it_is() -> None:
    finding = write_procurement(make_statement())
    assert finding is not None
    assert finding.heading == "2 项政府采购，相加 42.50 万元"
    assert [(row.label, row.amount.text, row.anchor) for row in finding.rows] == [
        ("馆藏图书采购", "30.50", "item-1"),
        ("物业管理服务", "12.00", "item-2"),
        ("所列 2 项之和（合计由本站相加）", "42.50", ""),
    ]


def test_items_without_amount_are_not_added_silently() -> None:
    statement = make_statement(procurement=[make_item(), make_item("无价", "1", amount=None)])
    finding = write_procurement(statement)
    assert finding is not None
    assert finding.heading == "列出 2 项政府采购，写明金额的 1 项相加 30.50 万元"


def test_funds_are_none_only_where_every_figure_says_so() -> None:
    nil = make_figure("expenditure.current", None, fund="government_fund")
    some = make_figure("revenue.appropriation", "5", fund="government_fund")
    assert write_revenue(make_statement(figures=[nil])).lead == "文件写明：无政府性基金预算收支。"
    assert write_revenue(make_statement(figures=[nil, some])).lead == ""


def test_several_sources_of_revenue_make_the_whole() -> None:
    statement = make_statement(
        figures=[
            make_figure("revenue.appropriation", "150"),
            make_figure("revenue.institution", "10"),
            make_figure("expenditure.basic", "100"),
            make_figure("expenditure.project", "60"),
        ]
    )
    assert sentences(statement) == [
        "每 100 元支出里，63 元是基本支出，37 元是项目支出。",
        "文件还写明：事业收入 10.00 万元。",
        "文件没有写收入总计和支出总计。",
    ]
    finding = next(f for f in write_findings(statement) if f.key == "spending")
    assert finding.lead == (
        "文件没有写支出总计；各部分相加 160.00 万元（合计由本站相加），"
        "与财政拨款收入、事业收入之和相等。"
    )


def test_appropriation_alone_is_not_the_whole_beside_other_revenue() -> None:
    statement = make_statement(
        figures=[*make_statement().figures, make_figure("revenue.other", "5")]
    )
    assert read_spending(statement).whole == []


def test_procurement_declared_nil_is_told_in_words() -> None:
    nil = make_figure("procurement.total", None)
    finding = write_procurement(make_statement(figures=[nil], procurement=[]))
    assert finding is not None
    assert finding.heading == "文件写明没有政府采购"
