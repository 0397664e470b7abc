"""What ends a run: the job cannot be done."""


class Unable(Exception):
    """The job cannot be done; the text says why and what mends it. At the command line: exit code 2."""
