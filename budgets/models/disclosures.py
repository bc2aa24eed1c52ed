"""A disclosure and its versions; everything published hangs off a version.

A `Disclosure` is permanent (department or unit, year, stage). A `DisclosureVersion` carries
the content and never changes once published; a correction is the next number. Dimensions are
`''` where the JSON form has null, so that a unique constraint refuses duplicates on both
databases. What a document prints has no length limit of ours; the ids of our own have one.
"""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from budgets import statement, vocabulary

from .fields import ExactDecimalField
from .organisations import Department, Unit


class Disclosure(models.Model):
    """The budget or the final accounts of one department (or one of its units) for one year."""

    class Stage(models.TextChoices):
        BUDGET = "budget", vocabulary.STAGE_NAMES["budget"]
        FINAL_ACCOUNTS = "final_accounts", vocabulary.STAGE_NAMES["final_accounts"]

    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="disclosures")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="disclosures"
    )
    fiscal_year = models.PositiveSmallIntegerField("年度")
    stage = models.CharField("阶段", max_length=16, choices=Stage)
    # The 批复 starts the 20 days; known to staff before anything is uploaded.
    approved_on = models.DateField("批复日期", null=True, blank=True)
    exemption = models.TextField("整体免公开的理由（涉密）", blank=True, default="")

    class Meta:
        ordering = ("-fiscal_year", "stage")
        constraints = (
            models.UniqueConstraint(
                fields=("department", "fiscal_year", "stage"),
                condition=Q(unit=None),
                name="department_disclosure_once",
            ),
            models.UniqueConstraint(
                fields=("department", "unit", "fiscal_year", "stage"),
                condition=Q(unit__isnull=False),
                name="unit_disclosure_once",
            ),
            models.CheckConstraint(
                condition=Q(fiscal_year__gte=1990, fiscal_year__lte=2100),
                name="disclosure_year_plausible",
            ),
        )

    def __str__(self) -> str:
        stage = self.get_stage_display()
        told = stage.replace("部门", "单位") if self.unit_id else stage
        return f"{self.unit or self.department} {self.fiscal_year} {told}"

    def get_absolute_url(self) -> str:
        place = f"/departments/{self.department.slug}/"
        if self.unit_id:
            place += f"units/{self.unit.slug}/"
        place += f"{self.fiscal_year}/"
        return place + "final/" if self.stage == self.Stage.FINAL_ACCOUNTS else place


class VersionQuerySet(models.QuerySet["DisclosureVersion"]):
    def published(self) -> Self:
        """Only what the public may see now: the one published version of each disclosure."""
        return self.filter(status=DisclosureVersion.Status.PUBLISHED)


