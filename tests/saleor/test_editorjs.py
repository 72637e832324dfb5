"""Rich text is checked when it is saved, so that every page can show what is stored."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.saleor.editorjs import BLOCK_TYPES, InvalidRichText, check_document
from store.storefront import richtext


def block(kind, **data):
    return {"blocks": [{"id": "b1", "type": kind, "data": data}]}


@pytest.mark.parametrize(
    ("content", "path"),
    [
        ([], ""), ("text", ""), (5, ""),
        ({"blocks": None}, "blocks"), ({"blocks": {}}, "blocks"), ({"blocks": [None]}, "blocks[0]"),
        ({"blocks": ["text"]}, "blocks[0]"), ({"blocks": [{}]}, "blocks[0].type"), ({"time": "now"}, "time"),
        ({"blocks": [{"type": "paragraph"}]}, "blocks[0].data"),
        ({"blocks": [{"type": "paragraph", "data": None}]}, "blocks[0].data"),
        ({"blocks": [{"type": 5, "data": {}}]}, "blocks[0].type"), (block("script"), "blocks[0].type"),
        (block("paragraph", text=None), "blocks[0].data.text"), (block("paragraph"), "blocks[0].data.text"),
        (block("header", text="A", level=None), "blocks[0].data.level"),
        (block("header", text="A", level="x"), "blocks[0].data.level"),
        (block("header", text="A", level=99), "blocks[0].data.level"),
        (block("list", items=None), "blocks[0].data.items"), (block("list", items=[1]), "blocks[0].data.items[0]"),
        (block("list", items=[{"content": "A", "items": None}]), "blocks[0].data.items[0].items"),
        (block("list", items=["A"], style=None), "blocks[0].data.style"),
        (block("table", content=[["A"], [1]]), "blocks[0].data.content[1][0]"), (block("quote", text=1), "blocks[0].data.text"),
        (block("warning", title=[]), "blocks[0].data.title"), (block("image", file={}), "blocks[0].data.file.url"),
    ],
)  # fmt: skip
def test_a_wrong_shape_is_refused_with_its_place(content, path):
    with pytest.raises(InvalidRichText) as refused:
        check_document(content)
    assert refused.value.path == path
    assert refused.value.reason


@pytest.mark.parametrize(
    "content",
    [
        None, {}, {"blocks": []}, block("paragraph", text="For <b>home</b> use", alignment="left"),
        block("header", text="A", level=2), block("header", text="A"),
        block("list", style="ordered", items=["A", "B"]),
        block("list", style="unordered", items=[{"content": "A", "meta": {}, "items": [{"content": "B", "items": []}]}]),
        block("checklist", items=[{"text": "A", "checked": True}]), block("quote", text="A", caption="B"),
        block("table", withHeadings=True, content=[["A", "B"], ["1", "2"]]), block("warning", title="A", message="B"),
        block("image", file={"url": "https://cdn.example/a.jpg"}, caption="A", stretched=False), block("delimiter"),
    ],
)  # fmt: skip
def test_what_editors_write_is_taken(content):
    check_document(content)


def nested(depth):
    item = {"content": "A"}
    for _ in range(depth - 1):
        item = {"content": "A", "items": [item]}
    return block("list", items=[item])


def test_lists_may_be_eight_levels_deep():
    check_document(nested(8))
    with pytest.raises(InvalidRichText, match="more than 8 levels"):
        check_document(nested(9))


def test_every_block_that_is_taken_is_shown():
    assert set(BLOCK_TYPES) == {"header", *richtext.RENDERERS}  # a header also needs the level it begins at


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["text", "items", "content", "level", "file", "url"]), inner, max_size=3
        )
    ),
    max_leaves=8,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.fixed_dictionaries({"type": st.sampled_from(sorted(BLOCK_TYPES)), "data": JSON}), max_size=4)
)
def test_any_other_shape_is_taken_or_refused_and_nothing_else(blocks):
    try:
        check_document({"blocks": blocks})
    except InvalidRichText as refused:
        assert refused.path.startswith("blocks[")  # noqa: PT017 - either outcome is right
