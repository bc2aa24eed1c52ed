"""Create a member of staff and print the link at which the person sets a password."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from budgets.actions import people
from budgets.models import Department, Membership

Role = Membership.Role


class Command(BaseCommand):
    help = "建立工作人员帐号，给出只能用一次的设置口令的链接。可重复运行。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="用户名")
        parser.add_argument("--administrator", action="store_true", help="管理员")
        parser.add_argument("--reviewer", action="store_true", help="审核全部部门")
        parser.add_argument("--editor", nargs="+", default=[], metavar="部门", help="编辑这些部门")

        parser.add_argument("--new-link", action="store_true", help="忘了口令：作废旧的，给新链接")

    @transaction.atomic
    def handle(self, **options: Any) -> None:
        departments = [_find_department(name) for name in options["editor"]]
        try:
            person, created = people.create_person(name=options["name"], by="system")
        except people.UnfitName as error:
            raise CommandError(str(error)) from error
        if options["new_link"] and not created:
            people.take_password(person=person, by="system")
        roles = [(Role.EDITOR, department) for department in departments]
        roles += [(Role.REVIEWER, None)] if options["reviewer"] else []
        roles += [(Role.ADMINISTRATOR, None)] if options["administrator"] else []
        for role, department in roles:
            people.grant_role(person=person, role=role, department=department, by="system")
        self.stdout.write(f"{'已建立' if created else '已有'}帐号：{person.get_username()}")
        for membership in person.memberships.all():
            self.stdout.write(f"  {membership.get_role_display()} {membership.department or ''}")
        if not person.has_usable_password():
            self.stdout.write(f"设置口令（一天内有效，只能用一次）：{_link(person)}")


def _link(person: Any) -> str:
    return f"{settings.SITE_URL}{people.one_time_path(person)}"


def _find_department(name: str) -> Department:
    found = Department.objects.filter(name=name) or Department.objects.filter(slug=name)
    if len(found) == 1:
        return found[0]
    near = Department.objects.filter(name__contains=name).values_list("name", flat=True)[:5]
    hint = f"相近的有：{'、'.join(near)}。" if near else "请先读入它的一份预算或决算。"
    raise CommandError(f"没有叫“{name}”的部门。{hint}")