class DisclosureVersion(models.Model):
    """One reading of a disclosure with its status. `stamp` counts changes of a draft."""

    class Status(models.TextChoices):
        DRAFT = "draft", "草稿"
        IN_REVIEW = "in_review", "待审核"
        RETURNED = "returned", "已退回"
        PUBLISHED = "published", "已公开"
        SUPERSEDED = "superseded", "已被更正"
        WITHDRAWN = "withdrawn", "已撤回"

    class Origin(models.TextChoices):
        REGISTERED = "registered", "登记（部门已在别处公开）"
        AUTHORED = "authored", "本站编制"

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("版本")
    status = models.CharField(max_length=12, choices=Status, default=Status.DRAFT)
    origin = models.CharField(max_length=12, choices=Origin)
    source_url = models.URLField("原公开地址", max_length=500, blank=True, default="")
    department_name = models.CharField("文件所写部门名称", max_length=200)
    jurisdiction_name = models.CharField(max_length=120, blank=True, default="")
    unit_name = models.CharField(max_length=200, blank=True, default="")
    dated_on = models.DateField("落款日期", null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    correction = models.TextField("更正原因", blank=True, default="")
    reason = models.TextField("撤回原因", blank=True, default="")
    content_sha256 = models.CharField("公开内容校验值", max_length=64, blank=True, default="")
    stamp = models.PositiveIntegerField(default=0)
    # Kept so that nobody publishes what they uploaded or submitted themselves.
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    secrecy_reviewer = models.CharField("保密审查人", max_length=60, blank=True, default="")
    responsible_person = models.CharField("负责人", max_length=60, blank=True, default="")
    # Parts that are not made public: [{"key": a completeness key, "reason": "…"}].
    exemptions = models.JSONField(default=list)
    # What nothing queries alone is kept in the Statement's own JSON form.
    units = models.JSONField(default=list)
    duties = models.JSONField(default=list)
    claims = models.JSONField(default=list)
    project_rows = models.JSONField(default=list)
    tables = models.JSONField(default=list)
    code_names = models.JSONField(default=list)
    numbers = models.JSONField(default=dict)
    unread = models.JSONField(default=list)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("disclosure", "number"), name="version_number_once"),
            models.UniqueConstraint(
                fields=("disclosure",),
                condition=Q(status="published"),
                name="one_published_version_per_disclosure",
            ),
            models.CheckConstraint(
                condition=Q(status__in=("draft", "in_review", "returned"), published_at=None)
                | Q(
                    status__in=("published", "superseded", "withdrawn"), published_at__isnull=False
                ),
                name="version_published_at_fits_status",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | ~Q(content_sha256=""),
                name="version_published_has_hash",
            ),
            models.CheckConstraint(
                condition=Q(status="withdrawn", withdrawn_at__isnull=False)
                | (~Q(status="withdrawn") & Q(withdrawn_at=None)),
                name="version_withdrawn_at_fits_status",
            ),
        )

    def __str__(self) -> str:
        return f"{self.disclosure} v{self.number}"

    def get_absolute_url(self) -> str:
        """Return the address of this very version, once it is public."""
        return f"{self.disclosure.get_absolute_url()}v{self.number}/"

    def to_statement(self) -> statement.Statement:
        """Rebuild the Statement that this version holds (about ten queries)."""
        return statement.Statement(
            documents=[
                statement.DocumentInfo(
                    name=used.name,
                    sha256=used.document.sha256,
                    media_type=used.document.media_type,
                    pages=used.pages,
                )
                for used in self.documents.select_related("document").defer("blocks")
            ],
            jurisdiction=self.jurisdiction_name or None,
            department=self.department_name,
            level="unit" if self.unit_name else "department",
            unit=self.unit_name or None,
            fiscal_year=self.disclosure.fiscal_year,
            stage=self.disclosure.stage,
            dated_on=self.dated_on,
            units=statement.decode(list[statement.BudgetUnit], self.units),
            duties=list(self.duties),
            figures=[row.to_statement() for row in self.figures.all()],
            claims=statement.decode(list[statement.Claim], self.claims),
            procurement=[row.to_statement() for row in self.procurement_items.all()],
            projects=[row.to_statement() for row in self.project_statements.all()],
            project_rows=statement.decode(list[statement.ProjectRow], self.project_rows),
            tables=statement.decode(list[statement.PrintedTable], self.tables),
            code_names=statement.decode(list[statement.CodeName], self.code_names),
            sections=[row.to_statement() for row in self.sections.all()],
            glossary=[row.to_statement() for row in self.definitions.all()],
            checks=[row.to_statement() for row in self.check_results.all()],
            numbers=dict(self.numbers),
            unread=statement.decode(list[statement.Unread], self.unread),
        )


class VersionPart(models.Model):
    """What every row of a version's content has: its version and its place in the order."""

    version = models.ForeignKey(
        DisclosureVersion, on_delete=models.CASCADE, related_name="%(class)ss"
    )
    position = models.PositiveIntegerField()

    class Meta:
        abstract = True
        ordering = ("position",)


def _position_once(name: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(fields=("version", "position"), name=f"{name}_position_once")


class Figure(VersionPart):
    """A budget line: one number with its dimensions (FIGURES)."""

    version = models.ForeignKey(DisclosureVersion, on_delete=models.CASCADE, related_name="figures")
    concept = models.CharField(max_length=80)
    functional = models.CharField(max_length=7, blank=True, default="")
    economic = models.CharField(max_length=5, blank=True, default="")
    fund = models.CharField(max_length=20, blank=True, default="")
    origin = models.CharField(max_length=10, blank=True, default="")
    budget_unit = models.CharField(max_length=200, blank=True, default="")
    period = models.CharField(max_length=20)
    # Four decimals: counts, shares and scores stand here beside money.
    amount = ExactDecimalField(places=4, null=True, blank=True)
    unit = models.CharField(max_length=8, default="元")
    stated = models.TextField(blank=True, default="")
    state = models.CharField(max_length=10)
    as_of = models.DateField(null=True, blank=True)
    sources = models.JSONField(default=list)

    class Meta(VersionPart.Meta):
        constraints = (
            _position_once("figure"),
            models.UniqueConstraint(
                fields=(
                    "version",
                    "concept",
                    "functional",
                    "economic",
                    "fund",
                    "origin",
                    "budget_unit",
                    "period",
                ),
                name="figure_once_per_dimensions",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("value", "nil"), amount__isnull=False)
                | Q(state__in=("blank", "illegible"), amount=None),
                name="figure_amount_fits_state",
            ),
            models.CheckConstraint(
                condition=~Q(state="nil") | Q(amount=0), name="figure_nil_is_zero"
            ),
            models.CheckConstraint(condition=~Q(sources=[]), name="figure_has_a_source"),
        )
        indexes = (models.Index(fields=("concept", "period", "fund"), name="figure_by_concept"),)

    def __str__(self) -> str:
        return f"{vocabulary.concept_name(self.concept)} {self.stated}"

    def to_statement(self) -> statement.Figure:
        amount = None if self.amount is None else statement.canonical(self.amount, self.unit)
        return statement.Figure(
            concept=self.concept,
            functional=self.functional or None,
            economic=self.economic or None,
            fund=self.fund or None,
            origin=self.origin or None,
            budget_unit=self.budget_unit or None,
            period=self.period,
            amount=amount,
            unit=self.unit,
            stated=self.stated or None,
            state=self.state,
            as_of=self.as_of,
            sources=statement.decode(list[statement.Source], self.sources),
        )


