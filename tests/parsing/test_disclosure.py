"""The sample and a second disclosure of the same shape, read whole."""

import datetime
import json
from decimal import Decimal

import pytest

from budgets.documents.blocks import UnreadableDocument
from budgets.parsing import parse_disclosure
from budgets.parsing.sections import PART_WORDS
from budgets.statement import BudgetUnit, Statement
from budgets.vocabulary import CONCEPTS, PROJECT_PARTS
from tests.texts import SAMPLE, SECOND, SHARED, disclosure, text_document

EXPECTED = SHARED / "corpus" / "sample" / "dalian-gxq-yingshangju-2024.expected.json"


def read(text: str) -> Statement:
    return parse_disclosure([text_document(text)])


@pytest.fixture(scope="module")
def sample() -> Statement:
    return read(SAMPLE.read_text(encoding="utf-8"))


def brief(statement: Statement):
    return [(f.concept, f.fund, str(f.amount), f.unit, f.state) for f in statement.figures]


def test_sample_head(sample):
    assert (sample.jurisdiction, sample.department) == (
        "大连高新技术产业园区",
        "大连高新技术产业园区营商环境建设局",
    )
    assert (sample.level, sample.unit, sample.fiscal_year, sample.stage, sample.dated_on) == (
        "department",
        None,
        2024,
        "budget",
        datetime.date(2024, 2, 5),
    )
    assert sample.units == [
        BudgetUnit(name="大连高新技术产业园区营商环境建设局（本级）", kind="administrative"),
        BudgetUnit(name="大连高新技术产业园区大数据中心", kind="public_institution"),
    ]
    assert len(sample.duties) == 11
    assert sample.duties[8] == "负责全区大数据管理相关工作。"


def test_sample_figures(sample):
    assert brief(sample) == [
        ("revenue.appropriation", None, "20932600.00", "元", "value"),
        ("expenditure.basic", None, "4961900.00", "元", "value"),
        ("expenditure.basic.personnel", None, "4818400.00", "元", "value"),
        ("expenditure.basic.operating", None, "143500.00", "元", "value"),
        ("expenditure.project", None, "15970700.00", "元", "value"),
        ("revenue.appropriation", "government_fund", "0.00", "元", "nil"),
        ("expenditure.current", "government_fund", "0.00", "元", "nil"),
        ("revenue.appropriation", "state_capital", "0.00", "元", "nil"),
        ("expenditure.current", "state_capital", "0.00", "元", "nil"),
        ("three_public.total", None, "0.00", "元", "nil"),
        ("agency_operation", None, "143500.00", "元", "value"),
        ("assets.vehicles", None, "0", "辆", "value"),
        ("assets.general_equipment_500k", None, "0", "台", "value"),
        ("assets.special_equipment_1m", None, "0", "台", "value"),
        ("performance.goals", None, "9", "个", "value"),
        ("performance.amount", None, "15970700.00", "元", "value"),
        ("performance.share", None, "100", "%", "value"),
    ]


def test_sample_lists(sample):
    assert len(sample.procurement) == 11
    assert sum(item.amount for item in sample.procurement) == Decimal("19002100.00")
    assert sample.procurement[3].name == "“数字高新”云服务"
    assert {item.purchaser for item in sample.procurement} == {sample.department}
    (project,) = sample.projects
    assert (project.name, project.amount) == ("政务服务大厅窗口建设服务采购", Decimal("3060100.00"))
    assert [part.key for part in project.parts] == [
        "overview",
        "basis",
        "implementer",
        "plan",
        "period",
        "budget",
    ]
    assert [entry.number for entry in sample.glossary] == [str(n) for n in range(1, 19)]
    assert sample.glossary[7].term == "一般公共服务（类）财政事务（款）信息化建设（项）"
    assert (sample.glossary[17].term, sample.glossary[17].definition[:9]) == (
        "机关运行经费",
        "是指各部门的公用经",
    )


def test_sample_reason_is_the_departments_own(sample):
    (reason,) = [claim for claim in sample.claims if claim.kind == "reason"]
    assert reason.figure.concept == "three_public.total"
    assert reason.reason.startswith("按照中央及市委、市政府关于厉行节约")
    assert reason.reason.endswith("严格控制“三公”经费支出")


def test_sample_numbers_are_all_accounted_for(sample):
    assert sample.numbers == {"figure": 12, "item": 13, "operand": 2, "label": 48, "unread": 0}
    assert sample.unread == []


@pytest.mark.parametrize("path", [SAMPLE, SECOND], ids=["sample", "second"])
def test_every_source_quotes_its_line(path):
    text = path.read_text(encoding="utf-8")
    statement = read(text)
    lines = text.split("\n")
    parts = (
        *statement.figures,
        *statement.claims,
        *statement.procurement,
        *statement.projects,
        *statement.sections,
        *statement.glossary,
        *statement.unread,
    )
    sources = [source for part in parts for source in part.sources]
    assert len(sources) > 60
    assert all(part.sources for part in parts)
    for source in sources:
        assert lines[int(source.locator[1:]) - 1][source.start : source.end] == source.quote


