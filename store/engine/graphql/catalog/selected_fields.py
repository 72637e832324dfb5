"""Which fields the document selects, so that a resolver can skip work whose result isn't requested."""

from typing import Any

from graphql import FieldNode, FragmentSpreadNode, InlineFragmentNode, SelectionSetNode


def selected_field_names(info: Any) -> set[str]:
    """Names of the fields directly below this one, fragments included."""
    names: set[str] = set()
    for node in info.field_nodes:
        _collect(node.selection_set, info.fragments, names)
    return names


def _collect(selections: SelectionSetNode | None, fragments: Any, names: set[str]) -> None:
    for selection in selections.selections if selections else ():
        if isinstance(selection, FieldNode):
            names.add(selection.name.value)
        elif isinstance(selection, FragmentSpreadNode):
            _collect(fragments[selection.name.value].selection_set, fragments, names)
        elif isinstance(selection, InlineFragmentNode):
            _collect(selection.selection_set, fragments, names)
