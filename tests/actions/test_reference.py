"""Organisations and terms: matched by name, created once, slugs for good."""

from __future__ import annotations

import pytest

from budgets.actions import reference
from budgets.models import (
    AuditEntry,
    Department,
    DepartmentName,
    DepartmentSlug,
    GlossaryTerm,
    Jurisdiction,
)
from budgets.statement import BudgetUnit

pytestmark = pytest.mark.django_db


def get_jurisdiction(name: str = "海东市") -> Jurisdiction:
    return reference.get_jurisdiction(name=name, by="system")


def get_department(name: str, jurisdiction: Jurisdiction | None = None, year: int = 2024):
    return reference.get_department(
        jurisdiction=jurisdiction or get_jurisdiction(), name=name, fiscal_year=year, by="system"
    )


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("中央", "central"),
        ("辽宁省", "province"),
        ("内蒙古自治区", "province"),
        ("重庆市", "province"),
        ("新疆生产建设兵团", "province"),
        ("大连市", "city"),
        ("延边朝鲜族自治州", "city"),
        ("大兴安岭地区", "city"),
        ("大连高新技术产业园区", "district"),
        ("甘井子区", "district"),
        ("长海县", "district"),
        ("鄂温克族自治旗", "district"),
        ("七贤岭街道", "township"),
        ("某某", "other"),
    ],
)
def test_level_of(name: str, level: str) -> None:
    assert reference.level_of(name) == level


def test_get_jurisdiction_twice_is_one() -> None:
    assert get_jurisdiction() == get_jurisdiction()
    assert AuditEntry.objects.filter(action="jurisdiction.created").count() == 1


def test_department_slug_is_the_initials_without_the_jurisdiction() -> None:
    district = get_jurisdiction("大连高新技术产业园区")
    department = get_department("大连高新技术产业园区营商环境建设局", district)
    assert (department.slug, department.short_name) == ("yshjjsj", "营商环境建设局")


def test_department_slug_taken_is_prefixed_then_numbered() -> None:
    first = get_department("海东市财政局")
    second = get_department("海西市财政局", get_jurisdiction("海西市"))
    third = get_department("海西市菜正局", get_jurisdiction("海西市"))
    assert [d.slug for d in (first, second, third)] == ["czj", "hxs-czj", "hxs-czj-2"]


def test_department_slug_of_the_past_is_not_given_again() -> None:
    department = get_department("海东市财政局")
    DepartmentSlug.objects.create(slug="jyj", department=department)
    assert get_department("海东市教育局").slug == "hds-jyj"


def test_department_slug_without_any_letter() -> None:
    assert get_department("海东市※※").slug == "bumen"


def test_department_is_found_by_the_name_of_that_year() -> None:
    department = get_department("海东市文化局", year=2015)
    DepartmentName.objects.filter(department=department).update(last_year=2018)
    Department.objects.filter(pk=department.pk).update(name="海东市文化和旅游局")
    assert get_department("海东市文化局", year=2016) == department
    assert get_department("海东市文化和旅游局", year=2020) == department


def test_departments_of_two_jurisdictions_are_two() -> None:
    assert get_department("财政局") != get_department("财政局", get_jurisdiction("海西市"))


def test_units_are_created_once_and_learn_their_kind() -> None:
    department = get_department("海东市图书馆管理局")
    names = ("海东市图书馆管理局（本级）", "海东市少儿馆")
    for kind in (None, "public_institution", None):
        units = reference.get_units(
            department=department, units=[BudgetUnit(name=n, kind=kind) for n in names], by="system"
        )
    assert [(u.slug, u.kind) for u in units] == [
        ("bj", "public_institution"),
        ("seg", "public_institution"),
    ]
    assert AuditEntry.objects.filter(action="unit.kind_changed").count() == 2


def test_terms_that_fold_alike_are_one() -> None:
    terms = reference.get_terms(names=["“三公”经费", "三公经费", "三公經費"])
    (term,) = terms.values()
    assert (term.name, term.slug, term.normalised) == ("“三公”经费", "sangongjingfei", "三公经费")
    assert reference.get_terms(names=["三公 经费"]) == terms


def test_term_slugs_collide_into_numbers() -> None:
    reference.get_terms(names=["公示", "工时"])
    assert set(GlossaryTerm.objects.values_list("slug", flat=True)) == {"gongshi", "gongshi-2"}


def test_code_terms_are_told_apart() -> None:
    name = "一般公共服务（类）财政事务（款）行政运行（项）"
    (term,) = reference.get_terms(names=[name]).values()
    assert term.is_code
    assert not next(iter(reference.get_terms(names=["基本支出"]).values())).is_code


def test_known_terms_cost_one_query(django_assert_num_queries) -> None:
    names = [f"名词{n}" for n in "甲乙丙丁"]
    reference.get_terms(names=names)
    with django_assert_num_queries(1):
        reference.get_terms(names=names)


@pytest.mark.parametrize("by", [None, "", "somebody"])
def test_nobody_in_particular_may_not_act(by: object) -> None:
    with pytest.raises(TypeError):
        reference.get_jurisdiction(name="海东市", by=by)
