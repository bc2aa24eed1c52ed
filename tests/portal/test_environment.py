import re
import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from portal.environment import Environment, needs_https, read_env_file, secret_key

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("value", "result"),
    [("1", True), ("true", True), ("ON", True), ("0", False), ("no", False), ("", False)],
)
def test_flag_reads_yes_and_no(value, result):
    assert Environment({"DEBUG": value}).flag("DEBUG") is result


def test_flag_refuses_anything_else_and_says_what_to_write():
    with pytest.raises(ImproperlyConfigured, match="DEBUG is 'maybe'; write 1 for yes or 0 for no"):
        Environment({"DEBUG": "maybe"}).flag("DEBUG")


def test_names_splits_at_commas():
    assert Environment({"HOSTS": "a.cn, b.cn ,"}).names("HOSTS", "x") == ["a.cn", "b.cn"]
    assert Environment({}).names("HOSTS", "x,y") == ["x", "y"]


def test_env_file_stands_behind_the_process(tmp_path):
    file = tmp_path / ".env"
    file.write_text('# comment\nSITE_NAME="明账"\nPORT=1\n', encoding="utf-8")
    env = Environment({"PORT": "2"}, file)
    assert (env.text("SITE_NAME"), env.text("PORT"), env.text("NONE", "d")) == ("明账", "2", "d")


def test_env_file_with_a_slip_says_where(tmp_path):
    file = tmp_path / ".env"
    file.write_text("PORT=1\nSITE_NAME\n", encoding="utf-8")
    with pytest.raises(ImproperlyConfigured, match="line 2"):
        read_env_file(file)


def test_secret_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    file = tmp_path / "var" / "secret_key"
    first = secret_key("", file)
    assert secret_key("", file) == first
    assert len(first) >= 50
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert secret_key("given", file) == "given"


def test_secret_key_that_is_no_key_is_refused(tmp_path):
    file = tmp_path / "secret_key"
    file.write_text("short")
    with pytest.raises(ImproperlyConfigured, match="Delete it"):
        secret_key("", file)


@pytest.mark.parametrize(
    ("hosts", "insecure", "result"),
    [
        (["127.0.0.1", "localhost"], False, False),
        (["budget.example.cn"], False, True),
        (["127.0.0.1", "budget.example.cn"], False, True),
        (["budget.example.cn"], True, False),
        (["*"], False, True),
    ],
)
def test_https_is_on_for_anything_but_loopback(hosts, insecure, result):
    assert needs_https(hosts, insecure) is result


@given(st.dictionaries(st.from_regex(r"[A-Z]{1,8}", fullmatch=True), st.text("ab 1", max_size=5)))
def test_env_file_round_trip(tmp_path_factory, values):
    file = tmp_path_factory.mktemp("env") / ".env"
    file.write_text("\n".join(f"{k}={v}" for k, v in values.items()), encoding="utf-8")
    assert read_env_file(file) == {k: v.strip() for k, v in values.items()}


def test_env_example_lists_every_variable_that_settings_read():
    settings = (ROOT / "portal" / "settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'env\.(?:text|flag|names)\(\s*"([A-Z_]+)"', settings))
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    listed = set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))
    assert listed == read | {"HOST"}  # HOST is the Makefile's
