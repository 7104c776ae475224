"""The package as others get it: the wheel carries the law, and packs are found in a checkout, an editable install and a wheel."""

import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
_SCRIPTS = "Scripts" if os.name == "nt" else "bin"
WHERE = "from fupin_cli.rules.locate import shelf; print(shelf().find('national-2016'))"


def plain_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("FUPIN_", "PYTHONPATH"))}


def python(executable: Path | str, *arguments: str, cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(executable), *arguments],
        cwd=cwd,
        env={**plain_environment(), **more},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built by the project's own back end from what git would ship."""
    source, folder = tmp_path_factory.mktemp("source") / "fupin", tmp_path_factory.mktemp("wheel")
    wanted = shutil.ignore_patterns("__pycache__", "*.pyc")
    for name in ("src", "rules"):
        shutil.copytree(ROOT / name, source / name, ignore=wanted)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source / name)
    code = f"import hatchling.build as b; print(b.build_wheel({str(folder)!r}))"
    done = python(sys.executable, "-c", code, cwd=source)
    assert done.returncode == 0, done.stderr
    return folder / done.stdout.strip().splitlines()[-1]


@pytest.fixture(scope="module")
def empty_environment(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Path:
    """A virtual environment with the wheel and nothing of the checkout; the libraries are those of this environment."""
    folder = tmp_path_factory.mktemp("venv")
    venv.create(folder, with_pip=False, symlinks=os.name == "posix")
    interpreter = folder / _SCRIPTS / "python"
    purelib = python(interpreter, "-c", "import sysconfig; print(sysconfig.get_paths()['purelib'])", cwd=folder).stdout.strip()
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(purelib)
    libraries = [path for path in sys.path if path.endswith("site-packages")]
    # A .pth file adds this environment's libraries but runs none of its own .pth files: its editable fupin stays unseen.
    (Path(purelib) / "libraries.pth").write_text("\n".join(libraries), encoding="utf-8")
    return interpreter


def test_checkout_uses_the_rules_beside_the_code(tmp_path: Path) -> None:
    done = python(sys.executable, "-c", WHERE, cwd=tmp_path, PYTHONPATH=str(ROOT / "src"))
    assert Path(done.stdout.strip()) == ROOT / "rules" / "national-2016"


def test_editable_install_uses_the_rules_of_its_checkout(tmp_path: Path) -> None:
    done = python(sys.executable, "-c", WHERE, cwd=tmp_path)
    assert Path(done.stdout.strip()) == ROOT / "rules" / "national-2016", done.stderr


def test_wheel_carries_exactly_the_rules_of_the_checkout(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {n.removeprefix("fupin_cli/packs/") for n in archive.namelist() if n.startswith("fupin_cli/packs/")}
        assert names == {path.relative_to(ROOT / "rules").as_posix() for path in (ROOT / "rules").rglob("*") if path.is_file()}
        assert {
            f"fupin_cli/report/{name}-1.schema.json"
            for name in (
                "result",
                "reconcile",
                "summary",
                "comparison",
                "sweep",
                "explanation",
                "coverage",
                "roster-coverage",
                "verification",
                "manifest",
                "replay",
            )
        } <= set(archive.namelist())
        templates = (ROOT / "src" / "fupin_cli" / "report" / "html" / "templates").iterdir()
        assert {f"fupin_cli/report/html/templates/{path.name}" for path in templates} <= set(archive.namelist())
        assert "fupin_cli/py.typed" in archive.namelist()


def test_wheel_in_an_empty_environment_uses_its_packaged_rules_and_judges(empty_environment: Path, tmp_path: Path) -> None:
    where = python(empty_environment, "-c", WHERE, cwd=tmp_path)
    assert where.returncode == 0, where.stderr
    found = Path(where.stdout.strip())
    assert found.parts[-3:] == ("fupin_cli", "packs", "national-2016")
    assert ROOT not in found.parents
    sample = ROOT / "samples" / "households.xlsx"
    done = python(empty_environment, "-m", "fupin_cli", "check-exit", str(sample), cwd=tmp_path, PYTHONIOENCODING="utf-8")
    assert done.returncode == 1, done.stderr
    assert "national-2016" in done.stdout


def test_the_working_directory_never_gives_the_rules(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "rules" / "national-2016", tmp_path / "rules" / "national-2016")
    shutil.copytree(ROOT / "rules" / "national-2016", tmp_path / "national-2016")
    done = python(sys.executable, "-c", WHERE, cwd=tmp_path)
    assert Path(done.stdout.strip()) == ROOT / "rules" / "national-2016"


def test_locks_name_no_index_and_carry_a_hash_for_every_release() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert "--index" not in text
        releases = [block for block in text.replace("\\\n", " ").splitlines() if "==" in block]
        assert releases
        assert all("--hash=sha256:" in block for block in releases)
