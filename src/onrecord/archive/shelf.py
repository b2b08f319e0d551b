"""The stories of an archive as a caller uses them: one object that opens, compares and gives back revisions."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Engine

from onrecord.archive import engine, stored, stories
from onrecord.archive.stories import Shelved
from onrecord.story import Story


class Stories:
    """The stories of an archive; each comparison is a revision, and the former ones stay."""

    def __init__(self, database: Engine, clock: Callable[[], str]) -> None:
        """Take the database of an archive."""
        self._engine, self._clock = database, clock

    def list(self, *, due: bool = False) -> list[Shelved]:
        """List the stories, the newest first; only those that are to be compared again, if asked."""
        with engine.reading(self._engine) as connection:
            return stories.shelf(connection, due=due)

    def open(self, documents: Sequence[int | str], *, title: str | None = None) -> int:
        """Open a story with these documents, by id or key; raises UsageError where one is in another."""
        with engine.writing(self._engine) as connection:
            found = [stored.document_id(connection, each) for each in documents]
            return stories.open_story(connection, found, title, self._clock())

    def join(self, story: int, documents: Sequence[int | str]) -> None:
        """Let documents, by id or key, join a story; raises UsageError where one is in another."""
        with engine.writing(self._engine) as connection:
            stories.join(connection, story, [stored.document_id(connection, each) for each in documents])

    def leave(self, document: int | str) -> None:
        """Take a document out of its story."""
        with engine.writing(self._engine) as connection:
            stories.leave(connection, stored.document_id(connection, document))

    def compare(self, story: int) -> int | None:
        """Compare the documents of a story, if that is due, and keep the comparison; give its number, else ``None``.

        Raises UsageError where there is no such story.
        """
        from onrecord import pipeline  # noqa: PLC0415 - the network, which only comparing needs

        with engine.reading(self._engine) as connection:
            chosen = stories.inputs(connection, story)
            annotated = stories.read_inputs(connection, chosen)
            due = any(each.id == story for each in stories.shelf(connection, due=True))
        if not due:
            return None
        compared = pipeline.compare_annotated(annotated)
        read = {each.id: one for each, one in zip(annotated, chosen, strict=True)}
        with engine.writing(self._engine) as connection:
            return stories.revise(connection, story, read, compared, self._clock())

    def show(self, story: int, revision: int | None = None) -> tuple[int, str, Story]:
        """Give a revision of a story, the newest if none is named: its number, when it was made, and the story.

        Raises UsageError where there is none.
        """
        with engine.reading(self._engine) as connection:
            return stories.load(connection, story, revision)
