"""Log lines about refused requests: one each, short, whatever the client sent."""

import logging

MAX_CHARACTERS = 300


class OneLine(logging.Formatter):
    """No traceback and no line breaks: nobody fills or forges the log by requests that are refused."""

    def format(self, record: logging.LogRecord) -> str:
        bare = logging.makeLogRecord(
            {**record.__dict__, "exc_info": None, "exc_text": None, "stack_info": None}
        )
        line = super().format(bare)
        return "".join(
            character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in line
        )[:MAX_CHARACTERS]
