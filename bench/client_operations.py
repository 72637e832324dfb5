"""Which operations of published Saleor clients the engine's schema answers, by client and section.

    python -m bench.client_operations SCHEMA FOLDER…     # one folder per client: a clone of its repository
    python -m bench.client_operations                    # without the clones: what was missing and is served by now

Writes tests/contract/client_operations.json (names and schema coordinates, never documents) and the table of
docs/saleor-compatibility.md. An operation counts as served when every field, argument and
type that it names is served, and whole when every field of its input types is, too: clients send inputs as variables.
"""

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    build_schema,
    get_named_type,
    is_input_object_type,
    parse,
    validate,
    visit,
)
from graphql.language import (
    ArgumentNode,
    EnumValueNode,
    FieldNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    Node,
    ObjectFieldNode,
    VariableDefinitionNode,
)
from graphql.utilities import type_from_ast

from store.saleor.scope import Scope, read_scope

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "saleor-compatibility.md"
TABLE_BEGINS = "<!-- made by bench.client_operations -->\n"
RESULT = ROOT / "tests" / "contract" / "client_operations.json"
TAGGED = re.compile(r"(?:gql|graphql)(?:\(\s*(?:/\*.*?\*/)?\s*)?`(.*?)`", re.DOTALL)
INTERPOLATION = re.compile(r"\$\{[^}]*\}")
IGNORED_FOLDERS = {"node_modules", "generated", "__generated__", ".git", "dist", "e2e", "playwright"}


@dataclass(frozen=True)
class Operation:
    """One operation of a client with the fragments that it spreads. `section`: the folder that it is kept in."""

    client: str
    section: str
    name: str
    document: DocumentNode


def read_client(folder: Path) -> list[Operation]:
    """The operations in the .graphql, .ts and .tsx files of a clone. Documents that don't parse are left out."""
    documents: list[tuple[str, DocumentNode]] = []
    for path in sorted(folder.rglob("*")):
        if (
            path.suffix in (".graphql", ".ts", ".tsx", ".js")
            and ".generated." not in path.name
            and not IGNORED_FOLDERS & set(path.parts)
        ):
            for text in texts_of(path):
                try:
                    documents.append((section_of(path.relative_to(folder)), parse(text)))
                except GraphQLError:
                    continue
    scopes: dict[str, dict[str, FragmentDefinitionNode]] = {}
    for section, document in documents:
        for node in document.definitions:
            if isinstance(node, FragmentDefinitionNode):
                scopes.setdefault(scope_of(folder.name, section), {})[node.name.value] = node
    found = {}
    for section, document in documents:
        for node in document.definitions:
            if isinstance(node, OperationDefinitionNode) and node.name:
                fragments = spread_by(node, scopes.get(scope_of(folder.name, section), {}))
                operation = Operation(
                    folder.name, section, node.name.value, DocumentNode(definitions=(node, *fragments))
                )
                found.setdefault((section, operation.name), operation)
    return list(found.values())


def texts_of(path: Path) -> list[str]:
    text = path.read_text(errors="replace")
    if path.suffix == ".graphql":
        return [] if "schema" in path.name else [text]
    return [INTERPOLATION.sub("", tagged) for tagged in TAGGED.findall(text)]


def section_of(path: Path) -> str:
    """The folder below `src` or `apps` that says what the operation is about."""
    parts = [part for part in path.parts[:-1] if part not in ("src", "apps", "packages", "graphql", "app")]
    return parts[0] if parts else "all"


def scope_of(client: str, section: str) -> str:
    """Fragments are known in the whole client; the apps are clients of their own."""
    return f"{client}/{section}" if client == "apps" else client


def spread_by(node: Node, fragments: dict[str, FragmentDefinitionNode]) -> tuple[FragmentDefinitionNode, ...]:
    """The fragments that a definition spreads, also through others."""
    used: dict[str, FragmentDefinitionNode] = {}
    pending: list[Node] = [node]

    class Spreads(Visitor):
        def enter_fragment_spread(self, spread: FragmentSpreadNode, *_: object) -> None:
            name = spread.name.value
            if name in fragments and name not in used:
                used[name] = fragments[name]
                pending.append(fragments[name])

    while pending:
        visit(pending.pop(), Spreads())
    return tuple(used.values())


