"""The house keeps its order: who may import whom, and that only actions write.

Reads every source file with `ast`; imports inside functions count like any other.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
EVERYBODY_MAY_IMPORT = {"statement", "vocabulary"}

# Parts of `budgets` that each part may import (ARCHITECTURE). What may import “anything
# above” gets every part but its own kind.
MAY_IMPORT: dict[str, set[str]] = {
    "statement": set(),
    "vocabulary": set(),
    "documents": set(),
    "parsing": {"documents.blocks"},
    "checks": set(),
    "models": set(),
    "queries": {"models"},
    "staff_queries": {"models"},
    "permissions": {"models"},
    "ledger": {"models"},
    "presenters": set(),  # pure: a Statement → what a page says
    "charts": {"queries", "models", "presenters"},
    "exports": {"queries", "models"},
    "search": {"queries", "models"},
    "tables": {"queries", "models"},
    "filters": {"queries", "models"},
    "forms": {"queries", "models"},
    "actions": {
        "documents",
        "parsing",
        "checks",
        "models",
        "queries",
        "permissions",
        "ledger",
        "search",
    },
}
EDGES = {"views", "feeds", "admin", "management", "templatetags"}
MAY_IMPORT |= {edge: set(MAY_IMPORT) for edge in EDGES}
# How Django wires the app together.
MAY_IMPORT |= {"urls": {"views", "feeds"}, "apps": set(), "migrations": {"models"}}

# Beyond the standard library. Parts that are not named may use what Django offers.
FREE_OF_DJANGO = {"statement", "vocabulary", "documents", "parsing", "checks", "presenters"}
FORBIDDEN_NAMES = {"utils", "helpers", "services", "signals"}

WRITING = {
    "save",
    "create",
    "update",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "acreate",
    "asave",
    "adelete",
    "aupdate",
    "abulk_create",
    "abulk_update",
    "aget_or_create",
    "aupdate_or_create",
    "raw",
    "execute",
    "executemany",
}
# Ways to reach rows: a write counts when it hangs off one of these, or is a plain `x.save()`.
REACHING_ROWS = {"objects", "_default_manager", "_base_manager", "filter", "exclude", "all"}
ALWAYS_A_WRITE = WRITING - {"create", "update", "delete", "raw", "execute", "executemany"}
MAY_WRITE = {"actions", "migrations"}


# ── reading the sources ───────────────────────────────────────────────────────


def source_files() -> Iterator[tuple[str, ast.Module]]:
    """Yield the dotted module (``budgets.search.text``) and the tree of each source file."""
    for path in sorted((ROOT / "budgets").rglob("*.py")):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        yield module, ast.parse(path.read_text(encoding="utf-8"), str(path))


def part_of(module: str) -> str | None:
    """Return the part of `budgets` that a module belongs to; None outside it."""
    names = module.split(".")
    return names[1] if names[0] == "budgets" and len(names) > 1 else None


def imports(module: str, tree: ast.Module) -> Iterator[str]:
    """Yield every imported module, absolute, wherever in the file the import stands.

    ``from budgets import models`` and ``from . import x`` name the module that is taken.
    """
    package = module.removesuffix(".__init__").split(".")
    if not module.endswith("__init__"):
        package = package[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{base}.{alias.name}" for alias in node.names)
        elif _is_dynamic_import(node):
            yield node.args[0].value if isinstance(node.args[0], ast.Constant) else "?"


def _is_dynamic_import(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name | ast.Attribute)
        and (node.func.id if isinstance(node.func, ast.Name) else node.func.attr)
        in ("import_module", "__import__")
    )


# ── the rules ─────────────────────────────────────────────────────────────────


def wrong_imports(module: str, tree: ast.Module) -> list[str]:
    """Return the imports of a module that its part may not make."""
    part = part_of(module)
    if part in (None, "__init__"):
        return []
    wrong = []
    for imported in imports(module, tree):
        if imported == "?":
            wrong.append(f"{module} imports a module by a computed name")
        elif imported.split(".")[0] == "django" and part in FREE_OF_DJANGO:
            wrong.append(f"{module} imports {imported}")
        elif imported.split(".")[0] == "portal" and part not in EDGES:
            wrong.append(f"{module} imports {imported}")
        elif (target := part_of(imported)) and not _is_allowed(part, target, imported):
            wrong.append(f"{module} imports {imported}")
    return wrong


def _is_allowed(part: str, target: str, imported: str) -> bool:
    allowed = MAY_IMPORT[part] | EVERYBODY_MAY_IMPORT
    below = imported.removeprefix("budgets.")
    return target == part or any(below == a or below.startswith(f"{a}.") for a in allowed)


def writes(module: str, tree: ast.Module) -> list[str]:
    """Return the places where a module outside actions writes to the database."""
    if part_of(module) in MAY_WRITE:
        return []
    return [
        f"{module}:{node.lineno} .{node.func.attr}()"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and _is_write(node.func)
    ]


def _is_write(call: ast.Attribute) -> bool:
    if call.attr in ALWAYS_A_WRITE:
        return True
    if call.attr not in WRITING:
        return False
    if call.attr == "delete" and isinstance(call.value, ast.Name):
        return True
    reached = {node.attr for node in ast.walk(call.value) if isinstance(node, ast.Attribute)}
    named = {node.id for node in ast.walk(call.value) if isinstance(node, ast.Name)}
    if call.attr in ("raw", "execute", "executemany"):
        return bool((reached | named) & {"objects", "cursor", "connection"})
    return bool(reached & REACHING_ROWS) or _hangs_off_a_relation(call.value)


def _hangs_off_a_relation(value: ast.expr) -> bool:
    """``version.figures.create(…)``, but not ``hashlib.sha256.update`` on a plain name."""
    return isinstance(value, ast.Attribute) and isinstance(value.value, ast.Name | ast.Attribute)


def cycles(graph: dict[str, set[str]]) -> list[list[str]]:
    """Return the import cycles of a graph of modules, each once, as the path that closes it."""
    found: list[list[str]] = []
    done: set[str] = set()

    def visit(module: str, path: list[str]) -> None:
        if module in path:
            found.append([*path[path.index(module) :], module])
        elif module not in done:
            for target in sorted(graph.get(module, ())):
                visit(target, [*path, module])
            done.add(module)

    for module in sorted(graph):
        visit(module, [])
    return found


def import_graph(files: list[tuple[str, ast.Module]]) -> dict[str, set[str]]:
    """Return which module imports which; a package stands for its ``__init__``."""
    known = {module.removesuffix(".__init__") for module, _ in files}
    graph: dict[str, set[str]] = {}
    for module, tree in files:
        name = module.removesuffix(".__init__")
        targets = {_module_of(imported, known) for imported in imports(module, tree)}
        graph[name] = {t for t in targets if t and t != name and not name.startswith(f"{t}.")}
    return graph


def _module_of(imported: str, known: set[str]) -> str | None:
    while imported and imported not in known:
        imported = imported.rpartition(".")[0]
    return imported or None


# ── the house as it stands ────────────────────────────────────────────────────


def test_imports_follow_the_table() -> None:
    assert [w for module, tree in source_files() for w in wrong_imports(module, tree)] == []


def test_no_import_cycle() -> None:
    assert cycles(import_graph(list(source_files()))) == []


def test_only_actions_write() -> None:
    assert [w for module, tree in source_files() for w in writes(module, tree)] == []


def test_no_drawer_for_everything() -> None:
    names = {module.rpartition(".")[2] for module, _ in source_files()}
    assert names & FORBIDDEN_NAMES == set()


def test_no_logic_in_save() -> None:
    overridden = [
        f"{module}.{node.name}"
        for module, tree in source_files()
        if part_of(module) == "models"
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name in ("save", "delete")
    ]
    assert overridden == []


def test_every_part_has_its_rule() -> None:
    parts = {part_of(module) for module, _ in source_files()} - {None, "__init__"}
    assert parts - MAY_IMPORT.keys() == set()


def test_no_file_is_longer_than_500_lines() -> None:
    long = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "budgets").rglob("*.py")
        if "migrations" not in path.parts
        and len(path.read_text(encoding="utf-8").splitlines()) > 500
    }
    assert long == set()


# ── the rules themselves ──────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("module", "code"),
    [
        ("budgets.models.disclosures", "from budgets.queries import newest"),
        ("budgets.models.disclosures", "from budgets import actions"),
        ("budgets.models.disclosures", "def f():\n    from ..actions import intake"),
        ("budgets.checks.engine", "from budgets.parsing import parse_disclosure"),
        ("budgets.checks.engine", "import django.db"),
        ("budgets.parsing.tables", "from budgets.documents import docx"),
        ("budgets.parsing.tables", "from budgets.documents.docx import read_docx"),
        ("budgets.documents.docx", "import budgets.parsing"),
        ("budgets.queries", "from . import search"),
        ("budgets.search.query", "from ..tables import x"),
        ("budgets.views.public", "from budgets.feeds import x"),
        ("budgets.queries", "from portal import settings"),
        ("budgets.queries", "import importlib\nimportlib.import_module(name)"),
    ],
)
def test_an_import_turned_round_is_caught(module: str, code: str) -> None:
    assert len(wrong_imports(module, ast.parse(code))) == 1


@pytest.mark.parametrize(
    ("module", "code"),
    [
        ("budgets.parsing.tables", "from budgets.documents.blocks import Table"),
        ("budgets.parsing.tables", "from .numbers import account\nfrom budgets import statement"),
        ("budgets.actions.intake", "from budgets.search import normalise"),
        ("budgets.views.public", "from budgets import queries\nfrom .shared import x"),
        ("budgets.models.__init__", "from .audit import AuditEntry"),
    ],
)
def test_an_import_of_the_table_is_let_through(module: str, code: str) -> None:
    assert wrong_imports(module, ast.parse(code)) == []


@pytest.mark.parametrize(
    "code",
    [
        "Figure.objects.create(version=v)",
        "version.save()",
        "version.figures.create(concept='x')",
        "version.delete()",
        "Figure.objects.filter(pk=1).update(amount=0)",
        "Figure.objects.all().delete()",
        "Unit.objects.get_or_create(name='x')",
        "Figure.objects.bulk_create(rows)",
        "connection.cursor().execute('DELETE FROM x')",
    ],
)
def test_a_write_outside_actions_is_caught(code: str) -> None:
    assert len(writes("budgets.queries", ast.parse(code))) == 1
    assert writes("budgets.actions.editing", ast.parse(code)) == []


@pytest.mark.parametrize(
    "code", ["seen.update(x)", "hasher.update(data)", "context.update({'a': 1})"]
)
def test_what_only_looks_like_a_write_is_let_through(code: str) -> None:
    assert writes("budgets.queries", ast.parse(code)) == []


def test_a_cycle_is_caught() -> None:
    files = [
        ("budgets.a", ast.parse("from budgets import b")),
        ("budgets.b", ast.parse("def f():\n    from budgets.c import x")),
        ("budgets.c", ast.parse("from . import a")),
    ]
    assert cycles(import_graph(files)) == [["budgets.a", "budgets.b", "budgets.c", "budgets.a"]]
