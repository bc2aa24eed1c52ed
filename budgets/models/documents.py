"""The originals: each file once under its SHA-256, byte for byte, and its place in a version."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Length

models.CharField.register_lookup(Length)


class SourceDocument(models.Model):
    """A file that a department published. Its bytes stand apart so that lists stay light.

    The bytes live in the database: an upload is then one transaction, and any web process
    or replica can hand the original out.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField("字节数")
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(sha256__length=64), name="document_sha256_has_64_characters"
            ),
        )

    def __str__(self) -> str:
        return self.sha256


class DocumentContent(models.Model):
    """The bytes of a source document."""

    document = models.OneToOneField(
        SourceDocument, primary_key=True, on_delete=models.CASCADE, related_name="content"
    )
    data = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.document_id}"


class VersionDocument(models.Model):
    """A source document as one version read it: its place in the order, its name, its blocks.

    `blocks` is the JSON form of ``documents.blocks``; sources quote it.
    """

    version = models.ForeignKey(
        "budgets.DisclosureVersion", on_delete=models.CASCADE, related_name="documents"
    )
    document = models.ForeignKey(SourceDocument, on_delete=models.PROTECT, related_name="uses")
    position = models.PositiveSmallIntegerField()
    name = models.CharField("文件名", max_length=255)
    pages = models.PositiveIntegerField(null=True, blank=True)
    blocks = models.JSONField(default=list)
    # What staff are told before this becomes public: hidden content, what could not be read.
    warnings = models.JSONField(default=list)

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(
                fields=("version", "position"), name="version_document_position_once"
            ),
            models.UniqueConstraint(fields=("version", "document"), name="version_document_once"),
        )

    def __str__(self) -> str:
        return self.name
