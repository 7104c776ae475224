"""Windows clerks are most of the users: nothing POSIX-only is imported unguarded, and missing limits are said."""

import pkgutil
import subprocess
import sys
from pathlib import Path

import fupin_cli

ROOT = Path(__file__).resolve().parents[1]
POSIX_ONLY = ("resource", "fcntl", "pwd", "grp", "termios", "tty", "pty", "posix", "syslog")


def test_every_module_imports_where_the_posix_modules_are_missing() -> None:
    modules = [m.name for m in pkgutil.walk_packages(fupin_cli.__path__, "fupin_cli.") if not m.name.endswith("__main__")]
    assert len(modules) > 50
    # posix itself is part of this interpreter; the others are what somebody might import by name.
    code = (
        "import sys, importlib\n"
        f"for name in {[name for name in POSIX_ONLY if name != 'posix']!r}: sys.modules[name] = None\n"
        f"for name in {modules!r}: importlib.import_module(name)\n"
        "from fupin_cli.load.cells import child\n"
        "assert child.LIMITS_MEMORY is False\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr.decode()


def test_a_missing_memory_limit_is_said_once_and_not_with_quiet() -> None:
    sample = ROOT / "samples" / "households.csv"
    for quiet, times in (([], 1), (["--quiet"], 0)):
        code = (
            "import sys\n"
            "from fupin_cli.load.cells import child\n"
            "child.LIMITS_MEMORY = False\n"
            "from fupin_cli.cli.main import main\n"
            f"sys.exit(main(['check-exit', {str(sample)!r}, *{quiet!r}]))\n"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, timeout=120)
        assert done.returncode == 1
        assert done.stderr.decode("utf-8").count("不能限制读取进程的内存") == times
