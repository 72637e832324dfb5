"""The operations of our GraphQL documents, and a digest of each by which a change is noticed."""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from graphql import DocumentNode, OperationDefinitionNode, parse, print_ast
from graphql.utilities import separate_operations

from store.move import shop_api
from store.saleor import version

SALEOR = Path(version.__file__).parent


def documents() -> Iterator[tuple[str, DocumentNode]]:
    """Our operations by name, each with the fragments beside it."""
    texts = [file.read_text() for file in sorted((SALEOR / "documents").rglob("*.graphql"))]
    of_store = parse("\n".join(texts))
    for one in of_store.definitions:
        if isinstance(one, OperationDefinitionNode) and one.name:
            yield one.name.value, of_store
    for file in sorted(shop_api.FOLDER.glob("*.graphql")):
        if file.stem != shop_api.SHARED:
            yield file.stem, parse(shop_api.read_document(file.stem))


def digest_of(document: DocumentNode, name: str) -> str:
    """Of an operation and the fragments that it uses, whatever their order."""
    parts = sorted(print_ast(one) for one in separate_operations(document)[name].definitions)
    return hashlib.sha256("".join(parts).encode()).hexdigest()[:16]


@cache
def digest_of_text(text: str) -> tuple[str, str]:
    """(name, digest) of the only operation in a document."""
    document = parse(text)
    (operation,) = (one for one in document.definitions if isinstance(one, OperationDefinitionNode))
    name = operation.name.value if operation.name else ""
    return name, digest_of(document, name)
