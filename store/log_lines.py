"""Log lines about refused requests: one each, short, whatever the client sent."""

import logging
from copy import copy

MAX_CHARACTERS = 300


class OneLine(logging.Formatter):
    """No traceback and no line breaks: nobody fills or forges the log by requests that are refused."""

    def format(self, record: logging.LogRecord) -> str:
        bare = copy(record)
        bare.exc_info = bare.exc_text = bare.stack_info = None
        line = super().format(bare)
        return "".join(
            character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in line
        )[:MAX_CHARACTERS]
