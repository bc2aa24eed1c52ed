"""The scorer itself: what counts as found, wrong, surplus, caught, near."""

import datetime
from decimal import Decimal

import pytest

from benchmarks import bars, corpus
from benchmarks.findings import Review, how_caught, how_near, new_findings
from benchmarks.numbers import digits_of, digits_of_amount, telling_digits
from benchmarks.reading import Cost, Reading
from benchmarks.scoring import score_facts, score_figures
from budgets.statement import Figure, Outcome, Source, Statement


def figure(concept="expenditure.total", amount="1000000.00", **dimensions):
    amount = None if amount is None else Decimal(amount)
    return Figure(concept=concept, amount=amount, **dimensions)


def statement(*figures, **values):
    return Statement(department="滨海市财政局", fiscal_year=2025, figures=list(figures), **values)


def reading(*figures, printed=("1",)):
    return Reading(name="binhai", statement=statement(*figures), printed=frozenset(printed))


def entry(concept="expenditure.total", amount="1000000.00", **more):
    base = {"functional": None, "economic": None, "fund": None, "period": "budget"}
    return {"concept": concept, "amount": amount, **base, **more}


def source(quote, locator="p3 ¶2", stated=None):
    return Source(locator=locator, start=0, end=len(quote), quote=quote, stated=stated)


def finding(code="S02", *quotes, **values):
    values.setdefault("result", "fail")
    return Outcome(code=code, sources=[source(quote) for quote in quotes], **values)


def fault(quote, text="", kind="text_vs_table", where=""):
    return {"quote": quote, "fault": text, "kind": kind, "where": where, "severity": "error"}


def test_numbers_are_one_whatever_their_unit():
    assert digits_of("共41,234.56万元") == {digits_of_amount(Decimal("412345600.00"))}


def test_years_and_short_numbers_point_nowhere():
    assert telling_digits("2024年100.00%，12个，3.125，2021.50") == {"3125", "20215"}


def test_a_figure_is_found_by_its_own_or_an_accepted_dimension():
    expected = {"figures": [entry(), entry("agency_operation", accept=[{"fund": "unit_funds"}])]}
    read = reading(figure(), figure("agency_operation", fund="unit_funds"))
    score = score_figures(read, expected)
    assert (score.main.found, score.wrong, score.surplus) == (2, [], [])


@pytest.mark.parametrize("amount", ["1000000.01", "-1000000.00"])
def test_another_amount_is_wrong(amount):
    score = score_figures(reading(figure(amount=amount)), {"figures": [entry()]})
    assert len(score.wrong) == 1
    assert score.main.missing == []


def test_a_blank_is_neither_wrong_nor_found_nor_scored():
    blank = figure(amount=None, state="blank")
    assert len(score_figures(reading(blank), {"figures": [entry()]}).main.missing) == 1
    assert score_figures(reading(blank), {"figures": [entry(amount=None)]}).main.expected == 0


def test_proposed_concepts_are_scored_apart():
    score = score_figures(reading(), {"figures_proposed_concepts": [entry()]})
    assert (score.main.expected, len(score.proposed.missing)) == (0, 1)


def test_surplus_is_harmless_only_if_its_number_is_printed():
    read = reading(figure(), figure("training", "20.00"), printed={"1", "2"})
    score = score_figures(read, {})
    assert (len(score.surplus), score.wrong) == (2, [])
    read.printed = frozenset({"1"})
    assert len(score_figures(read, {}).wrong) == 1


def test_optional_zeros_are_no_surplus():
    zero = figure("revenue.other", "0.00")
    optional = [entry("revenue.other", "0.00")]
    assert score_figures(reading(zero), {"optional_zero_figures": optional}).surplus == []


def test_facts_are_good_to_half_of_their_last_place():
    read = statement(figure("procurement.total", "14350049.00"))
    assert score_facts(read, {"procure_total": "1435.00"}).found == 1
    assert score_facts(read, {"procure_total": "1435.02"}).missing == ["procure_total = 1435.02"]


def test_facts_of_a_whole_of_zero_are_told_apart():
    facts = score_facts(statement(figure("three_public.vehicles", "0.00")), {"car_run": "0"})
    assert (facts.found, len(facts.implied)) == (1, 1)


