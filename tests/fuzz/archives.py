"""Ways to spoil a zip: the fields of its headers, or the XML in it, so that not everything dies at the first look."""

import io
import random
import re
import struct
import zipfile

from grammars import spoil_markup
from mutations import MAX_SIZE, WORDS, few, spoil_bytes


def spoil_parts(data: bytes, chance: random.Random) -> bytes:
    """The XML inside a zip: one part or two are spoilt, and the zip is written anew, sound."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {info.filename: archive.read(info) for info in archive.infolist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return spoil_bytes(data, chance)
    for _ in range(chance.choice((1, 1, 1, 1, 1, 2))):
        # Sheets and strings are where the readers are; the other parts are short.
        names = (
            [name for name in parts if "sheet" in name.lower() or "strings" in name.lower()]
            if chance.random() < 0.7
            else list(parts)
        )
        name = chance.choice(names or list(parts) or ["x"])
        match chance.randrange(20):
            case 0:
                parts.pop(name, None)
            case 1:
                parts[chance.choice((name.upper(), "xl/" + name, name + "/", name.replace("/", "\\")))] = parts.pop(name, b"")
            case 2:
                parts[name] = parts[chance.choice(list(parts))]
            case _:
                parts[name] = spoil_markup(parts.get(name, b""), chance)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()[:MAX_SIZE]


_SIGNATURES = (b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x06", b"PK\x07\x08")
_LENGTHS = {b"PK\x03\x04": 30, b"PK\x01\x02": 46, b"PK\x05\x06": 22}


def spoil_zip(data: bytes, chance: random.Random) -> bytes:
    """A zip: fields of its headers, and whatever else bytes can be."""
    spoilt = bytearray(data)
    for _ in range(few(chance)):
        signature = chance.choice(_SIGNATURES[:3])
        places = [found.start() for found in re.finditer(re.escape(signature), spoilt)]
        if not places:
            break
        field = chance.choice(places) + chance.randrange(4, _LENGTHS[signature])
        size = chance.choice((1, 2, 4))
        spoilt[field : field + size] = struct.pack("<I", chance.choice(WORDS))[:size]
    return bytes(spoilt) if chance.random() < 0.6 else spoil_bytes(bytes(spoilt), chance)
