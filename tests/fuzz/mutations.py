"""Ways to spoil any file: its bytes, whatever they mean."""

import random
import re
import struct
from collections.abc import Callable

Mutate = Callable[[bytes, random.Random], bytes]

NUMBERS = (
    b"0", b"1", b"-1", b"00", b"2", b"255", b"256", b"16384", b"16385", b"65535", b"65536", b"1048576", b"1048577", b"2147483647",
    b"2147483648", b"4294967295", b"4294967296", b"9223372036854775807", b"9223372036854775808", b"18446744073709551616",
    b"1e400", b"1e-400", b"-0", b"0.1", b"1e5", b"NaN", b"inf", b"-2958466", b"2958466", b"60", b"59.9999999999", b"1_000",
    b"9" * 400, "１２".encode(), "٣".encode(), b"",
)  # fmt: skip
_BYTES = (0, 1, 9, 10, 13, 26, 31, 32, 34, 38, 39, 44, 60, 62, 63, 64, 127, 128, 192, 224, 237, 240, 254, 255)
_SIZES = (0, 1, 2, 3, 4, 7, 8, 15, 16, 31, 32, 63, 64, 127, 128, 255, 256, 511, 512, 4095, 4096)
WORDS = (
    0,
    1,
    2,
    0x7F,
    0x80,
    0xFF,
    0x100,
    0x1FF,
    0x200,
    0x7FFF,
    0x8000,
    0xFFFF,
    0x10000,
    0x7FFFFFFF,
    0x80000000,
    0xFFFFFFFE,
    0xFFFFFFFF,
)
_DIGITS = re.compile(rb"\d+")
#: Larger than this no mutation makes a file: the oracle's limits are for small files.
MAX_SIZE = 4 << 20


def few(chance: random.Random) -> int:
    """How many spoilings: mostly one or two."""
    return 1 + min(int(chance.expovariate(1.2)), 12)


def spoil_bytes(data: bytes, chance: random.Random) -> bytes:
    """Any bytes: flipped, cut, doubled, moved, overwritten with what readers stumble over."""
    spoilt = bytearray(data)
    for _ in range(few(chance)):
        _spoil_once(spoilt, chance)
    return bytes(spoilt[:MAX_SIZE])


def _spoil_once(data: bytearray, chance: random.Random) -> None:  # noqa: C901  # one case for each way
    at = chance.randrange(len(data) + 1)
    size = chance.choice(_SIZES)
    match chance.randrange(11):
        case 0 if data:
            data[at % len(data)] ^= 1 << chance.randrange(8)
        case 1 if data:
            data[at % len(data)] = chance.choice(_BYTES)
        case 2:
            del data[at : at + size]
        case 3:
            data[at:at] = data[at : at + size] * chance.choice((1, 1, 2, 50))
        case 4:
            data[at:at] = chance.randbytes(size)
        case 5:
            other = chance.randrange(len(data) + 1)
            data[at : at + size] = data[other : other + size]
        case 6:
            del data[at:]
        case 7:
            packed = struct.pack(chance.choice(("<H", "<I", ">I", "<Q")), chance.choice(WORDS[:12]))
            data[at : at + len(packed)] = packed
        case 8:
            packed = struct.pack("<I", chance.choice(WORDS))
            # Fields of binary formats stand at even places.
            data[at & ~1 : (at & ~1) + 4] = packed
        case 9 if numbers := list(_DIGITS.finditer(data)):
            found = chance.choice(numbers)
            data[found.start() : found.end()] = chance.choice(NUMBERS)
        case _:
            data[at:at] = bytes([chance.choice(_BYTES)]) * chance.choice((1, 1, 2, 300))