class ProcurementItem(VersionPart):
    """One thing a department will buy; `amount` in 元, null when the document names none."""

    version = models.ForeignKey(
        DisclosureVersion, on_delete=models.CASCADE, related_name="procurement_items"
    )
    name = models.TextField("项目")
    amount = ExactDecimalField("金额", null=True, blank=True)
    category = models.TextField(blank=True, default="")
    purchaser = models.TextField("采购单位", blank=True, default="")
    sources = models.JSONField(default=list)

    class Meta(VersionPart.Meta):
        constraints = (
            _position_once("procurement_item"),
            models.CheckConstraint(condition=~Q(sources=[]), name="procurement_item_has_a_source"),
        )

    def __str__(self) -> str:
        return self.name

    def to_statement(self) -> statement.ProcurementItem:
        return statement.ProcurementItem(
            name=self.name,
            amount=self.amount,
            category=self.category or None,
            purchaser=self.purchaser or None,
            sources=statement.decode(list[statement.Source], self.sources),
        )


class ProjectStatement(VersionPart):
    """A project explained in its parts (JSON of `statement.ProjectPart`); `amount` in 元."""

    version = models.ForeignKey(
        DisclosureVersion, on_delete=models.CASCADE, related_name="project_statements"
    )
    name = models.TextField("项目")
    amount = ExactDecimalField("年度预算", null=True, blank=True)
    parts = models.JSONField(default=list)
    sources = models.JSONField(default=list)

    class Meta(VersionPart.Meta):
        constraints = (_position_once("project_statement"),)

    def __str__(self) -> str:
        return self.name

    def to_statement(self) -> statement.ProjectStatement:
        return statement.ProjectStatement(
            name=self.name,
            amount=self.amount,
            parts=statement.decode(list[statement.ProjectPart], self.parts),
            sources=statement.decode(list[statement.Source], self.sources),
        )


class Section(VersionPart):
    """A heading of the document with its own text, in the document's order."""

    version = models.ForeignKey(
        DisclosureVersion, on_delete=models.CASCADE, related_name="sections"
    )
    key = models.CharField(max_length=40)
    level = models.PositiveSmallIntegerField()
    number = models.TextField(blank=True, default="")
    title = models.TextField()
    text = models.TextField(blank=True, default="")
    sources = models.JSONField(default=list)

    class Meta(VersionPart.Meta):
        constraints = (_position_once("section"),)

    def __str__(self) -> str:
        return self.title

    def to_statement(self) -> statement.Section:
        return statement.Section(
            key=self.key,
            level=self.level,
            number=self.number,
            title=self.title,
            text=self.text,
            sources=statement.decode(list[statement.Source], self.sources),
        )


class CheckResult(VersionPart):
    """The frozen outcome of one check, with what the department said about it."""

    class Result(models.TextChoices):
        PASS = "pass", "通过"
        FAIL = "fail", "不符"
        WARNING = "warning", "提示"
        NOTE = "note", "备注"
        NOT_CHECKABLE = "not_checkable", "无法核对"

    version = models.ForeignKey(
        DisclosureVersion, on_delete=models.CASCADE, related_name="check_results"
    )
    code = models.CharField(max_length=8)
    result = models.CharField(max_length=16, choices=Result)
    left = models.TextField(blank=True, default="")
    right = models.TextField(blank=True, default="")
    difference = models.TextField(blank=True, default="")
    tolerance = models.TextField(blank=True, default="")
    derived = models.BooleanField(default=False)
    message = models.TextField(blank=True, default="")
    advice = models.TextField("给编辑的建议", blank=True, default="")
    sources = models.JSONField(default=list)
    explanation = models.TextField("部门说明", blank=True, default="")

    class Meta(VersionPart.Meta):
        constraints = (_position_once("check_result"),)

    def __str__(self) -> str:
        return f"{self.code} {self.get_result_display()}"

    def to_statement(self) -> statement.Outcome:
        return statement.Outcome(
            code=self.code,
            result=self.result,
            left=self.left or None,
            right=self.right or None,
            difference=self.difference or None,
            tolerance=self.tolerance or None,
            derived=self.derived,
            message=self.message,
            advice=self.advice,
            sources=statement.decode(list[statement.Source], self.sources),
        )
