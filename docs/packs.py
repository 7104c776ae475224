"""Write again what is made from the packs and the models of their files: docs/packs, and the JSON Schemas in rules/schemas."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from fupin_cli.report.markdown import table
from fupin_cli.report.packs.markdown import as_markdown
from fupin_cli.report.packs.whole import pack_page
from fupin_cli.rules.lineage import Lineage, lineage
from fupin_cli.rules.locate import CHECKOUT, Shelf
from fupin_cli.rules.packs import load_pack
from fupin_cli.rules.schemas import KINDS, schema_of

ROOT = Path(__file__).resolve().parents[1]
PAGES, SCHEMAS = ROOT / "docs/packs", ROOT / "rules/schemas"
_INTRODUCTION = """# 规则包

每个规则包是一份文件的标准，写成数据。每一页由 `fupin rules show` 的同一段程序写成（`make packs`），测试核对它与规则包一致：
引用的文件，参数历年的数值和依据，检查项的要求、条款和引文，怎样得出结论，哪些照用别的规则包、哪些改写。

"""


def schemas() -> Iterator[tuple[Path, str]]:
    """The schema of each kind of file."""
    for kind in KINDS:
        yield SCHEMAS / f"{kind}.schema.json", json.dumps(schema_of(kind), ensure_ascii=False, indent=1) + "\n"


def pages() -> Iterator[tuple[Path, str]]:
    """The page of each pack, and the index."""
    shelf = Shelf((CHECKOUT,))
    packs = {name: lineage(load_pack(shelf.find(name), shelf)) for name in shelf.names()}
    for name, kin in packs.items():
        text = "".join(as_markdown(pack_page(kin, "zh", links=True)))
        yield PAGES / f"{name}.md", re.sub(r"见 ([a-z0-9-]+)\.md", r"见 [\1](\1.md)", text)
    rows = [_indexed(kin) for kin in packs.values()]
    text = "".join(table(["名称", "有效期", "标准", "照用"], rows))
    for name in packs:
        text = text.replace(f"{{{name}}}", f"[{name}]({name}.md)")
    yield PAGES / "README.md", _INTRODUCTION + text


def _indexed(kin: Lineage) -> list[str]:
    head = kin.loaded.pack.head
    own = [standard.title.zh for name, standard in kin.loaded.pack.standards.items() if not kin.is_untouched(name)]
    above = f"{{{head.extends}}}" if head.extends is not None else ""
    return [f"{head.title.zh} {{{head.pack}}}", f"{head.effective.start} 至 {head.effective.end or ''}", "、".join(own), above]


if __name__ == "__main__":
    for path, text in (*schemas(), *pages()):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
