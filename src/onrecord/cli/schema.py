"""``onrecord schema``: the JSON Schema of what the other commands write."""

from __future__ import annotations

import click
import msgspec


@click.command("schema")
def command() -> None:
    """Print the JSON Schema (draft 2020-12) of the records that annotate, compare and check write."""
    from onrecord.publishers import records

    click.echo(msgspec.json.format(msgspec.json.encode(records.schema()), indent=2))
