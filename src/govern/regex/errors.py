"""Why a pattern, or a question about one, gets no answer."""


class NotRegular(Exception):
    """A pattern whose strings no finite automaton tells apart, or one that engines read in different ways."""


class Malformed(Exception):
    """Not a regular expression of ECMA-262, under the `u` flag or without it."""


class TooLarge(Exception):
    """A counted bound was passed before there was an answer. The text names the bound."""
