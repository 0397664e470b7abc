"""What do the values in a Compose file have in common? Texts that are interpolated, and short beside long forms."""

import re
from typing import Annotated, Any, Self, TypeAlias

from pydantic import Field, SerializeAsAny, ValidatorFunctionWrapHandler, WrapValidator, model_validator

from govern.models.values import Integer, Maybe, Number, Open, Unique


class Extensible(Open):
    """An object that may have further keys, if they start with `x-`; `model_extra` holds them."""

    @model_validator(mode="after")
    def _further_keys_are_extensions(self) -> Self:
        unknown = [key for key in self.model_extra or () if not key.startswith("x-")]
        if unknown:
            raise ValueError(f"no such key: {', '.join(unknown)}; extensions start with x-")
        return self


def under(keys: str) -> WrapValidator:
    """Holds a map to its type only under the keys that match; under any other key a value may be anything."""
    match = re.compile(keys).fullmatch

    def judge(value: Any, judged: ValidatorFunctionWrapHandler) -> Any:
        if not isinstance(value, dict):
            return judged(value)
        typed = judged({key: below for key, below in value.items() if not isinstance(key, str) or match(key)})
        return {key: typed.get(key, below) for key, below in value.items()}

    return WrapValidator(judge)


# A text with $VAR or ${VAR} in it; what it will be, only Compose knows.
Interpolated: TypeAlias = Annotated[
    str, Field(pattern=r"^([^$]|\$\$)*\$([A-Za-z_]|\{[A-Za-z_][A-Za-z0-9_]*(:?[-?+][^}]*)?\})")
]
# Numbers with units ns, us, ms, s, m, h, d or w; only 0 needs none.
PlainDuration: TypeAlias = Annotated[
    str, Field(pattern=r"^[-+]?(0|(([0-9]+(\.[0-9]*)?|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h|d|w))+)$")
]
Duration: TypeAlias = PlainDuration | Interpolated

# Where a flag, a size or a number may be a text, Compose judges it, after interpolation.
Flag: TypeAlias = bool | str
Size: TypeAlias = Integer | str  # bytes, or a text with a unit

Name: TypeAlias = Annotated[str, Field(pattern=r"^[a-zA-Z0-9._-]+$")]
Key: TypeAlias = Annotated[str, Field(pattern=".")]

Text: TypeAlias = Annotated[str, Field(pattern="^.+$")]
Strings: TypeAlias = Unique[str]
Command: TypeAlias = str | list[str] | None  # null keeps the image's own
Variables: TypeAlias = Strings | dict[Key, str | Number | bool | None]  # KEY=VALUE, or a map from keys to values
ExtraHosts: TypeAlias = Strings | dict[Key, str | list[str]]  # HOST=IP, or a map from hosts to addresses
DriverOptions: TypeAlias = Annotated[SerializeAsAny[dict[str, str | Number]], under(".+")]
DriverStrings: TypeAlias = dict[Text, str]


class Ulimit(Extensible):
    """The soft and the hard limit on a resource of a process."""

    soft: Integer | str
    hard: Integer | str


Ulimits: TypeAlias = Annotated[SerializeAsAny[dict[str, Integer | str | Ulimit]], under("[a-z]+")]


class Grant(Extensible):
    """A config or secret that may be read, with details."""

    source: Maybe[str] = None
    target: Maybe[str] = None
    uid: Maybe[str] = None
    gid: Maybe[str] = None
    mode: Maybe[Number | str] = None


Grants: TypeAlias = list[str | Grant]
