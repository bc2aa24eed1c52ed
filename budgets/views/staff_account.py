"""Logging in and out, the one-time link, one's own password."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import views
from django.contrib.auth.forms import AuthenticationForm, SetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy

from budgets.actions import people

from .staff_access import private, staff_page


class LoginForm(AuthenticationForm):
    error_messages = {
        "invalid_login": "用户名或口令不对。连续输错 5 次，会锁定半小时。",
        "inactive": "这个帐号已停用，请找管理员。",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "用户名"
        self.fields["password"].label = "口令"


login = private(
    views.LoginView.as_view(
        template_name="staff/login.html",
        authentication_form=LoginForm,
        redirect_authenticated_user=True,
    )
)
logout = private(views.LogoutView.as_view())


class SetPasswordView(views.PasswordResetConfirmView):
    """The one-time link; what it sets is stored by an action, with its trace."""

    template_name = "staff/set_password.html"
    success_url = reverse_lazy("staff_login")

    def form_valid(self, form: SetPasswordForm) -> HttpResponse:
        people.set_first_password(form=form)
        del self.request.session[views.INTERNAL_RESET_SESSION_TOKEN]
        return redirect(self.get_success_url())


set_password = private(SetPasswordView.as_view())


@staff_page
def account(request: HttpRequest) -> HttpResponse:
    """Change one's own password; other sessions of the person end."""
    form = people.password_form(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        people.change_password(request=request, form=form)
        return redirect("staff_home")
    return render(request, "staff/account.html", {"form": form})
