"""The synthetic tendencies sign what the record says of itself, so that whoever keeps it cannot undo it unseen."""

from newcourse.cli.demo.play import Play
from newcourse.record.checkpoint import Note, public_key_of, sign

_KEY = 32


def witness(play: Play) -> None:
    """Have the record signed, and countersigned by every tendency with a key of its own."""
    record = play.federation.record
    signed = record.checkpoint(play.now)
    for tendency in play.federation.state.tendencies.values():
        key = play.chance.bytes(_KEY)
        name = tendency.name.replace(" ", "-")
        line = sign(name, key, Note.from_text(signed.note).text)
        record.countersign(signed.note, name, public_key_of(key), line.signature)
