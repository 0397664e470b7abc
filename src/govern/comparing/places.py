"""Where does a JSON pointer lead in a document?"""

from typing import Any

from govern.model.location import Path, steps


def address_of(value: Any, pointer: str) -> Path:
    """The address that a JSON pointer means in a value; where it leads nowhere, that of the last thing on the way."""
    result: list[str | int] = []
    for name in steps(pointer):
        if isinstance(value, list) and name.isdecimal() and int(name) < len(value):
            result.append(int(name))
            value = value[int(name)]
        elif isinstance(value, dict) and name in value:
            result.append(name)
            value = value[name]
        else:
            break
    return tuple(result)
