"""A port that is taken is said before anything starts."""

import socket
import subprocess
import sys

import pytest

from portal.free_port import refusal


@pytest.fixture
def taken():
    """Return a port on which a server listens that would share it."""
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield str(server.getsockname()[1])


def test_a_taken_port_is_refused(taken) -> None:
    assert refusal("127.0.0.1", taken).startswith(f"端口 {taken} 被占用")
    assert refusal("0.0.0.0", taken).startswith(f"端口 {taken} 被占用")


def test_the_command_exits_1(taken) -> None:
    command = [sys.executable, "-m", "portal.free_port", "127.0.0.1", taken]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    assert "被占用" in done.stderr


def test_a_free_port_is_fine() -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        port = str(server.getsockname()[1])
    assert refusal("127.0.0.1", port) == ""


@pytest.mark.parametrize("port", ["0", "80800", "abc", ""])
def test_what_is_no_port(port) -> None:
    assert "PORT" in refusal("127.0.0.1", port)


def test_an_address_of_another_machine() -> None:
    assert refusal("192.0.2.1", "8000").startswith("不能在 192.0.2.1:8000 上启动")
