"""The list of departments and the page of one."""

from budgets.models import DepartmentSlug
from tests.factories import make_statement, publish


def test_every_department_with_its_years(page, version, url) -> None:
    publish(make_statement(fiscal_year=2022, department="海东市档案局"))
    text = page("/departments/")
    assert url in text
    assert "未公开" in text
    assert "2022 年" in text


def test_filter_and_sort(page, version) -> None:
    publish(make_statement(department="海东市档案局"))
    assert "海东市档案局" not in page("/departments/?q=图书")
    assert "没有这样的部门" in page("/departments/?q=税务")
    text = page("/departments/?sort=-name")
    assert text.index("海东市档案局") < text.index("海东市图书馆管理局") or "aria-sort" in text
    page("/departments/?page=99999&sort=nonsense")


def test_a_department_names_its_missing_years(page, db) -> None:
    publish(make_statement(fiscal_year=2021))
    version = publish(make_statement(fiscal_year=2024))
    text = page(version.disclosure.department.get_absolute_url())
    assert "中间本站未收录的年份：2022、2023" in text
    assert "本站收录 2 份部门预算。" in text
    assert "海东市少年儿童图书馆" in text


def test_a_former_slug_redirects(client, version) -> None:
    department = version.disclosure.department
    DepartmentSlug.objects.create(slug="old", department=department)
    response = client.get("/departments/old/2024/source/?x=1")
    assert response.status_code == 301
    assert response["Location"] == f"/departments/{department.slug}/2024/source/?x=1"


def test_queries_are_constant(client, db, django_assert_max_num_queries) -> None:
    for year in range(2018, 2025):
        version = publish(make_statement(fiscal_year=year))
    for address in ("/departments/", version.disclosure.department.get_absolute_url()):
        with django_assert_max_num_queries(15):
            client.get(address)
