"""Plain text as the rich text that Saleor stores: an EditorJS document, as a JSON string."""

import json
import re
from html import escape

VERSION = "2.24.3"


def document(text: str) -> str:
    """Blank lines separate paragraphs; a line break inside a paragraph becomes a space."""
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]
    blocks = [
        {"id": f"p{number}", "type": "paragraph", "data": {"text": escape(paragraph, quote=False)}}
        for number, paragraph in enumerate(paragraphs, start=1)
    ]
    return json.dumps({"blocks": blocks, "version": VERSION}, ensure_ascii=False)
