"""Statistics in a layout that nobody has mapped."""

from pathlib import Path

import pytest

from kit.errors import FormatError
from kit.model import FileRole
from kit.trade import read_trade
from tests.trade.sheets import write_csv

ENGLISH = {
    "Reporter": "Kazakhstan",
    "Partner": "Russia",
    "Trade flow": "Export",
    "Year": "2023",
    "Month": "5",
    "HS code": "854231",
    "Value (thousand USD)": "12.5",
}
RUSSIAN = {
    "Страна партнер": "Китай",
    "Направление": "Импорт",
    "Период": "05.2023",
    "Код ТН ВЭД": "8542319000",
    "Стоимость, долл.": "100,5",
    "Вес нетто, кг": "3",
}
TURKISH = {"Raporlayan ülke": "Türkiye", "Ülke": "Rusya", "Akış": "ihracat", "Yıl": "2023", "GTİP": "8542", "Değer (USD)": "7"}
SPANISH = {
    "País declarante": "México",
    "País socio": "China",
    "Flujo": "Importación",
    "Año": "2023",
    "Mes": "11",
    "Fracción arancelaria": "85423101",
    "Valor USD": "9",
}
UKRAINIAN = {"Країна": "Китай", "Напрям": "Імпорт", "Рік": "2023", "Код УКТЗЕД": "8542", "Вартість, дол. США": "9"}
CHINESE = {"贸易伙伴": "俄罗斯", "进出口": "出口", "年月": "2023-05", "商品编码": "85423190", "金额(美元)": "9"}


@pytest.mark.parametrize(
    ("row", "name", "expected"),
    [
        (ENGLISH, "totals.csv", ("KZ", "RU", "export", "2023-05", "854231", 12500.0, "USD")),
        (RUSSIAN, "Армения.csv", ("AM", "CN", "import", "2023-05", "8542319000", 100.5, "USD")),
        (TURKISH, "totals.csv", ("TR", "RU", "export", "2023", "8542", 7.0, "USD")),
        (SPANISH, "totals.csv", ("MX", "CN", "import", "2023-11", "85423101", 9.0, "USD")),
        (UKRAINIAN, "Ukraine.csv", ("UA", "CN", "import", "2023", "8542", 9.0, "USD")),
        (CHINESE, "China.csv", ("CN", "RU", "export", "2023-05", "85423190", 9.0, "USD")),
    ],
)  # fmt: skip
def test_totals_in_six_languages_are_proposed_as_statistics(
    tmp_path: Path, row: dict[str, str], name: str, expected: tuple[object, ...]
) -> None:
    result = read_trade(write_csv(tmp_path / name, [row]))
    (found,) = result.tables["flows"].to_pylist()
    assert result.role is FileRole.STATISTICS
    assert tuple(found[key] for key in ("reporter", "partner", "flow", "period", "hs_code", "value", "currency")) == expected
    assert any("check where each went" in note for note in result.notes)


def test_totals_without_a_direction_are_not_guessed(tmp_path: Path) -> None:
    row = {key: value for key, value in ENGLISH.items() if key != "Trade flow"}
    with pytest.raises(FormatError):
        read_trade(write_csv(tmp_path / "totals.csv", [row]))


def test_the_direction_can_stand_in_the_file_name(tmp_path: Path) -> None:
    row = {key: value for key, value in ENGLISH.items() if key != "Trade flow"}
    (found,) = read_trade(write_csv(tmp_path / "kz_export_2023.csv", [row])).tables["flows"].to_pylist()
    assert found["flow"] == "export"


def test_a_column_whose_values_do_not_fit_is_not_taken(tmp_path: Path) -> None:
    with pytest.raises(FormatError):
        read_trade(write_csv(tmp_path / "totals.csv", [ENGLISH | {"HS code": "chips"}]))
