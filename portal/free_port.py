"""Tell before serving whether an address is free: the server itself would share a taken port."""

from __future__ import annotations

import errno
import socket
import sys


def refusal(host: str, port: str) -> str:
    """Return in one Chinese sentence why nothing can listen there; empty where it can."""
    if not port.isdecimal() or not 0 < int(port) < 65_536:
        return f"PORT 是“{port}”，应为 1 到 65535 的数。"
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, int(port), type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as tried:
            # Connections that have just ended do not count; a server that listens does.
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            other = f"PORT={_other(port)} make run"
            return f"端口 {port} 被占用：请停掉占用它的程序，或者换一个端口，例如 {other}。"
        return f"不能在 {host}:{port} 上启动：{error.strerror}。"
    return ""


def _other(port: str) -> int:
    return int(port) + 1 if int(port) < 65_535 else 8000


if __name__ == "__main__":
    if told := refusal(*sys.argv[1:3]):
        sys.exit(told)
