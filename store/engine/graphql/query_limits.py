"""Limits of documents, checked before execution: tokens, depth, introspection and cost.

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


class QueryLimitExceeded(GraphQLError):
    """The document selects more rows or levels than one request may."""


def parse_and_validate(text: str, schema: GraphQLSchema) -> tuple[DocumentNode | None, list[GraphQLError]]:
    """(document, errors): the document is None when it can't be parsed; errors are of syntax, limits or validation."""
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
        # Before the standard rules, which are themselves slow on absurd nesting
        depth_of(document)
        errors = validate(schema, document, rules, max_errors=MAX_ERRORS)
    except QueryLimitExceeded as error:
        errors = [error]
    except RecursionError:
        errors = [GraphQLError("The document is nested too deeply.")]
    return document, errors


def depth_of(document: DocumentNode) -> int:
    """Levels of the deepest operation without introspection; raises QueryLimitExceeded beyond GRAPHQL_MAX_DEPTH."""
    limit: int = settings.GRAPHQL_MAX_DEPTH
    fragments = _fragments(document)
    depths: dict[str, int] = {}

    def depth_below(selections: SelectionSetNode | None, level: int, path: tuple[str, ...]) -> int:
        if level > limit:
            raise QueryLimitExceeded(f"The document is more than {limit} levels deep.")
        deepest = level
        for node in selections.selections if selections else ():
            if isinstance(node, FieldNode) and not node.name.value.startswith("__"):
                deepest = max(deepest, depth_below(node.selection_set, level + 1, path))
            elif isinstance(node, InlineFragmentNode):
                deepest = max(deepest, depth_below(node.selection_set, level, path))
            elif isinstance(node, FragmentSpreadNode):
                deepest = max(deepest, level + depth_of_fragment(node.name.value, path))
                if deepest > limit:
                    raise QueryLimitExceeded(f"The document is more than {limit} levels deep.")
        return deepest

    def depth_of_fragment(name: str, path: tuple[str, ...]) -> int:
        if name not in fragments or name in path:  # unknown or circular: errors of the standard rules
            return 0
        if name not in depths:
            depths[name] = depth_below(fragments[name].selection_set, 0, (*path, name))
        return depths[name]

    operations = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    return max((depth_below(operation.selection_set, 0, ()) for operation in operations), default=0)


def cost_of(document: DocumentNode, variables: Mapping[str, Any]) -> int:
    """Page sizes multiplied along each path, over all operations; raises QueryLimitExceeded beyond
    GRAPHQL_MAX_COST."""
    limit: int = settings.GRAPHQL_MAX_COST
    fragments = _fragments(document)
    costs: dict[str, int] = {}

    def cost_of_selections(selections: SelectionSetNode | None, path: tuple[str, ...]) -> int:
        total = 0
        for node in selections.selections if selections else ():
            if isinstance(node, FieldNode):
                size = _page_size(node, variables)
                inner = cost_of_selections(node.selection_set, path)
                total += size * max(1, inner) if size else inner
            elif isinstance(node, InlineFragmentNode):
                total += cost_of_selections(node.selection_set, path)
            elif isinstance(node, FragmentSpreadNode):
                total += cost_of_fragment(node.name.value, path)
            if total > limit:
                raise QueryLimitExceeded(
                    f"The query exceeds the maximum cost of {limit}. Ask for smaller pages."
                )
        return total

    def cost_of_fragment(name: str, path: tuple[str, ...]) -> int:
        if name not in fragments or name in path:
            return 0
        if name not in costs:
            costs[name] = cost_of_selections(fragments[name].selection_set, (*path, name))
        return costs[name]

    total = 0
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            total += len(definition.selection_set.selections) + cost_of_selections(
                definition.selection_set, ()
            )
    if total > limit:
        raise QueryLimitExceeded(f"The query exceeds the maximum cost of {limit}. Ask for smaller pages.")
    return total


def _page_size(node: FieldNode, variables: Mapping[str, Any]) -> int:
    size = 0
    for argument in node.arguments:
        if argument.name.value in ("first", "last", "limit"):
            value = argument.value
            if isinstance(value, IntValueNode):
                size = max(size, int(value.value))
            elif isinstance(value, VariableNode):
                variable = variables.get(value.name.value)
                size = max(size, variable if isinstance(variable, int) else 0)
        elif isinstance(argument.value, ListValueNode):
            size = max(size, len(argument.value.values))
    return size


def _fragments(document: DocumentNode) -> dict[str, FragmentDefinitionNode]:
    return {
        node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)
    }
