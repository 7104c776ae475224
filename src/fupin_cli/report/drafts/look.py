"""How a draft looks: an A4 page as official papers have it, typefaces with what may stand for them, styles, numbers."""

from functools import cache

from docx.document import Document as Book
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from fupin_cli.messages import Lang

#: Typefaces of official papers: of titles, headings, subheadings and text; Latin letters and digits stand in their own.
_TITLE, _HEAD, _SECOND, _TEXT, _LATIN = "方正小标宋简体", "黑体", "楷体", "仿宋", "Times New Roman"
#: Typeface → what stands for it where it is lacking.
_OTHERS = {
    _TITLE: "小标宋,宋体,SimSun,Noto Serif CJK SC", _HEAD: "SimHei,Noto Sans CJK SC", _SECOND: "KaiTi,楷体_GB2312,AR PL UKai CN",
    _TEXT: "FangSong,仿宋_GB2312,Noto Serif CJK SC", _LATIN: "Liberation Serif",
}  # fmt: skip
#: Of Chinese papers, too, Latin words and numbers are not Chinese: they are broken between words only.
_LANG = '<w:lang w:val="en-US" w:eastAsia="zh-CN"/>'
#: Margins of an official paper: top, right, bottom, left, in millimetres.
_MARGINS = (37, 26, 35, 28)
#: The width between the margins, in twentieths of a point.
TEXT_WIDTH = int(Mm(210 - _MARGINS[1] - _MARGINS[3]).twips)
_BOX = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="4" w:color="000000"/>' for side in ("top", "left", "bottom", "right"))
_LINE = {
    "zh": '<w:spacing w:line="560" w:lineRule="exact"/>',
    "en": '<w:spacing w:after="80" w:line="300" w:lineRule="atLeast"/>',
}
_INDENT = {"zh": '<w:ind w:firstLineChars="200" w:firstLine="640"/>', "en": '<w:ind w:firstLine="0"/>'}
_TIGHT = '<w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/>'
#: Half points of text, headings, titles, tables.
_SIZES = {"zh": {"text": 32, "title": 44, "table": 21, "note": 24}, "en": {"text": 24, "title": 36, "table": 19, "note": 20}}
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
#: Styles that Word knows by name, and the one that all are based on.
_OF_WORD = {"Normal", "Body Text", "Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "Header", "Footer"}
_FIRST = "Normal"
FONTS = (
    f"{_XML}<w:fonts {nsdecls('w')}>"
    + "".join(f'<w:font w:name="{name}"><w:altName w:val="{others}"/></w:font>' for name, others in _OTHERS.items())
    + "</w:fonts>"
).encode()


def dress(book: Book) -> None:
    """Give a new document its page, and say whose languages it is in."""
    section = book.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = map(Mm, _MARGINS)
    theme = book.settings.element.find(qn("w:themeFontLang"))
    if theme is not None:
        theme.set(qn("w:val"), "en-US")
        theme.set(qn("w:eastAsia"), "zh-CN")


@cache
def styles(lang: Lang) -> bytes:
    """Every style of a draft, and no other: those that python-docx brings along are blue and in another typeface."""
    found = "".join(_style(name, kind, marks) for name, (kind, marks) in _styles(lang).items())
    default = f"<w:rPrDefault><w:rPr>{_fonts(_TEXT)}{_LANG}</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr/></w:pPrDefault>"
    others = (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/></w:style>'
    )
    return f"{_XML}<w:styles {nsdecls('w')}><w:docDefaults>{default}</w:docDefaults>{found}{others}</w:styles>".encode()


def _styles(lang: Lang) -> dict[str, tuple[tuple[str, int, bool], str]]:
    """Style → its typeface, size and weight, and the marks of its paragraphs."""
    size, line, indent = _SIZES[lang], _LINE[lang], _INDENT[lang]
    wide = '<w:spacing w:before="240" w:after="240" w:line="640" w:lineRule="atLeast"/>'
    title, text, table = (_TITLE, size["title"], lang == "en"), (_TEXT, size["text"], False), (_TEXT, size["table"], False)
    head, second, note = (
        (_HEAD, size["text"], lang == "en"),
        (_SECOND, size["text"], lang == "en"),
        (_SECOND, size["note"], False),
    )
    middle, right = (f'<w:jc w:val="{where}"/>' for where in ("center", "right"))
    keep, told = "<w:keepNext/><w:keepLines/>", '<w:outlineLvl w:val="{}"/>'.format
    numbered = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="900"/></w:numPr>'.format
    boxed = f"<w:pBdr>{_BOX}</w:pBdr>"
    return {
        "Normal": (text, line),
        "Body Text": (text, line + indent),
        # What leads to a table stands on its page.
        "Lead Text": (text, "<w:keepNext/>" + line + indent),
        "Title": (title, keep + wide + middle),
        "Subtitle": ((_SECOND, size["text"], False), keep + line + middle),
        "Heading 1": (title, f"{keep}<w:pageBreakBefore/>{numbered(0)}{wide}{middle}{told(0)}"),
        "Heading 2": (head, keep + numbered(1) + line + indent + told(1)),
        "Heading 3": (second, keep + numbered(2) + line + indent + told(2)),
        "Notice Heading": (title, f"{keep}<w:pageBreakBefore/>{wide}{middle}{told(1)}"),
        "Right Line": (text, line + right),
        "Draft Note": (
            note,
            f'{boxed}<w:spacing w:before="60" w:after="160" w:line="300" w:lineRule="atLeast"/><w:ind w:left="85" w:right="85"/>',
        ),
        "Table Head": ((_HEAD, size["table"], lang == "en"), "<w:keepNext/>" + _TIGHT + middle),
        "Posted Text": ((_TEXT, size["note"] + 4, False), _TIGHT + middle),
        "Table Text": (table, _TIGHT),
        "Table Middle": (table, _TIGHT + middle),
        "Table Number": (table, _TIGHT + right),
        "Table End": ((_TEXT, 12, False), '<w:spacing w:line="160" w:lineRule="exact"/>'),
        "Form Foot": (table, '<w:spacing w:before="60" w:after="60" w:line="320" w:lineRule="atLeast"/>' + right),
        "Header": ((_SECOND, 18, False), '<w:spacing w:line="240" w:lineRule="auto"/>' + right),
        "Footer": (("宋体", 24, False), '<w:spacing w:line="240" w:lineRule="auto"/>' + middle),
    }


def _style(name: str, kind: tuple[str, int, bool], marks: str) -> str:
    font, size, bold = kind
    weight = "<w:b/><w:bCs/>" if bold else '<w:b w:val="0"/><w:bCs w:val="0"/>'
    # Word's own styles have their names in small letters; the others say that they are ours.
    own = "" if name in _OF_WORD else ' w:customStyle="1"'
    called = name.lower() if name in _OF_WORD and name.startswith(("Heading", "Header", "Footer")) else name
    first = ' w:default="1"' if name == _FIRST else ""
    based = "" if name == _FIRST else f'<w:basedOn w:val="{_FIRST}"/>'
    return (
        f'<w:style w:type="paragraph"{first}{own} w:styleId="{name.replace(" ", "")}"><w:name w:val="{called}"/>'
        f"{based}<w:qFormat/><w:pPr>{marks}</w:pPr><w:rPr>{_fonts(font)}{weight}"
        f'<w:color w:val="000000"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>{_LANG}</w:rPr></w:style>'
    )


def _fonts(font: str) -> str:
    return f'<w:rFonts w:ascii="{_LATIN}" w:eastAsia="{font}" w:hAnsi="{_LATIN}" w:cs="{_LATIN}"/>'


@cache
def numbering(lang: Lang) -> bytes:
    """Headings are numbered by Word, so that who takes one out need not count anew; each chapter begins again."""
    parts = (("none", ""), ("chineseCountingThousand", "%2、"), ("chineseCountingThousand", "（%3）"))
    if lang == "en":
        parts = (("none", ""), ("decimal", "%2. "), ("decimal", "%2.%3 "))
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:pStyle w:val="Heading{level + 1}"/>'
        f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
        for level, (form, text) in enumerate(parts)
    )
    kept = f'<w:abstractNum w:abstractNumId="900"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    used = '<w:num w:numId="900"><w:abstractNumId w:val="900"/></w:num>'
    return f"{_XML}<w:numbering {nsdecls('w')}>{kept}{used}</w:numbering>".encode()
