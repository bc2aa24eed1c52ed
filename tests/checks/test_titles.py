"""What a document calls itself: years, 部门 or 单位, its own name."""

import pytest

from budgets.checks import run_checks
from budgets.statement import BudgetUnit, Claim, Dimensions, Section, Source, Statement


def source(quote):
    return Source(locator="¶1", start=0, end=len(quote), quote=quote)


def section(title, *lines, key="overview"):
    return Section(
        key=key, title=title, text="\n".join(lines), sources=[source(q) for q in (title, *lines)]
    )


def base_claim(year, words=""):
    quote = words or f"比{year}年预算增加5万元"
    return Claim(
        kind="change",
        figure=Dimensions(concept="revenue.total"),
        base_year=year,
        sources=[source(quote)],
    )


def statement(*sections, **fields):
    values = {"department": "滨海市东港区财政局", "fiscal_year": 2024} | fields
    return Statement(sections=list(sections), **values)


def results(code, *sections, **fields):
    return [o.result for o in run_checks(statement(*sections, **fields)) if o.code == code]


OWN_YEAR = section("2024年部门预算编制说明")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("2024年“三公”经费预算情况说明", ["pass"]),
        ("2023年“三公”经费预算情况说明", ["fail"]),
        ("2023年部门预算执行情况", ["pass"]),  # history
        ("《2023年部门预算》编制依据", ["pass"]),
        ("2023年部门决算情况", ["pass"]),  # another document
        ("2024年与2023年预算情况", ["pass"]),
        ("2023年老旧小区改造项目预算安排", ["pass"]),  # a project that goes on
        ("2023年项目支出预算情况说明", ["fail"]),
    ],
)
def test_the_year_of_a_title(title, expected):
    assert results("C02", OWN_YEAR, section(title)) == expected


def test_years_that_mostly_differ_are_not_judged():
    titles = [section("2023年部门预算编制说明"), section("2023年“三公”经费预算情况说明")]
    assert results("C02", OWN_YEAR, *titles) == ["not_checkable"]


def test_a_document_without_years_has_none_to_check():
    assert results("C02", section("总体说明")) == ["not_checkable"]


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ([2023, 2023, 2023, 2022], ["fail"]),
        ([2023, 2023, 2023, 2023], ["pass"]),
        ([2023, 2022], ["not_checkable"]),  # which of the two is meant, is not said
    ],
)
def test_the_base_year_is_the_year_before(years, expected):
    assert results("C02", claims=[base_claim(year) for year in years]) == expected


def test_final_accounts_may_compare_with_the_budget_of_their_year():
    claims = [*[base_claim(2023, "比2023年度增加5万元")] * 3, base_claim(2024)]
    assert results("C02", claims=claims, stage="final_accounts") == ["pass"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["本部门没有此项预算。"], ["pass"]),
        (["本部门没有此项预算。", "本单位没有车辆。"], ["warning"]),
        (["本部门没有此项预算。", "各部门（单位）应当公开，本部门（单位）亦同。"], ["pass"]),
        (["没有此项预算。"], ["not_checkable"]),
        (["本部门没有此项预算。", "各预算单位结合本单位实际编制。"], ["pass"]),
    ],
)
def test_a_department_calls_itself_one(lines, expected):
    assert results("C05", section("总体说明", *lines)) == expected


def test_a_unit_calls_itself_one():
    lines = ["本单位没有此项预算。", "本部门没有车辆。"]
    assert results("C05", section("总体说明", *lines), level="unit") == ["warning"]


@pytest.mark.parametrize(
    ("title", "lines", "expected"),
    [
        ("滨海市东港区财政局（部门）主要职能", [], ["pass"]),
        ("东港区财政局概况", [], ["pass"]),
        ("滨海市东港区教育局概况", [], ["fail"]),
        ("总体说明", ["编制部门：滨海市东港区财政局"], ["pass"]),
        ("总体说明", ["编制部门：滨海市东港区教育局"], ["fail"]),
        ("总体说明", ["编制部门：东港会计核算办公室"], ["pass"]),  # a unit of the list
        ("总体说明", ["配合滨海市东港区教育局工作。"], ["not_checkable"]),
    ],
)
def test_headings_name_the_document_s_own_department(title, lines, expected):
    units = [BudgetUnit(name="滨海市东港会计核算办公室")]
    assert results("C10", section(title, *lines), units=units) == expected


def test_a_document_may_have_a_chapter_on_each_of_its_bodies():
    own, other = section("滨海市东港区财政局概况"), section("滨海市东港区国有资产管理局概况")
    assert results("C10", own, other) == ["pass"]
