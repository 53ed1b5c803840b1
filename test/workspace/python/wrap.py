"""Plain text in columns: wrapping, alignment and tables."""

import re
from itertools import zip_longest

WORD = re.compile(r"\S+")


class Wrapper:
    """Breaks paragraphs into lines of at most `width` characters."""

    def __init__(self, width=72, indent="", keep_long=True):
        if width <= len(indent):
            raise ValueError(f"no room for text: width {width}, indent {len(indent)}")
        self.width = width
        self.indent = indent
        self.keep_long = keep_long

    def wrap(self, text):
        lines, line = [], self.indent
        for word in self.words(text):
            # A line of nothing but indentation takes any word.
            if line.strip() and len(line) + 1 + len(word) > self.width:
                lines.append(line)
                line = self.indent
            line = f"{line} {word}" if line.strip() else self.indent + word
        if line.strip():
            lines.append(line)
        return lines

    def words(self, text):
        room = self.width - len(self.indent)
        for word in WORD.findall(text):
            while not self.keep_long and len(word) > room:
                yield word[:room]
                word = word[room:]
            yield word

    def fill(self, text):
        """Wrap every paragraph; a blank line separates two of them."""
        paragraphs = re.split(r"\n\s*\n", text.strip())
        return "\n\n".join("\n".join(self.wrap(each)) for each in paragraphs)


def justify(line, width=72):
    words = line.split()
    if len(words) < 2:
        return line
    spaces = width - sum(len(word) for word in words)
    gap, extra = divmod(spaces, len(words) - 1)
    parts = [word + " " * (gap + (index < extra)) for index, word in enumerate(words[:-1])]
    return "".join(parts) + words[-1]


def center(line, width=72):
    return line.strip().center(width).rstrip()


def table(rows, separator="  "):
    columns = zip_longest(*rows, fillvalue="")
    widths = [max(len(str(cell)) for cell in column) for column in columns]
    return [
        separator.join(str(cell).ljust(width) for cell, width in zip(row, widths)).rstrip()
        for row in rows
    ]


def print_table(rows, title=None):
    if title is not None:
        print(title)
        print("-" * len(title))
    for line in table(rows):
        print(line)
