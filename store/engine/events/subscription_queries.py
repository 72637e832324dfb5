"""What a subscription document asks for, read from its text alone."""

import re
from functools import lru_cache

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSyntaxError,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    parse,
)

_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class BadSubscription(Exception):
    """The document can't be used; `code` is Saleor's word for why."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.message, self.code = message, code


def event_type(type_name: str) -> str:
    """`OrderFullyPaid` is sent for ORDER_FULLY_PAID."""
    return _CAPITAL.sub("_", type_name).upper()


@lru_cache(maxsize=256)
def events_of(document: str) -> frozenset[str]:
    """The kinds of events the fragments of `event` name, also inside fragments that it spreads."""
    tree = _parsed(document)
    fragments = {
        node.name.value: node for node in tree.definitions if isinstance(node, FragmentDefinitionNode)
    }
    names: set[str] = set()
    _collect(_event_field(tree).selection_set, fragments, names, seen=set())
    return frozenset(event_type(name) for name in names - {"Event"})


def _parsed(document: str) -> DocumentNode:
    try:
        return parse(document, no_location=True)
    except GraphQLSyntaxError as error:
        raise BadSubscription(error.message, "SYNTAX") from None


def _event_field(tree: DocumentNode) -> FieldNode:
    operations = [node for node in tree.definitions if isinstance(node, OperationDefinitionNode)]
    if len(operations) != 1 or operations[0].operation is not OperationType.SUBSCRIPTION:
        raise BadSubscription("The query must hold exactly one subscription.", "MISSING_SUBSCRIPTION")
    fields = [node for node in operations[0].selection_set.selections if isinstance(node, FieldNode)]
    if [field.name.value for field in fields] != ["event"]:
        raise BadSubscription(
            "The subscription must select the field `event` and nothing else.", "MISSING_EVENT"
        )
    return fields[0]


def _collect(
    selection: SelectionSetNode | None,
    fragments: dict[str, FragmentDefinitionNode],
    names: set[str],
    seen: set[str],
) -> None:
    for node in selection.selections if selection else ():
        if isinstance(node, InlineFragmentNode):
            if node.type_condition:
                names.add(node.type_condition.name.value)
            _collect_if_event(node.type_condition, node.selection_set, fragments, names, seen)
        elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
            seen.add(node.name.value)
            if fragment := fragments.get(node.name.value):
                names.add(fragment.type_condition.name.value)
                _collect_if_event(fragment.type_condition, fragment.selection_set, fragments, names, seen)


def _collect_if_event(
    condition: object,
    selection: SelectionSetNode,
    fragments: dict[str, FragmentDefinitionNode],
    names: set[str],
    seen: set[str],
) -> None:
    """Only `... on Event` and bare `... {}` hold further event types; `... on OrderPaid` holds an order's
    fields.
    """
    name = getattr(getattr(condition, "name", None), "value", "Event")
    if name == "Event":
        _collect(selection, fragments, names, seen)
