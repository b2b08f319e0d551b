"""House styles: what an outlet allows between a quotation and what was said.

A profile maps each verdict to ``ok``, ``note`` or ``error``, and may map flags; a flag can only make the verdict's
severity worse. Profiles are TOML files: ``strict``, ``reuters`` and ``guardian`` are installed, others are given by
path.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, cast, get_args

import msgspec

from onrecord.errors import StyleError
from onrecord.story import Severity
from onrecord.wording import Flag, Verdict, Wording

INSTALLED: Final = ("strict", "reuters", "guardian")
_RANK: Final[dict[str, int]] = {"ok": 0, "note": 1, "error": 2}
_CHECKED: Final[tuple[str, ...]] = tuple(v for v in get_args(Verdict) if not v.startswith("reports-"))


class HouseStyle(msgspec.Struct, frozen=True):
    """A house style: its name, one sentence on it, and the severity of each verdict and of some flags."""

    name: str
    summary: str
    severity: dict[Verdict, Severity]
    flags: dict[Flag, Severity] = {}

    @classmethod
    def named(cls, name: str) -> HouseStyle:
        """Load a house style by its name (strict, reuters, guardian) or from the path of a TOML file.

        Raises StyleError where there is no such style or file, where it is no TOML, and where it names a verdict, a
        flag or a severity that does not exist or leaves a verdict out.
        """
        if name in INSTALLED:
            text = files("onrecord.comparison.checking").joinpath("styles", f"{name}.toml").read_text(encoding="utf-8")
            return cls.parsed(name, text)
        path = Path(name)
        if not name.endswith(".toml"):
            raise StyleError(
                f"There is no house style {name!r}: use {', '.join(INSTALLED)} or the path of a .toml file."
            )
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise StyleError(
                f"The house style {name} cannot be read ({error}): give the path of a TOML file."
            ) from error
        return cls.parsed(path.stem, text)

    @classmethod
    def parsed(cls, name: str, text: str) -> HouseStyle:
        """Read a house style from the text of its TOML file; raises StyleError as :meth:`named` does."""
        try:
            table = tomllib.loads(text)
        except (
            ValueError,
            RecursionError,
        ) as error:  # a number of 5,000 digits and tables without end are no TOML either
            raise StyleError(f"The house style {name} is no TOML ({error}): correct the file.") from error
        base = table.get("extends")
        severity = dict(cls.named(str(base)).severity) if base in INSTALLED else {}
        flags = dict(cls.named(str(base)).flags) if base in INSTALLED else {}
        if base is not None and base not in INSTALLED:
            raise StyleError(f"The house style {name} extends {base!r}: it can extend {', '.join(INSTALLED)}.")
        severity |= cast("dict[Verdict, Severity]", _levels(name, table, "severity", _CHECKED))
        flags |= cast("dict[Flag, Severity]", _levels(name, table, "flags", get_args(Flag)))
        missing = [v for v in _CHECKED if v not in severity]
        if missing:
            raise StyleError(f"The house style {name} says nothing on {', '.join(missing)}: add them under [severity].")
        return cls(name, str(table.get("summary", "")), severity, flags)

    def lists(self) -> dict[Severity, list[str]]:
        """List the verdicts and flags by their severity, in the order of the verdicts."""
        levels: dict[Severity, list[str]] = {"error": [], "note": [], "ok": []}
        for name, level in (*self.severity.items(), *self.flags.items()):
            levels[level].append(name)
        return levels

    def judge(self, wording: Wording) -> Severity:
        """Give the severity of a wording: that of its verdict, or of a flag where that is worse.

        Where each altered word sounds like the transcript's (``transcript-may-mishear``), an error is a note: who
        misheard, the outlet or the transcript, cannot be told from the two texts.
        """
        worst: Severity = self.severity.get(wording.verdict, "note")
        for flag in wording.flags:
            level = self.flags.get(flag, "ok")
            worst = level if _RANK[level] > _RANK[worst] else worst
        altered = wording.verdict in {"altered-content", "altered-function"}
        heard = {"number-changed", "negation-changed", "person-shifted"} & set(wording.flags)
        if altered and "transcript-may-mishear" in wording.flags and not heard and worst == "error":
            cut = self.severity.get(wording.marking, "ok") if wording.marking is not None else "ok"
            return "error" if cut == "error" else "note"
        return worst


def _levels(name: str, table: Mapping[str, Any], section: str, known: tuple[str, ...]) -> dict[str, str]:
    given = table.get(section, {})
    if not isinstance(given, dict):
        raise StyleError(
            f"The house style {name} has a [{section}] that is no table: write [{section}] and keys below it."
        )
    for key, level in given.items():
        if key not in known:
            raise StyleError(f"The house style {name} names {key!r} under [{section}], which does not exist.")
        if not isinstance(level, str) or level not in _RANK:
            raise StyleError(f"The house style {name} sets {key} to {level!r}: use ok, note or error.")
    return {str(key): str(level) for key, level in given.items()}
