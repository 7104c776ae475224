"""Every pack that we ship is sound, and everything that it promises is proved."""

import pytest

from fupin_cli.pipelines.proving import check_pack
from fupin_cli.rules.locate import shelf

SHELF = shelf()


@pytest.mark.parametrize("name", SHELF.names())
def test_a_shipped_pack_is_sound_and_its_promises_hold(name: str) -> None:
    pack = check_pack(SHELF.find(name), SHELF, prove=True)
    assert not pack.mistakes
    assert [(one.kind, one.place, dict(one.facts)) for one in pack.all_findings] == []
    assert pack.proofs is not None
    assert sum(proofs.given_up for proofs in pack.proofs) == 0
    assert any(proofs.properties for proofs in pack.proofs)
