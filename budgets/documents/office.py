"""Old Word files (.doc, .rtf) into .docx, through LibreOffice where it is installed.

LibreOffice runs in a process group of its own with limits, a profile of its own that is thrown
away, and without a network where the system lets us take it away. Starting it takes seconds.
"""

from __future__ import annotations

import contextlib
import functools
import os
import resource
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from .blocks import UnreadableDocument

_SECONDS = 90
_MEMORY = 4 * 1024**3
_PROGRAMS = ("soffice", "libreoffice")
_ADVICE = "请在 Word 或 WPS 中另存为 .docx 再上传。"


def convert_to_docx(data: bytes) -> bytes:
    """Return the bytes of the same text as .docx; UnreadableDocument where that cannot be done."""
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise UnreadableDocument(f"旧版 Word 文件（.doc、.rtf）在这台服务器上不能读取。{_ADVICE}")
    with tempfile.TemporaryDirectory(prefix="mingzhang-") as folder:
        source, target = Path(folder, "source.doc"), Path(folder, "source.docx")
        source.write_bytes(data)
        _run(_command(program, folder, source), folder)
        if not target.is_file():
            raise UnreadableDocument(f"旧版 Word 文件打不开，可能已损坏或设有密码。{_ADVICE}")
        return target.read_bytes()


def _command(program: str, folder: str, source: Path) -> list[str]:
    return [
        *_without_network(),
        program,
        f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        folder,
        str(source),
    ]


@functools.cache
def _without_network() -> tuple[str, ...]:
    """Return the command that takes the network away, nothing where that is not allowed."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return ()
    command = (unshare, "--map-root-user", "--net")
    try:
        probe = subprocess.run([*command, "true"], capture_output=True, timeout=5)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return command if probe.returncode == 0 else ()


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _run(command: list[str], folder: str) -> None:
    # A proxy that is not there, for systems where the network cannot be taken away.
    nowhere = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), "http://127.0.0.1:9")
    environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": folder, **nowhere}
    child = subprocess.Popen(  # noqa: S603 - our own command line, no shell
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
        preexec_fn=_limit,
    )
    try:
        child.wait(_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise UnreadableDocument(f"旧版 Word 文件转换超时，不能读取。{_ADVICE}") from error
    finally:
        # LibreOffice starts programs of its own: none may outlive this call.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
