"""Text part and HTML part from one source; no value becomes markup."""

import pytest

from store.mailer import markdown_rendering
from store.mailer.markdown_rendering import Block, RenderingError, Slots


def both(template: str, **context: object) -> tuple[str, str]:
    """The text part and the HTML part."""
    slots = Slots()
    filled = markdown_rendering.fill_placeholders(template, context, slots=slots, where="test.md")
    html = "".join(part.content for part in markdown_rendering.to_parts(filled, slots=slots))
    return markdown_rendering.to_text(filled, slots=slots), html


@pytest.mark.parametrize(
    "name",
    ["[you won](http://evil.example)", "<script>alert(1)</script>", "**Ada**", "# Ada", "{{ secret }}"],
)
def test_a_name_stays_a_name(name: str) -> None:
    text, html = both("Hello {{ name }}!", name=name)
    assert text == f"Hello {name}!\n"
    assert ">Hello " in html
    assert not any(tag in html for tag in ("<a ", "<script", "<strong", "<h1"))


def test_a_value_with_line_breaks_makes_no_new_paragraph() -> None:
    text, _ = both("Hello {{ name }}!", name="Ada\n\n# Big news")
    assert text == "Hello Ada # Big news!\n"


def test_a_subject_is_one_line_whatever_it_is_made_of() -> None:
    subject = markdown_rendering.render_line(
        "Order {{ n }}", {"n": "22\r\nBcc: x@example.com"}, where="test.md"
    )
    assert subject == "Order 22 Bcc: x@example.com"


def test_a_link_keeps_its_address_in_the_text_part() -> None:
    text, html = both("Read [the insert]({{ url }}).", url="https://cupwell.example/?v=1&lang=de")
    assert text == "Read the insert (https://cupwell.example/?v=1&lang=de).\n"
    assert 'href="https://cupwell.example/?v=1&amp;lang=de"' in html


def test_a_placeholder_that_is_not_there_is_an_error_and_no_hole() -> None:
    with pytest.raises(RenderingError, match=r"test\.md: there is no value `naem`"):
        both("Hello {{ naem }}", name="Ada")


def test_a_block_stands_in_both_parts() -> None:
    text, html = both("Before\n\n{{ box }}\n\nAfter", box=Block("<mj-box/>", "* box *"))
    assert text == "Before\n\n* box *\n\nAfter\n"
    assert html.index("Before") < html.index("<mj-box/>") < html.index("After")


def test_long_lines_are_wrapped_and_addresses_are_not() -> None:
    url = "https://cupwell.example/" + "a" * 90
    text, _ = both("One two three four five six seven eight nine ten eleven twelve: {{ url }}", url=url)
    assert url in text
    assert max(len(line) for line in text.splitlines() if url not in line) <= 72
