"""What the document asks of a field, so that work nobody asked for isn't done."""

from typing import Any

from graphql import FieldNode, FragmentSpreadNode, InlineFragmentNode, SelectionSetNode


def asked(info: Any) -> set[str]:
    """Names of the fields right below this one, looking through fragments."""
    found: set[str] = set()
    for node in info.field_nodes:
        _collect(node.selection_set, info.fragments, found)
    return found


def _collect(selections: SelectionSetNode | None, fragments: Any, found: set[str]) -> None:
    for one in selections.selections if selections else ():
        if isinstance(one, FieldNode):
            found.add(one.name.value)
        elif isinstance(one, FragmentSpreadNode):
            _collect(fragments[one.name.value].selection_set, fragments, found)
        elif isinstance(one, InlineFragmentNode):
            _collect(one.selection_set, fragments, found)
