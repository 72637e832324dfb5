"""A form field for descriptions: light Markdown in the form, an EditorJS document in the shop."""

from typing import Any

from django import forms
from unfold.widgets import UnfoldAdminTextareaWidget

from store.saleor.markdown_rich_text import NotEditable, to_editorjs

HELP = (
    "An empty line begins a paragraph. ## a heading, - a list, 1. a numbered list, **bold**, *italic*,"
    " [words](address)."
)


class RichTextField(forms.CharField):
    """Cleans to an EditorJS document, None for an empty text."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", UnfoldAdminTextareaWidget(attrs={"rows": 12}))
        options.setdefault("help_text", HELP)
        super().__init__(required=False, **options)

    def to_python(self, value: Any) -> Any:
        try:
            return to_editorjs(str(super().to_python(value) or ""))
        except NotEditable as error:
            raise forms.ValidationError(str(error)) from None
