"""Lists as django-tables2 tables: the columns, their order and how they sort."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.utils.html import format_html, format_html_join

from budgets.queries import DepartmentRow
from budgets.vocabulary import STAGE_NAMES

NOT_PUBLISHED = "未公开"


class YearColumn(tables.Column):
    """What a department has published for one year: links, or 未公开 in words."""

    def __init__(self, year: int) -> None:
        super().__init__(
            empty_values=(),
            orderable=False,
            verbose_name=f"{year} 年",
            attrs={"td": {"data-year": f"{year}"}},
        )
        self.year = year

    def render(self, record: DepartmentRow) -> Any:
        links = [
            (record.published[self.year, stage], f"{record.name} {self.year} 年", name)
            for stage, name in STAGE_NAMES.items()
            if (self.year, stage) in record.published
        ]
        if not links:
            return format_html('<span class="quiet">{}</span>', NOT_PUBLISHED)
        return format_html_join(
            " ",
            '<a href="{}"><span class="visually-hidden">{}</span>{}</a>',
            links,
        )


class DepartmentTable(tables.Table):
    """Every department with what is published per year."""

    name = tables.Column(
        verbose_name="部门",
        linkify=lambda record: record.department.get_absolute_url(),
        attrs={"td": {"class": "name"}},
    )
    jurisdiction = tables.Column(verbose_name="地区")
    count = tables.Column(
        verbose_name="已公开份数", attrs={"td": {"class": "number"}, "th": {"class": "number"}}
    )

    class Meta:
        attrs = {"class": "table stacked"}
        empty_text = "没有这样的部门。"


def department_table(rows: list[DepartmentRow]) -> DepartmentTable:
    """Return the table with one column for each year of which anything is published."""
    years = sorted({year for row in rows for year, _ in row.published}, reverse=True)
    return DepartmentTable(
        rows,
        extra_columns=[(f"year_{year}", YearColumn(year)) for year in years],
        sequence=("name", "jurisdiction", *(f"year_{year}" for year in years), "count"),
    )
