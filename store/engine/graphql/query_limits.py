"""What a request may cost before it is run: tokens, depth, introspection, page sizes multiplied out.

Cost is counted as Saleor does: each root field and each list costs 1, multiplied by the page sizes around it.
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    parse,
    specified_rules,
    validate,
)
from graphql.validation import ASTValidationRule, NoSchemaIntrospectionCustomRule

MAX_ERRORS = 20


class TooCostly(GraphQLError):
    """More rows or levels than one request may ask for."""


def parsed(text: str, schema: GraphQLSchema) -> tuple[DocumentNode | None, list[GraphQLError]]:
    """The document, or what is wrong with it; never executes anything."""
    try:
        document = parse(text, max_tokens=settings.GRAPHQL_MAX_TOKENS, no_location=False)
    except GraphQLError as error:
        return None, [error]
    except RecursionError:
        return None, [GraphQLError("The document is nested too deeply.")]
    rules: list[type[ASTValidationRule]] = list(specified_rules)
    if not settings.GRAPHQL_INTROSPECTION:
        rules.append(NoSchemaIntrospectionCustomRule)
    try:
        # Depth first: the standard rules themselves get slow on absurd nesting.
        depth_of(document)
        errors = validate(schema, document, rules, max_errors=MAX_ERRORS)
    except TooCostly as error:
        errors = [error]
    except RecursionError:
        errors = [GraphQLError("The document is nested too deeply.")]
    return document, errors


def depth_of(document: DocumentNode) -> int:
    """The deepest operation; raises TooCostly beyond GRAPHQL_MAX_DEPTH. Introspection is not counted."""
    limit: int = settings.GRAPHQL_MAX_DEPTH
    fragments = _fragments(document)
    known: dict[str, int] = {}

    def below(selections: SelectionSetNode | None, level: int, path: tuple[str, ...]) -> int:
        if level > limit:
            raise TooCostly(f"The document is more than {limit} levels deep.")
        deepest = level
        for node in selections.selections if selections else ():
            if isinstance(node, FieldNode) and not node.name.value.startswith("__"):
                deepest = max(deepest, below(node.selection_set, level + 1, path))
            elif isinstance(node, InlineFragmentNode):
                deepest = max(deepest, below(node.selection_set, level, path))
            elif isinstance(node, FragmentSpreadNode):
                deepest = max(deepest, level + of_fragment(node.name.value, path))
                if deepest > limit:
                    raise TooCostly(f"The document is more than {limit} levels deep.")
        return deepest

    def of_fragment(name: str, path: tuple[str, ...]) -> int:
        if name not in fragments or name in path:  # unknown or circular: the standard rules say so
            return 0
        if name not in known:
            known[name] = below(fragments[name].selection_set, 0, (*path, name))
        return known[name]

    operations = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
    return max((below(operation.selection_set, 0, ()) for operation in operations), default=0)


def cost_of(document: DocumentNode, variables: Mapping[str, Any]) -> int:
    """Page sizes multiplied along each path, over all operations; raises TooCostly beyond GRAPHQL_MAX_COST."""
    limit: int = settings.GRAPHQL_MAX_COST
    fragments = _fragments(document)
    known: dict[str, int] = {}

    def of(selections: SelectionSetNode | None, path: tuple[str, ...]) -> int:
        total = 0
        for node in selections.selections if selections else ():
            if isinstance(node, FieldNode):
                size = _page_size(node, variables)
                inner = of(node.selection_set, path)
                total += size * max(1, inner) if size else inner
            elif isinstance(node, InlineFragmentNode):
                total += of(node.selection_set, path)
            elif isinstance(node, FragmentSpreadNode):
                total += of_fragment(node.name.value, path)
            if total > limit:
                raise TooCostly(f"The query exceeds the maximum cost of {limit}. Ask for smaller pages.")
        return total

    def of_fragment(name: str, path: tuple[str, ...]) -> int:
        if name not in fragments or name in path:
            return 0
        if name not in known:
            known[name] = of(fragments[name].selection_set, (*path, name))
        return known[name]

    total = 0
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            total += len(definition.selection_set.selections) + of(definition.selection_set, ())
    if total > limit:
        raise TooCostly(f"The query exceeds the maximum cost of {limit}. Ask for smaller pages.")
    return total


def _page_size(node: FieldNode, variables: Mapping[str, Any]) -> int:
    size = 0
    for argument in node.arguments:
        if argument.name.value in ("first", "last", "limit"):
            value = argument.value
            if isinstance(value, IntValueNode):
                size = max(size, int(value.value))
            elif isinstance(value, VariableNode):
                given = variables.get(value.name.value)
                size = max(size, given if isinstance(given, int) else 0)
        elif isinstance(argument.value, ListValueNode):
            size = max(size, len(argument.value.values))
    return size


def _fragments(document: DocumentNode) -> dict[str, FragmentDefinitionNode]:
    return {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