class Coordinates(Visitor):
    """Collects the schema coordinates that a document names (`Query.orders`, `Query.orders(first)`, `OrderSortField.NUMBER`)."""

    def __init__(self, schema: GraphQLSchema, info: TypeInfo) -> None:
        super().__init__()
        self.schema, self.info = schema, info
        self.found: set[str] = set()
        self.inputs: set[str] = set()

    def enter_field(self, node: FieldNode, *_: object) -> None:
        parent = self.info.get_parent_type()
        if parent is not None and not node.name.value.startswith("__"):
            self.found.add(f"{parent.name}.{node.name.value}")

    def enter_argument(self, node: ArgumentNode, *_: object) -> None:
        parent, field = self.info.get_parent_type(), self.info.get_field_def()
        if self.info.get_directive() is None and parent is not None and field is not None:
            name = next(name for name, own in parent.fields.items() if own is field)  # type: ignore[union-attr]
            self.found.add(f"{parent.name}.{name}({node.name.value})")

    def enter_object_field(self, node: ObjectFieldNode, *_: object) -> None:
        if parent := self.info.get_parent_input_type():
            self.found.add(f"{get_named_type(parent).name}.{node.name.value}")

    def enter_enum_value(self, node: EnumValueNode, *_: object) -> None:
        if type_ := self.info.get_input_type():
            self.found.add(f"{get_named_type(type_).name}.{node.value}")

    def enter_variable_definition(self, node: VariableDefinitionNode, *_: object) -> None:
        if type_ := type_from_ast(self.schema, node.type):
            self.found.add(get_named_type(type_).name)
            self.inputs.add(get_named_type(type_).name)

    def enter_inline_fragment(self, node: InlineFragmentNode, *_: object) -> None:
        if node.type_condition:
            self.found.add(node.type_condition.name.value)

    def enter_fragment_definition(self, node: FragmentDefinitionNode, *_: object) -> None:
        self.found.add(node.type_condition.name.value)


def coordinates(operation: Operation, saleor: GraphQLSchema) -> tuple[set[str], set[str]]:
    """(what the document names, the fields of its input types)."""
    info = TypeInfo(saleor)
    collected = Coordinates(saleor, info)
    visit(operation.document, TypeInfoVisitor(info, collected))
    return collected.found, set(input_fields(saleor, collected.inputs))


def input_fields(saleor: GraphQLSchema, names: set[str]) -> Iterator[str]:
    pending, seen = list(names), set(names)
    while pending:
        type_ = saleor.type_map[pending.pop()]
        for name, field in type_.fields.items() if is_input_object_type(type_) else ():
            yield f"{type_.name}.{name}"
            below = get_named_type(field.type).name
            if below not in seen:
                seen.add(below)
                pending.append(below)


def is_served(coordinate: str, schema: GraphQLSchema) -> bool:
    """Whether the schema has a type, member or argument of this coordinate."""
    name, _, member = coordinate.partition(".")
    type_ = schema.type_map.get(name)
    if type_ is None or not member:
        return type_ is not None
    member, _, argument = member.rstrip(")").partition("(")
    members = getattr(type_, "fields", None) or getattr(type_, "values", {})
    return member in members and (not argument or argument in members[member].args)


def main(saleor_path: Path, folders: list[Path]) -> None:
    saleor = build_schema(saleor_path.read_text(), assume_valid=True)
    ours = build_schema((ROOT / "store" / "saleor" / "schema.graphql").read_text(), assume_valid=True)
    operations = [operation for folder in folders for operation in read_client(folder)]
    valid = [operation for operation in operations if not errors_of(saleor, operation)]
    sections: dict[str, dict[str, dict[str, list[str]]]] = {}
    needed: set[str] = set()
    for operation in valid:
        named, inputs = coordinates(operation, saleor)
        missing = sorted(name for name in named if not is_served(name, ours))
        missing_inputs = sorted(name for name in inputs - named if not is_served(name, ours))
        section = sections.setdefault(f"{operation.client}: {operation.section}", {})
        section[operation.name] = {"missing": missing, "missing_inputs": missing_inputs}
        if not missing:
            needed |= named
    write(sections, needed, not_saleors=len(operations) - len(valid))


