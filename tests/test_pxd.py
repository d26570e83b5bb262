"""The C contracts beside the kernels speak of what is in the kernels."""

import ast
import re
from pathlib import Path

import pytest

CORE = Path(__file__).parents[1] / "searchkit" / "_core"
PXDS = sorted(CORE.glob("*.pxd"))


def functions(module: Path) -> dict[str, list[ast.FunctionDef]]:
    found: dict[str, list[ast.FunctionDef]] = {}
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef):
            found.setdefault(node.name, []).append(node)
    return found


def locals_of(function: ast.FunctionDef) -> set[str]:
    names = {argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)}
    return names | {
        node.id for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }


def declared(pxd: Path) -> list[tuple[str, set[str]]]:
    """The functions of a ``.pxd`` with the names that the decorator before each declares."""
    text = re.sub(r"#.*", "", pxd.read_text("utf-8"))
    pattern = re.compile(
        r"(?:@cython\.locals\((?P<locals>[^()]*)\)\s*)?(?:cpdef|cdef)\s+(?!class)"
        r"[\w ]*?(?P<name>\w+)\s*\((?P<args>[^()]*)\)"
    )
    return [(match["name"], set(re.findall(r"(\w+)\s*=", match["locals"] or ""))) for match in pattern.finditer(text)]


@pytest.mark.parametrize("pxd", PXDS, ids=lambda path: path.name)
def test_every_declared_function_and_local_is_in_the_module(pxd: Path) -> None:
    known = functions(pxd.with_suffix(".py"))
    declarations = declared(pxd)
    assert declarations
    for name, names in declarations:
        assert name in known, f"{pxd.name} declares {name}"
        assert any(names <= locals_of(function) for function in known[name]), f"{pxd.name}: locals of {name}"


@pytest.mark.parametrize("pxd", PXDS, ids=lambda path: path.name)
def test_every_loop_variable_of_a_declared_function_has_a_type(pxd: Path) -> None:
    known = functions(pxd.with_suffix(".py"))
    for name, names in declared(pxd):
        for function in known[name]:
            loops = [node for node in ast.walk(function) if isinstance(node, ast.For)]
            counted = {
                loop.target.id
                for loop in loops
                if isinstance(loop.target, ast.Name)
                and isinstance(loop.iter, ast.Call)
                and isinstance(loop.iter.func, ast.Name)
                and loop.iter.func.id == "range"
            }
            assert counted <= names, f"{pxd.name}: {name} counts with Python's integers"


def test_every_contract_is_built() -> None:
    pyproject = (CORE.parents[1] / "pyproject.toml").read_text("utf-8")
    for pxd in PXDS:
        assert f'"searchkit/_core/{pxd.stem}.py"' in pyproject
        assert f'"searchkit/_core/{pxd.name}"' in pyproject, "without it the built package is compiled untyped"
