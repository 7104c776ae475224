"""Where a pack is found: the same name means the same pack, wherever one stands."""

from pathlib import Path

import pytest
from small_pack import FILES, HEAD, write

from fupin_cli.errors import UsageRefused
from fupin_cli.rules import locate as module
from fupin_cli.rules.locate import CHECKOUT, locate, shelf
from fupin_cli.rules.packs import load_pack


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FUPIN_RULES", raising=False)


def named(folder: Path, name: str, title: str) -> Path:
    return write(folder, {"pack.yaml": HEAD.replace("pack: mini", f"pack: {name}").replace("小", title)}, name)


def test_a_name_is_found_in_the_checkout(tmp_path: Path) -> None:
    assert locate(None, "national-2016")[0] == CHECKOUT / "national-2016"
    assert locate("national-2016", "something-else")[0] == CHECKOUT / "national-2016"


def test_the_working_directory_is_never_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named(tmp_path, "national-2016", "假")
    named(tmp_path / "rules", "national-2016", "假")
    named(tmp_path / "rules", "mini", "小")
    for place in (tmp_path, tmp_path / "rules"):
        monkeypatch.chdir(place)
        assert locate(None, "national-2016")[0] == CHECKOUT / "national-2016"
        with pytest.raises(UsageRefused):
            locate("mini", "mini")


def test_fupin_rules_goes_before_the_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = named(tmp_path, "national-2016", "改")
    monkeypatch.setenv("FUPIN_RULES", str(tmp_path))
    assert locate(None, "national-2016")[0] == folder


def test_an_empty_fupin_rules_is_no_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FUPIN_RULES", "")
    assert locate(None, "national-2016")[0] == CHECKOUT / "national-2016"


def test_what_fupin_rules_does_not_have_is_found_in_the_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named(tmp_path, "mini", "小")
    monkeypatch.setenv("FUPIN_RULES", str(tmp_path))
    assert locate(None, "national-2016")[0] == CHECKOUT / "national-2016"
    assert locate("mini", "national-2016")[0] == tmp_path / "mini"


def test_the_directory_given_goes_before_fupin_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given, environment = tmp_path / "given", tmp_path / "environment"
    folder = named(given, "national-2016", "给")
    named(environment, "national-2016", "境")
    monkeypatch.setenv("FUPIN_RULES", str(environment))
    assert locate(str(given), "national-2016")[0] == folder


def test_a_directory_of_one_pack_is_that_pack_whatever_the_default(tmp_path: Path) -> None:
    folder = write(tmp_path, FILES)
    found, _ = locate(str(folder), "national-2016")
    assert found.resolve() == folder.resolve()


def test_packs_beside_the_directory_given_can_be_extended(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    folder = write(tmp_path, {"pack.yaml": HEAD.replace("pack: mini", "pack: child") + "extends: mini\n"}, "child")
    loaded = load_pack(*locate(str(folder), "national-2016"))
    assert list(loaded.standards) == ["exit"]


def test_a_pack_anywhere_can_extend_one_of_the_checkout(tmp_path: Path) -> None:
    folder = write(tmp_path, {"pack.yaml": HEAD.replace("pack: mini", "pack: child") + "extends: national-2016\n"}, "child")
    loaded = load_pack(*locate(str(folder), "national-2016"))
    assert {"household-exit", "exit-procedure"} <= set(loaded.standards)


@pytest.mark.parametrize("written", ["./packs", "packs/", "packs/mini", "./packs/mini"])
def test_a_text_with_a_separator_is_a_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    folder = write(tmp_path / "packs", FILES)
    monkeypatch.chdir(tmp_path)
    assert locate(written, "mini")[0].resolve() == folder.resolve()


def test_a_pack_in_the_directory_where_one_stands_can_be_given_as_a_dot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write(tmp_path, FILES)
    monkeypatch.chdir(folder)
    loaded = load_pack(*locate("./", "national-2016"))
    assert loaded.pack.name == "mini"


def test_a_missing_directory_is_refused_with_its_path(tmp_path: Path) -> None:
    path = str(tmp_path / "none")
    with pytest.raises(UsageRefused) as caught:
        locate(path, "national-2016")
    assert (caught.value.code, caught.value.facts) == ("rules-directory-missing", {"path": path})


def test_an_unknown_name_is_refused_with_the_nearest_and_all_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named(tmp_path, "mini", "小")
    monkeypatch.setenv("FUPIN_RULES", str(tmp_path))
    with pytest.raises(UsageRefused) as caught:
        locate("national-2015", "national-2016")
    assert (caught.value.code, caught.value.facts["nearest"]) == ("pack-unknown", "national-2016")
    assert set(str(caught.value.facts["known"]).split(", ")) == {
        "mini",
        *(head.parent.name for head in CHECKOUT.glob("*/pack.yaml")),
    }


def test_a_wheel_finds_the_packs_that_it_carries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = named(tmp_path / "packs", "national-2016", "轮")
    monkeypatch.setattr(module, "CHECKOUT", tmp_path / "no-checkout")
    monkeypatch.setattr(module, "PACKAGED", tmp_path / "packs")
    assert locate(None, "national-2016")[0] == folder


def test_a_folder_without_a_head_is_no_pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "national-2016").mkdir()
    monkeypatch.setenv("FUPIN_RULES", str(tmp_path))
    assert locate(None, "national-2016")[0] == CHECKOUT / "national-2016"
    assert "mini" not in shelf().names()
