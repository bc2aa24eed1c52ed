"""Terms across departments, and the definition each version gave."""

from __future__ import annotations

from django.db import models

from budgets import statement

from .disclosures import DisclosureVersion, VersionPart


class GlossaryTerm(models.Model):
    """A term under its normalised form; `is_code` marks the names of 支出功能分类科目."""

    name = models.CharField("名词", max_length=200)
    normalised = models.CharField(max_length=200, unique=True)
    slug = models.SlugField("地址名", max_length=120, unique=True)
    pinyin = models.CharField("拼音", max_length=600)
    is_code = models.BooleanField("支出科目", default=False)

    class Meta:
        ordering = ("pinyin",)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/glossary/{self.slug}/"


class GlossaryDefinition(VersionPart):
    """What one version says a term means, as printed."""

    version = models.ForeignKey(
        DisclosureVersion, on_delete=models.CASCADE, related_name="definitions"
    )
    term = models.ForeignKey(GlossaryTerm, on_delete=models.PROTECT, related_name="definitions")
    number = models.TextField(blank=True, default="")
    printed_term = models.TextField()
    definition = models.TextField()
    sources = models.JSONField(default=list)

    class Meta(VersionPart.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=("version", "position"), name="glossary_definition_position_once"
            ),
        )

    def __str__(self) -> str:
        return self.printed_term

    def to_statement(self) -> statement.GlossaryEntry:
        return statement.GlossaryEntry(
            number=self.number,
            term=self.printed_term,
            definition=self.definition,
            sources=statement.decode(list[statement.Source], self.sources),
        )