def recount() -> None:
    """Count anew from the result of the last time. What an operation names besides what it lacked is not known here, so
    the list of what has to stay served grows by what it lacked only."""
    found = json.loads(RESULT.read_text())
    ours = build_schema((ROOT / "store" / "saleor" / "schema.graphql").read_text(), assume_valid=True)
    needed = set(found["needed"])
    for operations in found["sections"].values():
        for operation in operations.values():
            lacked = operation["missing"]
            for key in ("missing", "missing_inputs"):
                operation[key] = [name for name in operation[key] if not is_served(name, ours)]
            needed |= set() if operation["missing"] else set(lacked)
    not_saleors = int(DOCUMENT.read_text().rstrip().rpartition("\n")[2].split()[0])
    write(found["sections"], needed, not_saleors=not_saleors)


def write(
    sections: dict[str, dict[str, dict[str, list[str]]]], needed: set[str], *, not_saleors: int
) -> None:
    RESULT.write_text(json.dumps({"needed": sorted(needed), "sections": sections}, indent=0) + "\n")
    text, _, _ = DOCUMENT.read_text().partition(TABLE_BEGINS)
    DOCUMENT.write_text(
        text + TABLE_BEGINS + reasons_of(sections) + table_of(sections, not_saleors=not_saleors)
    )


def errors_of(schema: GraphQLSchema, operation: Operation) -> list[GraphQLError]:
    return validate(schema, operation.document)


def table_of(sections: dict[str, dict[str, dict[str, list[str]]]], *, not_saleors: int) -> str:
    lines = ["| Client and section | operations | served | whole |", "|---|---|---|---|"]
    total = [0, 0, 0]
    for name, operations in sorted(sections.items()):
        counts = counts_of(operations)
        total = [a + b for a, b in zip(total, counts, strict=True)]
        lines.append(f"| {name} | {' | '.join(map(str, counts))} |")
    lines.append(f"| **all** | {' | '.join(map(str, total))} |")
    lines.append(f"\n{not_saleors} more are not valid in Saleor 3.23 itself.")
    return "\n".join(lines) + "\n"


def reasons_of(sections: dict[str, dict[str, dict[str, list[str]]]]) -> str:
    """A table of the features that are out of scope, or "not yet", with how many operations each keeps from being
    served, or whole; an operation counts at each feature that it lacks."""
    counts: dict[str, list[int]] = {}
    for operations in sections.values():
        for operation in operations.values():
            for column, key in enumerate(("missing", "missing_inputs")):
                served = not operation["missing"]
                for name in {
                    feature_of(coordinate) for coordinate in operation[key] if column == 0 or served
                }:
                    counts.setdefault(name, [0, 0])[column] += 1
    lines = ["| What is out of scope | not served | served, not whole |", "|---|---|---|"]
    lines += [f"| {name} | {row[0]} | {row[1]} |" for name, row in sorted(counts.items())]
    return "\n".join(lines) + "\n\n"


def feature_of(coordinate: str) -> str:
    """The feature of out_of_scope.toml that a coordinate belongs to, else "Not yet"."""
    owner, _, member = coordinate.rstrip(")").partition(".")
    name, _, argument = member.partition("(")
    type_ = saleor_schema().type_map[owner]
    found = (getattr(type_, "fields", None) or getattr(type_, "values", {})).get(name)
    kinds = [get_named_type(found.type).name] if found is not None and hasattr(found, "type") else []
    kinds += [get_named_type(found.args[argument].type).name] if found is not None and argument else []
    for feature in read_scope().features:
        alone = Scope([feature])
        members = (f"{owner}.{name}", f"{owner}.{member})") if name else ()
        if not all(alone.has_type(kind) for kind in (owner, *kinds)) or any(
            not alone.serves(full, "String") for full in members
        ):
            return feature.name
    return "Not yet"


@cache
def saleor_schema() -> GraphQLSchema:
    return build_schema((ROOT / "store" / "saleor" / "schema-3.23.graphql").read_text(), assume_valid=True)


def counts_of(operations: dict[str, dict[str, list[str]]]) -> list[int]:
    """(operations, served, whole)."""
    served = [found for found in operations.values() if not found["missing"]]
    whole = [found for found in served if not found["missing_inputs"]]
    return [len(operations), len(served), len(whole)]


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]), [Path(folder) for folder in sys.argv[2:]])
    else:
        recount()
