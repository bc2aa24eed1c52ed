"""Settings as a production process would load them, in a process of their own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAMES = [
    "DEBUG",
    "SECURE_SSL_REDIRECT",
    "SECURE_HSTS_SECONDS",
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
    "SITE_URL",
    "DATABASES",
]
SCRIPT = (
    "import json; from django.conf import settings; "
    f"print(json.dumps({{name: getattr(settings, name) for name in {NAMES}}}, default=str))"
)


def load(**variables):
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "SECRET_KEY": "k" * 60,
        **variables,
    }
    return subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, env=environment, capture_output=True, text=True
    )


def test_loopback_needs_no_https():
    settings = json.loads(load(ALLOWED_HOSTS="127.0.0.1", INSECURE_HTTP="0").stdout)
    assert settings["DEBUG"] is False
    assert settings["SECURE_SSL_REDIRECT"] is False


def test_any_other_host_turns_https_on():
    loaded = load(ALLOWED_HOSTS="budget.example.cn", SITE_URL="https://budget.example.cn/")
    settings = json.loads(loaded.stdout)
    assert settings["SECURE_SSL_REDIRECT"] is True
    assert settings["SECURE_HSTS_SECONDS"] == 31_536_000
    assert settings["SESSION_COOKIE_SECURE"] is settings["CSRF_COOKIE_SECURE"] is True
    assert settings["SITE_URL"] == "https://budget.example.cn"


def test_insecure_http_turns_it_off_again():
    settings = json.loads(load(ALLOWED_HOSTS="budget.example.cn", INSECURE_HTTP="1").stdout)
    assert settings["SECURE_SSL_REDIRECT"] is False


def test_site_url_follows_the_port_unless_it_is_given():
    assert json.loads(load(PORT="9000", SITE_URL="").stdout)["SITE_URL"] == "http://127.0.0.1:9000"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("sqlite:///var/trial.sqlite3", str(ROOT / "var" / "trial.sqlite3")),
        ("sqlite:////tmp/my%20data.sqlite3", "/tmp/my data.sqlite3"),
        ("sqlite://:memory:", ":memory:"),
        ("postgres://u:p%40w@db:5432/budgets", "budgets"),
    ],
)
def test_database_url_names_one_database_whatever_the_folder(url, name):
    database = json.loads(load(DATABASE_URL=url).stdout)["DATABASES"]["default"]
    assert database["NAME"] == name


def test_sqlite_runs_in_wal_with_immediate_transactions():
    database = json.loads(load(DATABASE_URL="sqlite:///var/trial.sqlite3").stdout)["DATABASES"]
    options = database["default"]["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in options["init_command"]


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ({"DEBUG": "perhaps"}, "DEBUG is 'perhaps'; write 1 for yes or 0 for no"),
        ({"SITE_URL": "budget.example.cn"}, "must begin with https:// or http://"),
        ({"DATABASE_URL": "mysql://u@h/d"}, "must begin with sqlite:/// or postgres://"),
        ({"DATABASE_URL": "budgets.sqlite3"}, "must begin with sqlite:/// or postgres://"),
    ],
)
def test_a_wrong_setting_says_how_to_mend_it(variables, message):
    loaded = load(**variables)
    assert loaded.returncode != 0
    assert message in loaded.stderr


def test_deployment_check_is_clean_under_production_settings():
    environment = {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": "a1B2c3D4e5" * 6,
        "ALLOWED_HOSTS": "budget.example.cn",
        "SITE_URL": "https://budget.example.cn",
    }
    checked = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert (checked.returncode, checked.stderr) == (0, "")
