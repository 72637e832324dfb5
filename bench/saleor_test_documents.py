"""How many of the documents in Saleor's own tests the engine's schema takes.

    python -m bench.saleor_test_documents FOLDER     # saleor/graphql of a clone of Saleor 3.23

Counts each distinct document that Saleor's schema takes, and prints what the refused ones name that is not served, the
most frequent first. None of the documents is in this repository.
"""

import ast
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from graphql import DocumentNode, GraphQLError, build_schema, parse, validate

from store.saleor.scope import SCOPE_PATH

BEGINNINGS = ("query", "mutation", "fragment", "subscription", "{")


def documents(folder: Path) -> Iterator[DocumentNode]:
    """The GraphQL documents among the texts of the tests, each once."""
    texts = {text for path in folder.rglob("tests/**/*.py") for text in _texts(path)}
    for text in sorted(texts):
        try:
            yield parse(text)
        except GraphQLError:
            continue


def _texts(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
            continue
        if "{" in node.value and node.value.strip().startswith(BEGINNINGS):
            yield node.value


def main(folder: Path) -> None:
    theirs, ours = (
        build_schema(SCOPE_PATH.with_name(name).read_text(), assume_valid=True)
        for name in ("schema-3.23.graphql", "schema.graphql")
    )
    taken = [document for document in documents(folder) if not validate(theirs, document)]
    refusals = [errors for document in taken if (errors := validate(ours, document))]
    print(f"{len(taken)} documents that Saleor takes, {len(taken) - len(refusals)} taken here")
    missing = Counter(
        message for errors in refusals for message in {_without_hint(error) for error in errors}
    )
    for message, count in missing.most_common():
        print(f"{count:5} {message}")


def _without_hint(error: GraphQLError) -> str:
    return error.message.partition(" Did you mean")[0]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
