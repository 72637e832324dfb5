"""EditorJS as HTML: every block is shown, and no shape of JSON breaks a page."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.storefront import richtext


def blocks(*found: Any) -> str:
    return json.dumps({"blocks": list(found)})


def block(kind: str, **data: Any) -> str:
    return blocks({"type": kind, "data": data})


def test_a_list_keeps_the_lists_within_it() -> None:
    items = [{"content": "Rims", "items": [{"content": "60 mm", "items": []}, {"content": "40 mm"}]}, "Pump"]
    assert richtext.html(block("list", style="unordered", items=items)) == (
        "<ul><li>Rims<ul><li>60 mm</li><li>40 mm</li></ul></li><li>Pump</li></ul>"
    )


def test_a_checklist_is_a_list() -> None:
    items = [{"text": "Wash", "checked": True}, {"text": "Dry", "checked": False}]
    assert richtext.html(block("checklist", items=items)) == "<ul><li>Wash</li><li>Dry</li></ul>"


def test_a_quote_shows_who_said_it() -> None:
    assert richtext.html(block("quote", text="Soft cups", caption="Ada")) == (
        "<blockquote><p>Soft cups</p><footer>Ada</footer></blockquote>"
    )


def test_a_table_shows_its_headings_and_cells() -> None:
    content = [["Size", "Number"], ["60 mm", "2"]]
    assert richtext.html(block("table", withHeadings=True, content=content)) == (
        '<table><thead><tr><th scope="col">Size</th><th scope="col">Number</th></tr></thead>'
        "<tbody><tr><td>60 mm</td><td>2</td></tr></tbody></table>"
    )
    assert richtext.html(block("table", withHeadings=False, content=content)).count("<td>") == 4


def test_a_warning_shows_title_and_message() -> None:
    assert richtext.html(block("warning", title="Glass", message="It breaks")) == (
        '<div class="notice info"><p><strong>Glass</strong></p><p>It breaks</p></div>'
    )


def test_a_picture_shows_with_its_caption() -> None:
    figure = richtext.html(
        block("image", file={"url": "https://media.example/a.webp"}, caption="A <b>cup</b>")
    )
    assert 'src="https://media.example/a.webp" alt="A cup"' in figure
    assert "<figcaption>A <b>cup</b></figcaption>" in figure


def test_headings_stay_below_those_of_the_page() -> None:
    levels = [1, 3, 4, 6, None, "x"]
    tags = [richtext.html(block("header", text="Care", level=level))[:4] for level in levels]
    assert tags == ["<h3>", "<h3>", "<h4>", "<h4>", "<h3>", "<h3>"]


def test_code_and_a_line_between() -> None:
    assert richtext.html(block("code", code="a < b")) == "<pre><code>a &lt; b</code></pre>"
    assert richtext.html(block("delimiter")) == "<hr>"


def test_a_link_or_embedded_film_is_a_link_that_can_not_run_a_script() -> None:
    assert richtext.html(block("linkTool", link="https://a.example/?a=1&b=2", meta={"title": "Care"})) == (
        '<p><a href="https://a.example/?a=1&amp;b=2" rel="noopener noreferrer">Care</a></p>'
    )
    assert richtext.html(block("embed", source="javascript:alert(1)", caption="Film")) == "<p>Film</p>"
    assert "javascript" not in richtext.html(block("paragraph", text='<a href="javascript:alert(1)">x</a>'))
    assert "javascript" not in richtext.html(block("image", url="javascript:alert(1)"))


def test_an_unknown_block_still_shows_its_text() -> None:
    assert richtext.html(block("spoiler", text="Not lost")) == "<p>Not lost</p>"


def test_the_first_paragraph_is_text_without_entities() -> None:
    description = blocks(
        {"type": "header", "data": {"text": "Cups", "level": 2}},
        {"type": "paragraph", "data": {"text": ""}},
        {"type": "paragraph", "data": {"text": "Plain &amp; <b>simple</b> 1 &lt; 2"}},
    )
    assert richtext.plain(description) == "Plain & simple 1 < 2"


@pytest.mark.parametrize(
    "description",
    [
        None,
        "",
        "null",
        "[]",
        '"text"',
        "7",
        '{"blocks": null}',
        '{"blocks": {"a": 1}}',
        '{"blocks": [null, 3, "x", []]}',
        '{"blocks": [{"type": null, "data": null}]}',
        '{"blocks": [{"type": ["list"], "data": {"items": null}}]}',
        block("list", items=None),
        block("list", items={"a": 1}),
        block("list", items=[None, [], {"content": None, "items": "x"}]),
        block("table", content=None),
        block("table", withHeadings=True, content=[]),
        block("table", content=[None, "x"]),
        block("image", file=None),
        block("quote", text=None),
        block("code", code=None),
    ],
)
def test_what_is_null_or_of_another_shape_is_left_out(description: str | None) -> None:
    assert richtext.html(description) == ""
    assert richtext.plain(description) == ""


def test_half_an_emoji_does_not_break_a_page() -> None:
    assert richtext.html(block("paragraph", text="Soft \ud83d")) == "<p>Soft ?</p>"


def test_text_that_is_no_json_is_a_paragraph() -> None:
    assert richtext.html("Soft & light") == "<p>Soft &amp; light</p>"
    assert richtext.plain("Soft & light") == "Soft & light"


def test_a_list_of_a_thousand_levels_ends() -> None:
    item: dict[str, Any] = {"content": "deep"}
    for _ in range(200):
        item = {"content": "deep", "items": [item]}
    assert richtext.html(block("list", items=[item])).count("<li>") == 8
    assert richtext.html("[" * 100_000) != ""


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text('a <>&"\0\u202e\ud83d{}', max_size=12),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.sampled_from(["items", "content", "text", "url"]), inner)
    ),
    max_leaves=12,
)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(
    kind=st.sampled_from([*richtext.RENDERERS, "other"]),
    data=st.dictionaries(
        st.sampled_from(
            ["text", "items", "level", "content", "file", "caption", "title", "code", "link", "meta"]
        ),
        JSON,
    ),
)
def test_no_json_breaks_a_page(kind: str, data: dict[str, Any]) -> None:
    description = blocks({"type": kind, "data": data})
    assert isinstance(richtext.html(description), str)
    assert isinstance(richtext.plain(description), str)
