"""Fields whose values last while the reader is on other pages; Streamlit forgets those of fields that are not shown."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final, TypeVar

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["Fields"]

EARLIEST: Final = dt.date(1800, 1, 1)
"""No data set is older; Streamlit's own first day is ten years ago."""

_SAID: Final = "import_said"
_Value = TypeVar("_Value")


class Fields:
    """Fields about one file."""

    def __init__(self, scope: str, around: Fields | None = None) -> None:
        """Name what they are about; what was said of something else is no answer here.

        Args:
            scope: The name.
            around: The fields by which it was chosen that these are asked for.
        """
        self._scope, self._around = scope, around
        self._said: dict[str, Any] = st.session_state.setdefault(_SAID, {})

    @staticmethod
    def forget() -> None:
        """Forget all that was said."""
        st.session_state.pop(_SAID, None)

    def within(self, part: str) -> Fields:
        """Give fields about a part of it."""
        return Fields(f"{self._scope}-{part}", self)

    def clear(self) -> None:
        """Let all of these fields begin anew, and those around them."""
        if self._around:
            self._around.clear()
        for held in (self._said, st.session_state):
            for key in [key for key in held if str(key).startswith(self._key(""))]:
                del held[key]

    def choice(
        self, name: str, label: str, options: Sequence[_Value], default: _Value, show: Callable[[_Value], str]
    ) -> _Value:
        """Let one of some options be chosen."""
        key = self._begin(name, default, options)
        chosen: _Value = st.selectbox(label, options, key=key, format_func=show)
        return self._keep(key, chosen)

    def text(self, name: str, label: str, **more: Any) -> str:
        """Let some words be written."""
        key = self._begin(name, more.pop("default", ""))
        said: str = st.text_input(label, key=key, max_chars=2000, **more)
        return self._keep(key, said).strip()

    def day(self, name: str, label: str) -> dt.date | None:
        """Let a day be chosen, or none."""
        key = self._begin(name, None)
        said: dt.date | None = st.date_input(
            label, value=None, min_value=EARLIEST, format="YYYY-MM-DD", key=key
        )
        return self._keep(key, said)

    def mark(self, name: str, label: str) -> bool:
        """Let something be wanted or not."""
        key = self._begin(name, default=False)
        return self._keep(key, st.checkbox(label, key=key))

    def held(self, name: str) -> object:
        """Give what a field has, None where it has not been shown yet."""
        return self._said.get(self._key(name))

    def put(self, name: str, value: object) -> None:
        """Fill a field in from elsewhere, before it is shown."""
        key = self._key(name)
        st.session_state[key] = self._said[key] = value

    def _key(self, name: str) -> str:
        return f"import-{self._scope}-{name}"

    def _begin(self, name: str, default: object, options: Sequence[object] | None = None) -> str:
        """Give a field the value that it had, where it is new or what it has is no longer offered."""
        key = self._key(name)
        if key not in st.session_state or (options is not None and st.session_state[key] not in options):
            said = self._said.get(key, default)
            st.session_state[key] = said if options is None or said in options else default
        return key

    def _keep(self, key: str, value: _Value) -> _Value:
        self._said[key] = value
        return value
