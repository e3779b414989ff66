"""Print the invented letters of `tests/fixtures/letters`, and the one of notebook 01, as PDF with Chromium.

Run: python scripts/make_letters.py [path of chromium]; then scripts/stamp_catalog.py. The tests read the PDFs and do not need it.
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "tests" / "fixtures" / "letters"
STYLE = """<meta charset="utf-8"><style>
body { font: 10.5pt "DejaVu Sans", sans-serif } table { border-collapse: collapse; width: 100% }
td, th { padding: 3px 8px; vertical-align: top; text-align: left } .ruled td, .ruled th { border: 1px solid #000 }
</style>"""
PARTIES = [
    ("ООО «Пример Радио»", "г. Примерск, ул. Вымышленная, д. 3, оф. 12", "Россия"),
    (
        "深圳示例电子有限公司 (Shenzhen Example Electronics Co., Ltd.)",
        "Room 1203, Example Park, Futian District, Shenzhen",
        "China",
    ),
    ("Örnek Elektronik San. ve Tic. Ltd. Şti.", "Örnek Mah. Örnek Cad. No: 4/2 Şişli, İstanbul", "Türkiye"),
    ("Verolan Trading Company of the Very Long Name that Wraps over Lines LLC", "Plum Road 1, Unit 2, Testville", "UAE"),
]
MANY = [(f"Verolan Trading {n} LLC", f"Plum Road {n}, Unit {2 * n}, Testville", "Hong Kong") for n in range(1, 61)]
METI_HEAD = (
    "No.", "国名、地域名<br>Country or Region", "企業名、組織名<br>Company or Organization", "別名<br>Also Known As",
    "懸念区分<br>Type of WMD",
)  # fmt: skip
METI = [
    ("1", "アラブ首長国連邦<br>United Arab Emirates", "Qorvex Example FZE", "・Qorvex Dubai<br>・Qorvex Elec-<br>tronics", "M"),
    ("2", "中国<br>China", "Example Institute of Plum Physics （示例梅物理研究院）", "・EIPP<br>・Plum Academy", "N,M"),
    ("3", "イラン<br>Iran", "Zarnik Example Industries", "", "B,C"),
    ("5", "香港<br>Hong Kong", "Fig Example Limited", "・無花果有限公司", "CW"),
]


def table(rows: list[tuple[str, ...]], head: tuple[str, ...], style: str = "ruled") -> str:
    """An HTML table."""
    top = "".join(f"<th>{cell}</th>" for cell in head)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<table class="{style}"><thead><tr>{top}</tr></thead>{body}</table>'


HEAD = ("Company", "Address", "Country")
LETTER = "<p>Dear Ms. Example,</p><p>We ask you to stop shipping to the parties below, which may pass goods on.</p>"
PAGES = {
    "ruled": LETTER + table(PARTIES, HEAD) + "<p>Sincerely,</p><p>A. Example</p>",
    "unruled": "<h2>Annex: parties of concern</h2>" + table([*PARTIES, *MANY], HEAD, ""),
    "bulleted": LETTER + "<ul>" + "".join(f"<li><b>{a}</b><br>{b}<br>{c}</li>" for a, b, c in [*PARTIES, *MANY[:20]]) + "</ul>",
    "columns": '<h2>Parties</h2><div style="columns: 2">'
    + "".join(f"<p>{a}<br>{b}<br>{c}</p>" for a, b, c in MANY[:30])
    + "</div>",
    "jp_meti_eul": "<h2>外国ユーザーリスト (End User List)</h2>" + table(METI, METI_HEAD),
}

SHORT = (
    "<p>Office of Invented Examples</p><p>March 3, 2024</p><p>Dear Ms. Example,</p><p>The parties below were found to be at high "
    "risk of passing goods on. We ask you to stop shipping to them of your own accord.</p><ol>"
    "<li>Verolan Trade LLC, Plum Road 1, Testville, Türkiye</li>"
    "<li>Qorvex Elektronik San. ve Tic. Ltd. Şti. (a.k.a. Qorvex Electronics), Örnek Cad. No: 4/2, İstanbul, Türkiye</li>"
    "<li>16/F, Plum Tower, 18 Invented Road, Wan Chai, Hong Kong</li>"
    "<li>Zarnik Import, Export and Forwarding Co., Ltd., Room 1203, Pear Building, Shenzhen, China</li>"
    "<li>Pear Trading</li></ol><p>Sincerely,</p><p>A. Example</p>"
)


def main() -> None:
    """Print every page."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=sys.argv[1] if len(sys.argv) > 1 else None)
        page = browser.new_page()
        for name, body in PAGES.items():
            page.set_content(STYLE + body)
            side = {"top": "2cm", "bottom": "2cm", "left": "2cm", "right": "2cm"}
            content = page.pdf(
                format="A4", margin=side, display_header_footer=name in ("unruled", "bulleted"),
                header_template='<span style="font-size:8px">EXAMPLE AGENCY - not for release</span>',
                footer_template='<span style="font-size:8px">Page <span class=pageNumber></span> of '
                "<span class=totalPages></span></span>",
            )  # fmt: skip
            (TARGET / f"{name}.pdf").write_bytes(content)
            print(f"{name}.pdf: {len(content):,} bytes")
        page.set_content(STYLE.replace('"DejaVu Sans"', "Liberation Sans, Arial") + SHORT)
        (ROOT / "data" / "training" / "letter.pdf").write_bytes(page.pdf(format="A4", margin=side))
        browser.close()


if __name__ == "__main__":
    main()
