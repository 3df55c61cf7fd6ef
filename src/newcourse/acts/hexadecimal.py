"""Bytes in requests: hexadecimal digits in lower case, so that the same bytes are always the same text."""


def bytes_from_hex(text: object) -> bytes | None:
    r"""Return the bytes, or nothing where the text is not their one way of being written.

    Examples
    --------
    >>> bytes_from_hex("0aff"), bytes_from_hex("0AFF"), bytes_from_hex("0a f"), bytes_from_hex(7)
    (b'\n\xff', None, None, None)
    """
    if not isinstance(text, str):
        return None
    try:
        value = bytes.fromhex(text)
    except ValueError:
        return None
    return value if value.hex() == text else None
