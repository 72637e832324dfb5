"""The progress output of the seed."""

from io import StringIO

from store.seed.progress import ProgressBar


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def run_three_steps(bar: ProgressBar) -> None:
    bar.begin(3)
    bar.step("products", "Palm Cup")
    bar.step("products", "Glide Pair")
    bar.step("menus", "Main")
    bar.end()


def test_a_terminal_gets_a_bar_that_vanishes_at_the_end() -> None:
    stream = Terminal()
    run_three_steps(ProgressBar(stream))
    frames = stream.getvalue().split("\r\x1b[K")
    assert frames[1].startswith("[#########...................] 1/3  ")
    assert "products: Palm Cup" in frames[1]
    assert frames[-1] == ""


def test_a_log_file_gets_one_line_a_section() -> None:
    stream = StringIO()
    run_three_steps(ProgressBar(stream))
    assert stream.getvalue() == "seed: products\nseed: menus\n"
