"""Who works here: accounts and their roles. No password and no token is ever in the audit."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.auth import get_user_model, update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from budgets.models import Department, Membership

from .audit import SYSTEM, Actor, write_audit

NAME = re.compile(r"[\w.@+-]{1,150}")


class UnfitName(Exception):
    """Nobody can be called that here; the message is one Chinese sentence."""


@transaction.atomic
def create_person(*, name: str, by: Actor) -> tuple[Any, bool]:
    """Return the member of staff of this name, created without a password if new, and if so.

    Raises UnfitName for a name that is no name, or that of somebody who is not staff.
    """
    if not NAME.fullmatch(name) or name == SYSTEM:
        raise UnfitName(f"“{name}”不能作用户名：用字母、数字、汉字和 @ . + - _，不能有空格。")
    person, created = get_user_model().objects.get_or_create(
        username=name, defaults={"is_staff": True}
    )
    if not person.is_staff or not person.is_active:
        raise UnfitName(f"“{name}”这个帐号不是在用的工作人员帐号，请换一个用户名。")
    if created:
        person.set_unusable_password()
        person.save(update_fields=["password"])
        write_audit(by=by, action="person.created", subject=person)
    return person, created


@transaction.atomic
def grant_role(
    *, person: Any, role: str, department: Department | None, by: Actor
) -> tuple[Membership, bool]:
    """Give a role (for one department, or for all where it is null) and tell whether it is new."""
    membership, created = Membership.objects.get_or_create(
        user=person, role=role, department=department
    )
    if created:
        write_audit(by=by, action="membership.granted", subject=membership)
    return membership, created


@transaction.atomic
def take_password(*, person: Any, by: Actor) -> None:
    """Take a forgotten password away: all sessions of the person end, only a new link helps."""
    person.set_unusable_password()
    person.save(update_fields=["password"])
    write_audit(by=by, action="password.taken", subject=person)


def one_time_path(person: Any) -> str:
    """Return the path at which a person sets a password, once, within a day."""
    uid = urlsafe_base64_encode(force_bytes(person.pk))
    token = default_token_generator.make_token(person)
    return reverse("staff_set_password", args=[uid, token])


def password_form(person: Any, data: Any) -> PasswordChangeForm:
    form = PasswordChangeForm(person, data)
    labels = {"old_password": "现在的口令", "new_password1": "新口令", "new_password2": "再输一次"}
    for name, label in labels.items():
        form.fields[name].label = label
    return form


@transaction.atomic
def set_first_password(*, form: SetPasswordForm) -> None:
    """Store the password that a person chose by the one-time link."""
    person = form.save()
    write_audit(by=person, action="password.set", subject=person)


@transaction.atomic
def change_password(*, request: HttpRequest, form: PasswordChangeForm) -> None:
    """Store the new password; this session goes on, all others of the person end."""
    person = form.save()
    update_session_auth_hash(request, person)
    write_audit(by=person, action="password.changed", subject=person)
