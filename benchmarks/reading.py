"""One file of the corpus, read in a process of its own: what it says, how long, how much memory.

A fresh process a document keeps peaks apart and lets one crash spoil one row only. Times are
seconds of processor time for the whole document, the best of `RUNS` after a first, cold reading:
on an idle machine that is the time one waits, on a busy one it leaves the neighbours out.
"""

from __future__ import annotations

import io
import resource
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter, process_time

from budgets.actions.parsing_sandbox import parse_in_sandbox
from budgets.checks import run_checks
from budgets.documents import read_document
from budgets.documents.blocks import Document, Paragraph, UnreadableDocument
from budgets.documents.sandbox import read_in_sandbox
from budgets.parsing import parse_disclosure
from budgets.statement import Statement

from .numbers import digits_of

RUNS = 5
_PDF = "application/pdf"


@dataclass(slots=True, kw_only=True)
class Cost:
    """Seconds for the whole document by step.

    `bare` is PDFium's text alone, `plumbed` what pdfplumber takes for text and tables: None
    without pages, and without pdfplumber, which the project does not use. `sandboxed` is what
    one waits for the two child processes, their start included.
    """

    reading: float
    parsing: float
    checking: float
    bare: float | None
    plumbed: float | None
    sandboxed: float
    peak_mib: float

    @property
    def total(self) -> float:
        return self.reading + self.parsing + self.checking


@dataclass(slots=True, kw_only=True)
class Reading:
    """A document as read, with its checks run; or the sentence that says why it was not.

    `printed` holds the digits of every number in the document's text (see `digits_of`).
    """

    name: str
    statement: Statement | None = None
    refusal: str | None = None
    pages: int | None = None
    printed: frozenset[str] = frozenset()
    cost: Cost | None = None


def read_apart(path: Path) -> Reading:
    """Read a file in a new process; never raises for what the file does to its reader."""
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        try:
            return pool.submit(_read, path).result()
        except BrokenProcessPool:
            return Reading(name=path.stem, refusal="the process that read it died")


def _read(path: Path) -> Reading:
    data = path.read_bytes()
    try:
        document, statement, _ = _run_once(path.name, data)
    except UnreadableDocument as error:
        return Reading(name=path.stem, refusal=str(error))
    except Exception as error:  # a crash is a row of the table, not the end of the run
        return Reading(name=path.stem, refusal=f"crashed: {error!r}")
    peak = _peak_mib()
    times, bare = [], []
    for _ in range(RUNS):  # in turn, so that both meet the same machine
        times.append(_run_once(path.name, data)[2])
        if document.media_type == _PDF:
            bare.append(_bare_seconds(data))
    reading, parsing, checking = min(times, key=sum)
    return Reading(
        name=path.stem,
        statement=statement,
        pages=document.pages,
        printed=_printed(document),
        cost=Cost(
            reading=reading,
            parsing=parsing,
            checking=checking,
            bare=min(bare, default=None),
            plumbed=_plumbed_seconds(data) if document.media_type == _PDF else None,
            sandboxed=_sandboxed_seconds(path.name, data),
            peak_mib=peak,
        ),
    )


def _run_once(name: str, data: bytes) -> tuple[Document, Statement, tuple[float, float, float]]:
    """Return the document, its checked statement, and the seconds of the three steps."""
    start = process_time()
    document = read_document(name, data)
    read = process_time()
    statement = parse_disclosure([document])
    parsed = process_time()
    statement.checks = run_checks(statement)
    checked = process_time()
    return document, statement, (read - start, parsed - read, checked - parsed)


def _bare_seconds(data: bytes) -> float:
    """Return the seconds PDFium takes to give the text of every page, and nothing else."""
    import pypdfium2

    start = process_time()
    pdf = pypdfium2.PdfDocument(data)
    for page in pdf:
        text = page.get_textpage()
        text.get_text_bounded()
        text.close()
        page.close()
    pdf.close()
    return process_time() - start


def _plumbed_seconds(data: bytes) -> float | None:
    """Return the seconds pdfplumber takes for the text and tables of every page, where it is."""
    try:
        pdfplumber = import_module("pdfplumber")
    except ModuleNotFoundError:
        return None
    start = process_time()
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.extract_tables()
            page.close()
    return process_time() - start


def _sandboxed_seconds(name: str, data: bytes) -> float:
    """Return the seconds on the clock until a file is read, parsed and checked in the sandboxes."""
    start = perf_counter()
    parse_in_sandbox([read_in_sandbox(name, data)])
    return perf_counter() - start


def _printed(document: Document) -> frozenset[str]:
    texts = (
        text
        for block in document.blocks
        for text in (
            [block.text] if isinstance(block, Paragraph) else [cell.text for cell in block.cells]
        )
    )
    return frozenset(digits for text in texts for digits in digits_of(text))


def _peak_mib() -> float:
    """Return this process's peak resident memory in MiB.

    Linux's VmHWM begins with the program; `ru_maxrss` may still hold the parent's peak.
    """
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