def test_a_second_disclosure_needs_no_change_of_code():
    statement = read(SECOND.read_text(encoding="utf-8"))
    assert (statement.department, statement.jurisdiction, statement.fiscal_year) == (
        "滨海市东港区文化和旅游局",
        "滨海市东港区",
        2025,
    )
    assert brief(statement) == [
        ("revenue.appropriation", None, "32085000.00", "元", "value"),
        ("revenue.institution", None, "1200000.00", "元", "value"),
        ("expenditure.basic", None, "18602500.00", "元", "value"),
        ("expenditure.basic.personnel", None, "17021300.00", "元", "value"),
        ("expenditure.basic.operating", None, "1581200.00", "元", "value"),
        ("expenditure.project", None, "14682500.00", "元", "value"),
        ("revenue.appropriation", "government_fund", "0.00", "元", "nil"),
        ("expenditure.current", "government_fund", "0.00", "元", "nil"),
        ("revenue.appropriation", "state_capital", "0.00", "元", "nil"),
        ("expenditure.current", "state_capital", "0.00", "元", "nil"),
        ("three_public.total", None, "62000.00", "元", "value"),
        ("three_public.abroad", None, "0.00", "元", "value"),
        ("three_public.vehicles", None, "45000.00", "元", "value"),
        ("three_public.reception", None, "17000.00", "元", "value"),
        ("agency_operation", None, "964000.00", "元", "value"),
        ("procurement.total", None, "0.00", "元", "nil"),
        ("assets.vehicles", None, "3", "辆", "value"),
        ("assets.general_equipment_500k", None, "2", "台", "value"),
        ("assets.special_equipment_1m", None, "1", "台", "value"),
        ("performance.goals", None, "12", "个", "value"),
        ("performance.amount", None, "14682500.00", "元", "value"),
        ("performance.share", None, "100", "%", "value"),
    ]
    assert [unit.kind for unit in statement.units] == [
        "administrative",
        "public_institution",
        "public_institution",
    ]
    assert statement.procurement == []
    assert [(p.name, p.amount) for p in statement.projects] == [
        ("公共图书馆免费开放", Decimal("864000.00"))
    ]
    assert statement.numbers["unread"] == 0


def test_statement_survives_json(sample):
    assert Statement.from_json(json.loads(json.dumps(sample.to_json()))) == sample


def test_a_number_without_a_concept_is_unread_and_not_guessed():
    statement = read(
        disclosure("一、总体说明", "收入包括：财政拨款收入10万元；另有滨海债券专项300万元。")
    )
    assert brief(statement) == [("revenue.appropriation", None, "100000.00", "元", "value")]
    assert [unread.quote for unread in statement.unread] == ["另有滨海债券专项300万元"]


def test_two_places_of_one_figure_stay_apart_in_its_sources():
    statement = read(
        disclosure(
            "一、总体说明",
            "收入包括：财政拨款收入10万元。",
            "二、收支情况说明",
            "财政拨款收入12万元。",
        )
    )
    (figure,) = statement.figures
    assert [str(source.amount) for source in figure.sources] == ["100000.00", "120000.00"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("今天天气很好。", "这不像一份部门预算或决算"),
        ("2024年部门预算", "这不像一份部门预算或决算"),
        (disclosure("一、主要职责", "（一）负责工作。"), "正文里没有找到任何收支数字"),
    ],
)
def test_what_is_no_budget_is_refused_in_words(text, sentence):
    with pytest.raises(UnreadableDocument, match=sentence):
        read(text)


def test_project_parts_have_words_for_each_key():
    assert PART_WORDS.keys() == PROJECT_PARTS.keys()


@pytest.mark.skipif(not EXPECTED.exists(), reason="../shared/corpus is not beside this checkout")
def test_sample_has_every_expected_figure_and_none_wrong(sample):
    expected = json.loads(EXPECTED.read_text(encoding="utf-8"))
    found = {
        (f.concept, f.functional, f.economic, f.fund, f.period): f.amount for f in sample.figures
    }
    for figure in expected["figures"]:
        funds = [figure["fund"], *(other["fund"] for other in figure.get("accept", []))]
        amounts = [
            found[key]
            for fund in funds
            if (
                key := (
                    figure["concept"],
                    figure["functional"],
                    figure["economic"],
                    fund,
                    figure["period"],
                )
            )
            in found
        ]
        assert amounts == [Decimal(figure["amount"])], figure
    assert len(found) == len(expected["figures"])
    assert [(i.name, f"{i.purchaser}{i.name}", str(i.amount)) for i in sample.procurement] == [
        (i["name"], i["full_name"], i["amount"]) for i in expected["procurement"]
    ]
    assert [(p.name, str(p.amount)) for p in sample.projects] == [
        (p["name"], p["amount"]) for p in expected["projects"]
    ]
    assert [(u.name, u.kind) for u in sample.units] == [
        (u["name"], u["kind"]) for u in expected["units"]
    ]
    assert [g.term for g in sample.glossary] == [g["term"] for g in expected["glossary"]]
    for entry, wanted in zip(sample.glossary, expected["glossary"], strict=True):
        assert entry.definition.startswith(wanted["definition_starts"])
    assert len(sample.duties) == expected["duties_count"]
    assert str(sample.dated_on) == expected["disclosed_on"]
    assert {f.concept for f in sample.figures} <= CONCEPTS.keys()
