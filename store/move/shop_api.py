"""The calls of the move: documents of `documents/` that read either shop, and mutations written from their signature.

Answers are plain JSON: what was read from one shop is nearly what the other takes, and the same document reads both.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from store.saleor.client.client import Client
from store.saleor.errors import GraphQLError, check

FOLDER = Path(__file__).parent / "documents"
SHARED = "fragments"
Node = dict[str, Any]


@dataclass(frozen=True)
class Mutation:
    """A mutation by its name in the schema. `returns`: the payload's field that holds the object, "" for none.

    `arguments`: GraphQL types by name. `message` is what all error types of Saleor have, with field and code.
    """

    name: str
    returns: str
    arguments: Mapping[str, str]

    @property
    def text(self) -> str:
        types = ", ".join(f"${name}: {type_}" for name, type_ in self.arguments.items())
        values = ", ".join(f"{name}: ${name}" for name in self.arguments)
        found = f"object: {self.returns} {{ id }} " if self.returns else ""
        return (
            f"mutation Move({types}) {{ result: {self.name}({values}) {{"
            f" {found}errors {{ field message code }} }} }}"
        )


class WriteProblem(BaseModel):
    code: str
    field: str | None = None
    message: str | None = None


class Written(BaseModel):
    """A mutation's payload; `object` is None for one that returns none."""

    class Object(BaseModel):
        id: str

    object: Object | None = None
    errors: list[WriteProblem] = []

    @property
    def id(self) -> str:
        """Raises GraphQLError where the mutation answered without its object."""
        if self.object is None:
            raise GraphQLError([{"message": "the mutation answered without its object"}])
        return self.object.id


class ShopApi:
    """One of the two shops. Its calls raise SaleorError."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.cut: list[str] = []  # lists inside objects that hold more than was asked for

    def ask(self, document: str, **variables: Any) -> Node:
        """`data` of a document of `documents/`, by its name."""
        return self._execute(read_document(document), variables)

    def nodes(self, document: str, root: str) -> Iterator[Node]:
        """All objects of a list, page by page."""
        after = None
        while True:
            found = self.ask(document, after=after)[root]
            for edge in found["edges"]:
                self.cut += _cut_lists(root, edge["node"])
                yield edge["node"]
            if not found["pageInfo"]["hasNextPage"]:
                return
            after = found["pageInfo"]["endCursor"]

    def rest(self, document: str, root: str, name: str, node: Node) -> list[Node]:
        """What the list `name` inside an object holds beyond its first page, by a document that reads it alone."""
        nodes, page = [], node[name]["pageInfo"]
        while page["hasNextPage"]:
            found = self.ask(document, id=node["id"], after=page["endCursor"])[root][name]
            nodes += edges(found)
            page = found["pageInfo"]
        return nodes

    def write(self, mutation: Mutation, **variables: Any) -> Written:
        """Raises Refused with the errors of the payload. Variables that are not given are not sent."""
        return check(Written.model_validate(self._execute(mutation.text, variables)["result"]))

    def _execute(self, text: str, variables: dict[str, Any]) -> Node:
        client = self.client
        return client.get_data(client.execute(text, variables=variables))


READ_ON = ("codes",)  # lists inside objects whose further pages are read


def _cut_lists(root: str, node: Node) -> Iterator[str]:
    shown = next((node[key] for key in ("slug", "name", "number") if node.get(key)), "")
    for name, value in node.items():
        if isinstance(value, dict) and name not in READ_ON and value.get("pageInfo", {}).get("hasNextPage"):
            yield f"{root} {shown}: more than {len(value['edges'])} {name}; the others were left out"


@cache
def read_document(name: str) -> str:
    """The document with the shared fragments that it uses, and those that they use."""
    text = (FOLDER / f"{name}.graphql").read_text()
    fragments = {part.split()[0]: f"fragment {part}" for part in _shared().split("fragment ")[1:]}
    used: list[str] = []
    while new := [
        one for one in fragments if one not in used and f"...{one}" in _joined(text, fragments, used)
    ]:
        used += new
    return _joined(text, fragments, used)


def _joined(text: str, fragments: Mapping[str, str], used: list[str]) -> str:
    return "\n".join([text, *(fragments[name] for name in used)])


def _shared() -> str:
    return (FOLDER / f"{SHARED}.graphql").read_text()


def edges(connection: Node | None) -> list[Node]:
    """The nodes of a list inside an object."""
    return [edge["node"] for edge in (connection or {}).get("edges", ())]
