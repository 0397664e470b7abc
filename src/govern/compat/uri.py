"""Where a reference leads: URI references as JSON Schema writes them."""

from urllib.parse import urljoin


def joined(base: str, reference: str) -> str:
    """A reference as an absolute URI (RFC 3986 §5.2); URNs, too, keep what stands before their fragment.

    >>> joined("file:///a/b.json", "../c.json#/d"), joined("urn:a:b", "#d")
    ('file:///c.json#/d', 'urn:a:b#d')
    """
    if reference.startswith("#") or not reference:
        return base.partition("#")[0] + reference
    try:
        return urljoin(base, reference)
    except ValueError:  # such as "http://[": no URI, so it leads nowhere
        return reference
