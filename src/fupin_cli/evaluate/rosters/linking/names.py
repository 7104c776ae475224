"""Names of people as numbers."""

import numpy as np
import pyarrow as pa

from fupin_cli.evaluate.rosters.linking.columns import Ints, filled
from fupin_cli.model.text import fold


def folded(names: pa.ChunkedArray) -> Ints:
    """A number for each name, -1 for none: a blank inside a name makes nobody else of whom it names."""
    encoded = names.combine_chunks().dictionary_encode()
    known: dict[str, int] = {"": -1}
    numbers = [known.setdefault(fold(text), len(known)) for text in encoded.dictionary.to_pylist()]
    positions = filled(encoded.indices)
    return np.append(np.array(numbers, np.int64), -1)[positions]
