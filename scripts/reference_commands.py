"""The page of the reference that tells of the commands, out of their parsers."""

import argparse
from collections.abc import Iterator
from typing import Final

import bordermap
from scripts.reference_cells import cell, code, table

COMMANDS: Final = """
# Commands

What `bordermap COMMAND --help` says, all on one page. A command ends with 0 when it is done, with 1 when what it was
given has faults, and with 2 when it was asked for wrongly.

{index}
"""


def commands() -> str:
    """Write every command with all that it can be told."""
    parser = bordermap._parser()  # noqa: SLF001 - the page tells of it
    (verbs,) = _subcommands(parser)
    index = table(
        ["command", "what it is for"],
        [[f"[{name}](#{name})", cell(told)] for name, told in _helps(verbs).items()],
    )
    parts = [COMMANDS.format(index=index)]
    for name, command in verbs.choices.items():
        parts += _command(f"bordermap {name}", command, "##")
    return "\n\n".join(parts)


def _subcommands(parser: argparse.ArgumentParser) -> list[argparse._SubParsersAction]:
    return [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]  # noqa: SLF001 - argparse tells it nowhere else


def _helps(verbs: argparse._SubParsersAction) -> dict[str, str]:
    return {action.dest: action.help or "" for action in verbs._choices_actions}  # noqa: SLF001 - argparse tells it nowhere else


def _command(words: str, command: argparse.ArgumentParser, level: str) -> Iterator[str]:
    actions = [
        action
        for action in command._actions  # noqa: SLF001 - argparse tells it nowhere else
        if not isinstance(action, (argparse._HelpAction, argparse._SubParsersAction))  # noqa: SLF001 - argparse tells it nowhere else
    ]
    yield f"{level} {words.removeprefix('bordermap ')}"
    verbs = _subcommands(command)
    needed = [_needed(action) for action in actions if action.required]
    more = ["[OPTIONS]"] if len(needed) < len(actions) else []
    yield f"```txt\n{' '.join([words, *needed, *(['VERB'] if verbs else []), *more])}\n```"
    yield cell(command.description or "")
    if actions:
        yield table(["choice", "what it says"], [_row(command, action) for action in actions])
    for group in command._action_groups:  # noqa: SLF001 - argparse tells it nowhere else
        if group.description:
            named = ", ".join(
                code(action.option_strings[0])
                for action in group._group_actions  # noqa: SLF001 - argparse tells it nowhere else
                if action.option_strings
            )
            yield f"{named}: {cell(group.description)}"
    if command.epilog:
        yield cell(command.epilog)
    for verb in verbs:
        for name, inner in verb.choices.items():
            yield from _command(f"{words} {name}", inner, f"{level}#")


def _needed(action: argparse.Action) -> str:
    value = _value(action)
    return f"{action.option_strings[0]} {value}".strip() if action.option_strings else value


def _value(action: argparse.Action) -> str:
    """Say what stands for an action's value, "" where it takes none."""
    if action.nargs == 0:
        return ""
    if action.metavar is None and action.choices:
        return "|".join(map(str, action.choices))
    value = str(action.metavar or action.dest.upper())
    if action.nargs in {"+", "*"}:
        return f"{value}..."
    return f"[{value}]" if action.nargs == "?" else value


def _row(command: argparse.ArgumentParser, action: argparse.Action) -> list[str]:
    formatter = argparse.HelpFormatter(command.prog)
    told = formatter._expand_help(action) if action.help else ""  # noqa: SLF001 - argparse tells it nowhere else
    names = ", ".join(map(code, action.option_strings))
    value = _value(action).replace("|", "\\|")
    return [f"{names} {code(value)}".strip(), cell(told)]
