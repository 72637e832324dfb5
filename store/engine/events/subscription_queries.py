"""The event types that a subscription document selects, read from its text without the schema."""

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

_WORD_START = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class InvalidSubscription(Exception):
    """The document can't be used; `code` is Saleor's error code."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.message, self.code = message, code


def event_type_of(type_name: str) -> str:
    """The event type of a GraphQL type name: ORDER_FULLY_PAID for `OrderFullyPaid`."""
    return _WORD_START.sub("_", type_name).upper()


@lru_cache(maxsize=256)
def subscribed_events(document: str) -> frozenset[str]:
    """The event types named by fragments on the `event` field, also in named fragments it spreads.

    Raises InvalidSubscription.
    """
    tree = _parse(document)
    fragments = {
        node.name.value: node for node in tree.definitions if isinstance(node, FragmentDefinitionNode)
    }
    names: set[str] = set()
    _collect(_event_field(tree).selection_set, fragments, names, seen=set())
    return frozenset(event_type_of(name) for name in names - {"Event"})


def _parse(document: str) -> DocumentNode:
    try:
        return parse(document, no_location=True)
    except GraphQLSyntaxError as error:
        raise InvalidSubscription(error.message, "SYNTAX") from None


def _event_field(tree: DocumentNode) -> FieldNode:
    operations = [node for node in tree.definitions if isinstance(node, OperationDefinitionNode)]
    if len(operations) != 1 or operations[0].operation is not OperationType.SUBSCRIPTION:
        raise InvalidSubscription("The query must hold exactly one subscription.", "MISSING_SUBSCRIPTION")
    fields = [node for node in operations[0].selection_set.selections if isinstance(node, FieldNode)]
    if [field.name.value for field in fields] != ["event"]:
        raise InvalidSubscription(
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
    """Descend into `... on Event` and bare `... {}` only; `... on OrderPaid` contains the event's own fields."""
    name = getattr(getattr(condition, "name", None), "value", "Event")
    if name == "Event":
        _collect(selection, fragments, names, seen)
