"""Where a form leads back to: addresses of this site and no other (no open redirect)."""

from urllib.parse import parse_qsl, urlencode, urlsplit


def own_path(address: str) -> str:
    """Return an address where it is one of this site, and nothing where it is not.

    >>> own_path("/votes/V1?x=1"), own_path("https://elsewhere.example/"), own_path("//elsewhere.example")
    ('/votes/V1?x=1', '', '')
    """
    parts = urlsplit(address) if address.isprintable() and "\\" not in address else urlsplit("")
    ours = address.startswith("/") and not address.startswith("//") and not (parts.scheme or parts.netloc)
    if not ours:
        return ""
    query = [(name, text) for name, text in parse_qsl(parts.query, keep_blank_values=True) if name != "done"]
    return parts.path + (f"?{urlencode(query)}" if query else "") + (f"#{parts.fragment}" if parts.fragment else "")