def test_counts_and_dates_are_facts():
    cars = figure("assets.vehicles", "3", unit="辆", as_of=datetime.date(2024, 12, 31))
    row = {"vehicles": "3", "as_of": "2024-12-31", "project_sections": "0"}
    assert score_facts(statement(cars), row).found == 3


def test_a_fault_is_caught_by_quotation():
    found = finding("S02", "支出总计0.4万元", left="3,456.78 万元", right="0.4 万元")
    assert how_caught(found, fault("2025年支出总计0.4万元", "表中为3,456.78万元")) == "quotation"


def test_another_sentence_of_the_paragraph_is_not_caught():
    whole = "支出总计3456.78万元，增长9.99%。主要原因：人员减少。"
    found = finding("S02", whole, left="3,456.78 万元", right="3,456.87 万元")
    assert how_caught(found, fault("增长9.99%。主要原因：人员减少", kind="percent")) is None
    assert how_caught(found, fault("增长9.99%", "应为8.88%")) is None


def test_a_fault_is_caught_by_two_amounts_or_by_page_and_word():
    found = finding("S01", "481.25", left="481.25 万元", right="481.26 万元")
    told = how_caught(found, fault("合计 481.25", "其余为481.26", "table_vs_table"))
    assert told == "amounts 48125, 48126"
    code = Outcome(code="C09", result="fail", sources=[source("物业管理费", "p31 t1 r5 c2")])
    there = fault("302 9 物业管理费", "两位", "code_format", "基本支出表(第31页)")
    assert how_caught(code, there) == "page 31, “物业管理费”"


def test_a_rule_catches_only_its_kinds_of_fault():
    found = finding("C03", "财政拨款收入3087.15万元")
    assert how_caught(found, fault("财政拨款收入3087.15万元")) is None
    assert how_caught(found, fault("财政拨款收入3087.15万元", kind="typo")) is None


def test_a_near_miss_is_hit_by_its_number_not_by_an_item_of_a_list():
    near = {"quote": "档案整理采购118.05万元", "why_not_a_fault": "同一笔"}
    items = finding("P01", "档案整理采购118.05万元", left="912.40 万元", right="800.00 万元")
    assert how_near(items, near) is None
    item = finding("S04", "档案整理采购118.05万元", left="118.05 万元", right="118.50 万元")
    assert how_near(item, near) == "quotation"


def test_a_review_fits_its_place_and_difference():
    review = Review(document="binhai", code="S02", at="p3 ¶2", difference="45.67", why="")
    assert review.fits("binhai", finding("S02", "甲", difference="-45.67 万元"))
    assert not review.fits("binhai", finding("S02", "甲", difference="45.76 万元"))
    review.at = "p3 ¶"
    assert not review.fits("binhai", finding("S02", "甲", difference="45.67 万元"))


def test_the_same_finding_on_another_page_is_not_new():
    old = [finding("S02", "甲", left="1 万元（p3 t1 r2 c1）", message="相差 1 万元。")]
    moved = [finding("S02", "甲", left="1 万元（p4 t1 r2 c1）", message="相差 1 万元。")]
    assert new_findings(moved, old) == []
    assert new_findings([*moved, finding("C04", "XX")], old) == [finding("C04", "XX")]


def test_each_bar_says_what_is_against_it():
    cost = Cost(
        reading=0.5,
        parsing=0.1,
        checking=0.1,
        bare=0.05,
        plumbed=None,
        sandboxed=1.0,
        peak_mib=300.0,
    )
    read = Reading(name="binhai", statement=statement(), pages=10, cost=cost)
    read.statement.numbers = {"figure": 90, "label": 800, "unread": 10}
    result = corpus.Result(reading=read, near=["S02 …"], unconfirmed=[finding()])
    missed = {bar.name for bar in bars.judge([result]) if not bar.is_reached}
    assert missed == {
        "unread ≤ 2% in every document",
        "no finding on a near miss",
        "no false fail (each a known fault or reviewed)",
        "speed ≤ 20 ms a page, or a text",
        "peak memory under 200 MiB",
    }


@pytest.mark.parametrize(("ci", "status"), [("true", 1), ("", 0)])
def test_without_the_corpus_only_ci_fails(monkeypatch, tmp_path, capsys, ci, status):
    monkeypatch.setattr(corpus, "CORPUS", tmp_path / "nowhere")
    monkeypatch.setenv("CI", ci)
    assert corpus.main([]) == status
    assert "../shared/corpus" in capsys.readouterr().out
