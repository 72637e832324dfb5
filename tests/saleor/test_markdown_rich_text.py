"""Descriptions as light Markdown: what is shown in the form comes back the same, or is not editable."""

import pytest

from store.saleor.markdown_rich_text import NotEditable, to_editorjs, to_html, to_markdown

DOCUMENTS = [
    [{"type": "paragraph", "data": {"text": "For home use. <b>Bold</b>, <i>leaning</i> &amp; more"}}],
    [{"type": "paragraph", "data": {"text": 'See <a href="https://a.example/x?y=1&amp;z=(2)">the page</a>'}}],
    [
        {"type": "header", "data": {"text": "Size", "level": 3}},
        {"type": "paragraph", "data": {"text": "5 * 4 = 20_x"}},
    ],
    [{"type": "list", "data": {"style": "ordered", "items": ["one", "two <b>b</b>"]}}],
    [{"type": "list", "data": {"style": "unordered", "items": ["one"]}}],
    [{"type": "quote", "data": {"text": "Said so"}}],
    [
        {"type": "paragraph", "data": {"text": "1. April is a day"}},
        {"type": "paragraph", "data": {"text": "- no list"}},
    ],
    [{"type": "paragraph", "data": {"text": "# no heading, [no link](x), a &lt; b"}}],
    [{"type": "paragraph", "data": {"text": "one<br>two"}}],
    [],
]


@pytest.mark.parametrize("blocks", DOCUMENTS)
def test_a_document_comes_back_as_it_was(blocks: list[object]) -> None:
    back = to_editorjs(to_markdown({"blocks": blocks}))
    assert (back or {"blocks": []})["blocks"] == blocks


@pytest.mark.parametrize(
    "block",
    [
        {"type": "table", "data": {"content": [["a"]]}},
        {"type": "list", "data": {"items": [{"content": "a", "items": ["b"]}]}},
        {"type": "paragraph", "data": {"text": "<u>under</u>"}},
    ],
)
def test_what_would_be_lost_is_not_editable(block: object) -> None:
    with pytest.raises(NotEditable):
        to_markdown({"blocks": [block]})


@pytest.mark.parametrize("text", ["```\ncode\n```", "![a](b.png)", "- a\n  - b", "---"])
def test_markdown_that_the_shop_does_not_show_is_refused(text: str) -> None:
    with pytest.raises(NotEditable):
        to_editorjs(text)


def test_the_preview_escapes_markup() -> None:
    assert to_html(to_editorjs("## A\n\n<script>x</script> **b**")) == (
        "<h2>A</h2><p>&lt;script&gt;x&lt;/script&gt; <b>b</b></p>"
    )
