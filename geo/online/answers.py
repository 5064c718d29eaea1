"""The answers of online geocoders, kept on disk with their date, so that each question is asked once."""

from __future__ import annotations

import json
import sqlite3
import threading
import weakref
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, Self

from geo.errors import BordermapError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

__all__ = ["MAX_AGE_DAYS", "NO_PLACE_DAYS", "Answer", "Answers", "Question"]

MAX_AGE_DAYS: Final = 365
"""Days for which an answer with places holds: towns do not move, but their outlines and names are mended."""

NO_PLACE_DAYS: Final = 30
"""Days for which "no such place" holds: a missing village may be mapped next month."""

# Written into the head of the file, so that another program's database is never taken for ours: "bmap" in ASCII.
_APPLICATION: Final = 0x626D6170
_VERSION: Final = 1
_TABLE: Final = """CREATE TABLE IF NOT EXISTS answers (
    service TEXT NOT NULL, question TEXT NOT NULL, asked TEXT NOT NULL, results TEXT NOT NULL,
    PRIMARY KEY (service, question))"""

# Seconds to wait while another process writes.
_PATIENCE_S: Final = 30


@dataclass(frozen=True, slots=True)
class Question:
    """All that decides an answer.

    Attributes:
        service: The service as errors name it ("Nominatim at nominatim.openstreetmap.org").
        toponym: The name as sent, its spaces made single.
        countries: ISO 3166-1 alpha-2 codes, sorted, to which the answer is limited; none for the world.
        viewbox: west, south, east, north in degrees, EPSG:4326, preferred but not required; None for none.
        language: The language wanted for names.
    """

    service: str
    toponym: str
    countries: tuple[str, ...] = ()
    viewbox: tuple[float, float, float, float] | None = None
    language: str = ""

    @property
    def key(self) -> str:
        """All but the service as JSON, the same for the same question."""
        return json.dumps([self.toponym, self.countries, self.viewbox, self.language], ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service answered.

    Attributes:
        asked: When, in UTC.
        results: What it found, the best first, as JSON holds it; empty for "no such place".
    """

    asked: datetime
    results: Sequence[Any]


def _now() -> datetime:
    return datetime.now(UTC)


class Answers:
    """Answers by question, in one SQLite file that several processes and threads may share."""

    def __init__(
        self,
        path: Path | None = None,
        *,
        max_age_days: float = MAX_AGE_DAYS,
        no_place_days: float = NO_PLACE_DAYS,
        now: Callable[[], datetime] = _now,
    ) -> None:
        """Open the file of kept answers, or make it and its folder.

        Args:
            path: The file; None to keep answers in memory, for this process only.
            max_age_days: Days for which an answer with places holds; then it is asked anew.
            no_place_days: Days for which "no such place" holds.
            now: Gives the time with its zone; for tests.

        Raises:
            BordermapError: The file cannot be made or written, is damaged, or is another program's; nothing in it
                was changed.
        """
        self.path = path
        self._max_age = timedelta(days=max_age_days)
        self._no_place_age = timedelta(days=min(no_place_days, max_age_days))
        self._now = now
        self._lock = threading.Lock()
        with self._told():
            if path is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
            self._file = sqlite3.connect(
                ":memory:" if path is None else path,
                timeout=_PATIENCE_S,
                isolation_level=None,
                check_same_thread=False,
            )
        self.close = weakref.finalize(self, self._file.close)
        try:
            with self._told():
                self._claim()
        except BordermapError:
            self.close()
            raise

    def __enter__(self) -> Self:
        """Give itself, to be closed at the end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.close()

    def __len__(self) -> int:
        """Count the answers that are kept, of any age and service."""
        with self._told():
            (count,) = self._file.execute("SELECT count(*) FROM answers").fetchone()
        return int(count)

    def get(self, question: Question) -> Answer | None:
        """Give the answer that is kept for a question; None where there is none, or it is too old.

        Raises:
            BordermapError: The file cannot be read, or is damaged.
        """
        with self._told():
            row = self._file.execute(
                "SELECT asked, results FROM answers WHERE service = ? AND question = ?",
                (question.service, question.key),
            ).fetchone()
            answer = None if row is None else _read(*row)
        if answer is None:
            return None
        age = self._now() - answer.asked
        return answer if age <= (self._max_age if answer.results else self._no_place_age) else None

    def keep(self, question: Question, results: Sequence[Any]) -> Answer:
        """Keep what a service answered just now, in place of an older answer.

        Args:
            question: What was asked.
            results: What was found, the best first, of what JSON can hold; empty for "no such place".

        Returns:
            The answer with its time.

        Raises:
            BordermapError: The file cannot be written, or is damaged.
        """
        answer = Answer(self._now(), results)
        # ASCII, because half a surrogate pair is a string in JSON but not in SQLite.
        row = (question.service, question.key, answer.asked.isoformat(), json.dumps(results))
        with self._told():
            self._file.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)", row)
        return answer

    def _claim(self) -> None:
        """Make the table in a new file; refuse a file that is not ours."""
        self._file.execute("BEGIN IMMEDIATE")  # Two processes may open a new file at once.
        (application,) = self._file.execute("PRAGMA application_id").fetchone()
        (version,) = self._file.execute("PRAGMA user_version").fetchone()
        (tables,) = self._file.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if application == version == tables == 0:
            self._file.execute(_TABLE)
            self._file.execute(f"PRAGMA application_id = {_APPLICATION}")
            self._file.execute(f"PRAGMA user_version = {_VERSION}")
        elif (application, version) != (_APPLICATION, _VERSION):
            raise sqlite3.DatabaseError("it is another program's or version's database")
        self._file.execute("COMMIT")

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Use the file alone among threads, and say as one sentence what is wrong with it."""
        try:
            with self._lock:
                yield
        except (sqlite3.OperationalError, OSError) as error:
            raise BordermapError(
                f"{self.path}: answers cannot be kept here ({error}); choose a file in a folder that you may write to"
            ) from error
        except (sqlite3.DatabaseError, ValueError, RecursionError) as error:
            raise BordermapError(
                f"{self.path}: is damaged or no file of kept answers ({error}); delete it or choose another, nothing "
                "in it was changed"
            ) from error


def _read(asked: object, results: object) -> Answer:
    """Read a row; raises ValueError where it was not written by `keep`."""
    if not isinstance(asked, str) or not isinstance(results, str):
        raise ValueError("a row holds no text")  # noqa: TRY004 - a fault of the file's content
    when, found = datetime.fromisoformat(asked), json.loads(results)
    if when.tzinfo is None or not isinstance(found, list):
        raise ValueError("a row holds no list of results with its time")
    return Answer(when, found)
