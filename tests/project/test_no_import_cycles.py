"""No module imports itself through others, whether at module level, in a function or under TYPE_CHECKING."""

from pathlib import Path

import grimp
import pytest

PACKAGES = ("store", "bench", "catalog_seed.studio")
GENERATED = "store.saleor.client."


def import_cycles(*packages: str) -> list[list[str]]:
    """The imports "importer:line -> imported" within each group of modules that import each other, one list per group.

    grimp reads the source: imports in functions and under TYPE_CHECKING count like those at module level. Migrations
    and the generated API client are left out.
    """
    graph = grimp.build_graph(*packages, cache_dir=None)
    for module in graph.modules:
        if "migrations" in module.split(".") or f"{module}.".startswith(GENERATED):
            graph.remove_module(module)
    imported = {module: graph.find_upstream_modules(module) for module in graph.modules}
    components = {
        frozenset({module} | {other for other in imported[module] if module in imported[other]})
        for module in graph.modules
    }
    return [edges_within(graph, component) for component in components if len(component) > 1]


def edges_within(graph: grimp.ImportGraph, component: frozenset[str]) -> list[str]:
    return sorted(
        f"{details['importer']}:{details['line_number']} -> {details['imported']}"
        for importer in component
        for imported in graph.find_modules_directly_imported_by(importer) & component
        for details in graph.get_import_details(importer=importer, imported=imported)
    )


def test_no_modules_import_each_other() -> None:
    assert import_cycles(*PACKAGES) == []


@pytest.mark.parametrize(
    "back",
    [
        "from cyclic import a",
        "def late():\n    from cyclic.a import name",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from cyclic.a import Name",
    ],
    ids=["module level", "in a function", "type checking"],
)
def test_every_kind_of_import_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, back: str) -> None:
    package = tmp_path / "cyclic"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "a.py").write_text("from cyclic import b\n")
    (package / "b.py").write_text("import cyclic.c\n")
    (package / "c.py").write_text(f"{back}\n")
    monkeypatch.syspath_prepend(tmp_path)
    [edges] = import_cycles("cyclic")
    assert [edge.split(" -> ")[1] for edge in edges] == ["cyclic.b", "cyclic.c", "cyclic.a"]
