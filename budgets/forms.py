"""What staff fill in: fields with their labels, limits and errors; what it means is in actions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from budgets import vocabulary
from budgets.models import Department

MAX_FILES, MAX_BYTES = 10, 30 * 1024**2

UNITS = [(unit, unit) for unit in ("万元", "元", "亿元", "%", "个", "辆", "台", "人", "批次", "分")]
CATEGORIES = [("", "未说明"), ("货物", "货物"), ("工程", "工程"), ("服务", "服务")]
ORIGINS = [("", "不分"), ("current", "当年拨款"), ("carried", "上年结转")]


class StaffForm(forms.Form):
    """A form that also carries the stamp of the draft that the person saw."""

    required_css_class = "required"
    stamp = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def stamp_seen(self) -> int:
        return int(self.cleaned_data["stamp"])


def _long(label: str, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        **options,
    )


class PrintedForm(StaffForm):
    """A number as the original prints it."""

    quote = forms.CharField(
        label="原文怎么印的",
        max_length=200,
        help_text="照原文抄：数字，必要时连同它前后的几个字，使它在这一段里只出现一次。",
    )
    unit = forms.ChoiceField(
        label="单位",
        choices=UNITS,
        help_text="原文在数字后面印了单位的，选同样的单位；表格没有印的，选表头的单位。",
    )


class CorrectionForm(PrintedForm):
    reason = _long("更正的理由", help_text="例如：机器把 5 读成了 6。留在操作记录里，不公开。")


class ReasonForm(StaffForm):
    reason = _long("理由")


class BindingForm(PrintedForm):
    """What an unread number measures."""

    concept = forms.ChoiceField(
        label="是什么数字",
        choices=[("", "请选择")]
        + [(concept.id, concept.name) for concept in vocabulary.CONCEPTS.values()],
    )
    period = forms.ChoiceField(label="哪一期", choices=list(vocabulary.PERIOD_NAMES.items()))
    fund = forms.ChoiceField(
        label="资金", required=False, choices=[("", "不分"), *vocabulary.FUND_NAMES.items()]
    )
    origin = forms.ChoiceField(label="当年或结转", required=False, choices=ORIGINS)
    functional = forms.RegexField(
        r"^(\d{3}|\d{5}|\d{7})$",
        label="功能分类编码",
        required=False,
        error_messages={"invalid": "功能分类编码是 3、5 或 7 位数字，如 2040601。"},
    )
    economic = forms.RegexField(
        r"^(\d{3}|\d{5})$",
        label="经济分类编码",
        required=False,
        error_messages={"invalid": "经济分类编码是 3 或 5 位数字，如 30101。"},
    )
    budget_unit = forms.CharField(label="预算单位", required=False, max_length=200)


class ExplanationForm(StaffForm):
    text = _long("部门说明", required=False, help_text="会和核对结果一起公开。")


class CategoryForm(StaffForm):
    category = forms.ChoiceField(label="采购类别", choices=CATEGORIES, required=False)


class ExemptionForm(StaffForm):
    key = forms.CharField(widget=forms.HiddenInput, max_length=60)
    reason = _long("免公开的理由", required=False, help_text="例如：涉及国家秘密。会公开。")


class StampForm(StaffForm):
    """A decision that needs no words."""


class SubmissionForm(StaffForm):
    secrecy_reviewer = forms.CharField(
        label="保密审查人", max_length=60, help_text="谁做了公开前的保密审查。"
    )
    responsible_person = forms.CharField(
        label="负责人", max_length=60, help_text="谁对这份公开的内容负责。"
    )
    correction = _long(
        "更正原因", required=False, help_text="更正已公开的内容时必填，会和新版本一起公开。"
    )
    comment = _long("给审核人的话", required=False)


class CommentForm(StaffForm):
    comment = _long("意见")


class OptionalCommentForm(StaffForm):
    comment = _long("意见", required=False)


class WithdrawalForm(StaffForm):
    reason = _long("撤回原因", help_text="会公开。撤回后这个地址只剩原因和校验值。")


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or several files; each is checked like a single one."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(file, initial) for file in files]


class ReplacementForm(StaffForm):
    files = FilesField(
        label="文件",
        error_messages={"required": "请选择文件。", "empty": "文件是空的，请换一个。"},
        help_text="正文和表格分开的，可以一次选几个文件。",
    )


class UploadForm(forms.Form):
    """The files of one disclosure, and whose it is."""

    department = forms.ModelChoiceField(
        Department.objects.none(),
        label="部门",
        required=False,
        empty_label="请选择",
        help_text="文件里写的部门必须与这里选的相同，选错了不会存入。",
    )
    files = FilesField(
        label="文件",
        error_messages={"required": "请选择文件。", "empty": "文件是空的，请换一个。"},
        help_text="Word、PDF、Excel、网页或文本。正文和表格分开的，一次选几个；"
        "每个不超过 30 MB，最多 10 个。",
    )
    is_registered = forms.BooleanField(
        label="部门已经在别处公开，只是登记到这里（不经审核，直接公开）", required=False
    )
    source_url = forms.URLField(
        label="原公开地址", required=False, max_length=500, assume_scheme="https"
    )

    def __init__(
        self, *args: Any, departments: QuerySet[Department], may_register: bool, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        own = self.fields["department"]
        own.queryset = departments
        if len(departments) == 1:
            own.initial = departments[0]
        if not departments:
            del self.fields["department"]
        if not may_register:
            del self.fields["is_registered"], self.fields["source_url"]

    def clean_files(self) -> list[Any]:
        files: list[Any] = self.cleaned_data["files"]
        if len(files) > MAX_FILES:
            raise forms.ValidationError(f"一次最多 {MAX_FILES} 个文件，选了 {len(files)} 个。")
        for file in files:
            if file.size > MAX_BYTES:
                raise forms.ValidationError(f"“{file.name}”超过 30 MB，请压缩图片后再上传。")
        return files

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not typed.get("is_registered") and not typed.get("department"):
            told = (
                "请选择部门。" if "department" in self.fields else "您只能登记已在别处公开的文件。"
            )
            self.add_error("department" if "department" in self.fields else None, told)
        return typed


class ApprovalForm(forms.Form):
    """When a department's budget of a year was approved."""

    fiscal_year = forms.IntegerField(label="年度", min_value=1990, max_value=2100)
    approved_on = forms.DateField(
        label="批复日期",
        required=False,
        error_messages={"invalid": "批复日期写成 2026-01-20 这样。"},
        widget=forms.DateInput(attrs={"type": "date"}),
    )
