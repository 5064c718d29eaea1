"""Tables of the reference, as Markdown has them."""

from collections.abc import Iterator, Sequence


def cell(text: str) -> str:
    """Write a text as a cell of a table."""
    return " ".join(text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*").split())


def code(text: str) -> str:
    """Write a name as it is typed."""
    return f"`{text}`" if text else ""


def table(head: Sequence[str], rows: Iterator[Sequence[str]] | Sequence[Sequence[str]]) -> str:
    """Write a table of cells that are written already."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
