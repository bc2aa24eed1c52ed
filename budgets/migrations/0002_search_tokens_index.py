"""The index under ``tokens__holds`` on PostgreSQL; SQLite scans."""

from django.db import migrations

CREATE = """
    CREATE INDEX IF NOT EXISTS budgets_searchentry_tokens_gin
    ON budgets_searchentry USING gin (string_to_array(tokens, ' '))
"""
DROP = "DROP INDEX IF EXISTS budgets_searchentry_tokens_gin"


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(CREATE)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(DROP)


class Migration(migrations.Migration):
    dependencies = [("budgets", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
