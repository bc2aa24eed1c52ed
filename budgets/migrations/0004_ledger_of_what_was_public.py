"""What was public before there was a ledger stands in it from the first day on."""

import hashlib
import json
from datetime import UTC

from django.db import migrations


def write_entries(apps, schema_editor):
    Version = apps.get_model("budgets", "DisclosureVersion")
    Entry = apps.get_model("budgets", "LedgerEntry")
    versions = Version.objects.exclude(published_at=None).select_related(
        "disclosure__department", "disclosure__unit"
    )
    acts = [(version.published_at, "published", version) for version in versions]
    acts += [(v.withdrawn_at, "withdrawn", v) for v in versions if v.withdrawn_at]
    previous = ""
    for number, (at, act, version) in enumerate(sorted(acts, key=lambda a: (a[0], a[2].pk)), 1):
        told = {
            "number": number,
            "act": act,
            "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
            "address": address_of(version.disclosure),
            "version": version.number,
            "content_sha256": version.content_sha256,
            "previous_sha256": previous,
        }
        canonical = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        previous_before, previous = previous, hashlib.sha256(canonical.encode()).hexdigest()
        Entry.objects.create(
            number=number, version=version, act=act, at=at, address=told["address"],
            version_number=version.number, content_sha256=version.content_sha256,
            previous_sha256=previous_before, sha256=previous,
        )  # fmt: skip


def address_of(disclosure):
    place = f"/departments/{disclosure.department.slug}/"
    if disclosure.unit:
        place += f"units/{disclosure.unit.slug}/"
    place += f"{disclosure.fiscal_year}/"
    return place + "final/" if disclosure.stage == "final_accounts" else place


class Migration(migrations.Migration):
    dependencies = [("budgets", "0003_staff")]
    operations = [migrations.RunPython(write_entries, migrations.RunPython.noop)]
