"""Which variables hold a secret to the letter? Their values are never shown, nor do they go into a finding's id."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any

from govern.kinds.compose.parts import Table
from govern.kinds.compose.rules import SECRET_LITERAL
from govern.model.document import Document
from govern.model.finding import Finding, found
from govern.model.location import Path
from govern.model.pattern import pattern

_MAYBE = pattern(r"pass|secret|token|key|credential|pwd", re.IGNORECASE)
_WORD = pattern(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_SECRET = pattern(r"(?:PASSWORDS?|PASSWD|PASSPHRASE|SECRET|TOKEN|CREDENTIALS?|APIKEY)\Z")
_PASSWORD = pattern(r"(?:PASSWORD|PASSWD|PASS|PWD)\Z")
_OF_KEY = pattern(
    r"(?:API|PRIVATE|SECRET|ACCESS|ENCRYPTION|SIGNING|MASTER|AUTH|ACCOUNT|JWT|HMAC|SSH|STORAGE|DEPLOY|SESSION|APP)\Z"
)
# What makes a name speak about a secret instead of holding it: PASSWORD_MIN_LENGTH, TOKEN_TTL_SECONDS, SECRET_NAME.
_ABOUT = pattern(
    r"(?:FILES?|PATH|DIR|DIRECTORY|TTL|SECONDS|MINUTES|HOURS|DAYS|MS|EXPIRY|EXPIRES?|EXPIRATION|IN|AT|LIFETIME|LIFESPAN"
    r"|AGE|DURATION|TIMEOUT|INTERVAL|ROTATION|LENGTH|LEN|MIN|MAX|SIZE|COUNT|LIMIT|RATE|ENABLED?|DISABLED?|REQUIRED"
    r"|ALLOW|ALLOWED|POLICY|NAMES?|IDS?|USER|USERNAME|EMAIL|URLS?|URI|ENDPOINT|HOST|PORT|TYPE|KIND|HEADER|ALGORITHM|ALG"
    r"|ISSUER|AUDIENCE|SCOPES?|CLAIMS?|PREFIX|SUFFIX|FIELD|COOKIE|MODE|FORMAT|ENCODING|VERSION|PROVIDER|BACKEND|STORE"
    r"|MANAGER|ENGINE|DRIVER|PLUGIN|REGION|REALM|ARN|REF|METHOD|STRATEGY|ROUNDS|COST|ITERATIONS|STRENGTH|COMPLEXITY"
    r"|ATTEMPTS|RETRIES|HISTORY|RESET|HASH|HASHERS?|VALIDATORS|VALIDATION|ENV|VAR|MESSAGE|PROMPT|HINT)\Z"
)
_SETTING = pattern(r"(?:true|false|yes|no|on|off|none|null|enabled|disabled|\d[\d.,]*[a-z]{0,2})\Z", re.IGNORECASE)
_NUMBER = pattern(r"\d{4,}\Z")
_PATH = pattern(r"(?:~?/|\.\.?/|[A-Za-z]:\\|file:)[^=+]*\Z")
_VARIABLE = pattern(r"(?<!\$)(?:\$\$)*\$(?:\{|[A-Za-z_])")
_PLACEHOLDER = pattern(r"\{\{|<.*>|your[-_ ]|replace[-_ ]?me|(.)\1{2,}\Z|\.\.\.\Z", re.IGNORECASE)
_IN_URL = pattern(r"://[^/\s:@]*:([^/\s@]+)@")


def check(document: Document, tables: list[Table]) -> Iterator[Finding]:
    """Literal secrets in variables of the environment and in build arguments, which the image keeps."""
    for table in tables:
        if table.role not in ("environment", "args"):
            continue
        for step, name, value in _entries(table):
            if _MAYBE.search(name) and names_secret(name) and is_literal(name, value):
                yield _finding(document, (*table.at, step), name, f"{name} holds a literal secret")
            elif isinstance(value, str) and "://" in value and holds_password(value):
                yield _finding(document, (*table.at, step), name, f"{name} holds a URL with a literal password")


@lru_cache(maxsize=4_096)
def names_secret(name: str) -> bool:
    """Does a variable of this name hold a secret, rather than speak about one?

    >>> [names_secret(n) for n in ("DB_PASSWORD", "apiKey", "JWT_SECRET_2", "PASSWORD_FILE", "MAX_TOKENS", "BYPASS")]
    [True, True, True, False, False, False]
    """
    words = [word.upper() for word in _WORD.findall(name)]
    if not words or _ABOUT.match(words[-1]):
        return False
    if words[-1] == "PASS" or (words[-1] == "PWD" and len(words) > 1) or any(map(_SECRET.match, words)):
        return True
    return any(word == "KEY" and _OF_KEY.match(before) for before, word in pairwise(words))


def is_literal(name: str, value: Any) -> bool:
    """Is this the secret itself: no variable, path, placeholder or setting?"""
    if value is None or isinstance(value, (bool, dict, list)):
        return False
    text = str(value).strip()
    if not text or _VARIABLE.search(text) or _PLACEHOLDER.match(text) or _PATH.match(text):
        return False
    if "://" in text:
        return holds_password(text)
    if _SETTING.match(text):
        return bool(_NUMBER.match(text) and _PASSWORD.match(_WORD.findall(name)[-1].upper()))
    return True


def holds_password(text: str) -> bool:
    """Does a URL carry a password to the letter?

    >>> holds_password("postgres://me:x1@db/a"), holds_password("postgres://me:$PW@db/a"), holds_password("http://db:80/")
    (True, False, False)
    """
    match = _IN_URL.search(text)
    return bool(match) and not _VARIABLE.search(match[1]) and not _PLACEHOLDER.match(match[1]) if match else False


def _entries(table: Table) -> Iterator[tuple[str | int, str, Any]]:
    if isinstance(table.entries, dict):
        for name, value in table.entries.items():
            yield name, name, value
        return
    for index, item in enumerate(table.entries):
        if isinstance(item, str):
            name, _, value = item.partition("=")
            yield index, name.strip(), value


def _finding(document: Document, at: Path, name: str, message: str) -> Finding:
    hint = f"write ${{{_variable(name)}}} and set it outside, or hand it in as a secret"
    return found(SECRET_LITERAL, document.path, message, span=document.span(at), at=at, hint=hint, about=name)._replace(
        secret=True
    )


def _variable(name: str) -> str:
    return re.sub(r"\W+", "_", name, flags=re.ASCII).upper()
