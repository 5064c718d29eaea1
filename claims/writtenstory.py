"""Write story.toml of a story."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from claims.writtenfacts import written

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from claims.story import Story

__all__ = ["story_text"]


def story_text(story: Story) -> str:
    """Give a text that `claims.story.read_story` reads as the same story."""
    lines = [*_lines({"title": story.title, "title_ar": story.title_ar})]
    for step in story.steps:
        lines += [
            "",
            "[[step]]",
            *_lines({one.name: getattr(step, one.name) for one in dataclasses.fields(step)}),
        ]
    return "".join(f"{line}\n" for line in lines)


def _lines(said: Mapping[str, Any]) -> Iterator[str]:
    for key, value in said.items():
        if value not in (None, "", ()):
            yield f"{key} = {written(list(value) if isinstance(value, tuple) else value)}"
