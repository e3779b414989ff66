"""Goods of the training case: real codes, plausible weights and prices, invented brands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from training.chance import Chance


@dataclass(frozen=True)
class Good:
    """One kind of goods: price in US dollars a kilogram, weight of one lot and of one piece in kilograms."""

    hs: str
    tier: str
    english: str
    russian: str
    usd_per_kg: tuple[float, float]
    lot_kg: tuple[float, float]
    piece_kg: float
    peak: int

    def code_on(self, day: date) -> str:
        """The code in force: six-digit numbers that are new in HS 2022 stood elsewhere before that year."""
        return OLD_CODES.get(self.hs, self.hs) if day.year < 2022 else self.hs

    @property
    def is_priority(self) -> bool:
        """Whether the code stands on the Common High Priority List."""
        return self.tier != ""


OLD_CODES = {"8548009000": "8548909000", "8541590000": "8541500000", "8807300000": "8803300000"}
_TABLE = """
8542319010|1|INTEGRATED CIRCUITS, MICROCONTROLLER 32 BIT|МИКРОСХЕМЫ ИНТЕГРАЛЬНЫЕ, МИКРОКОНТРОЛЛЕР|400-3200|0.6-40|0.0012|0
8542329000|1|INTEGRATED CIRCUITS, MEMORY DDR4|МИКРОСХЕМЫ ИНТЕГРАЛЬНЫЕ ЗАПОМИНАЮЩИЕ|350-1800|0.6-60|0.0011|0
8542339000|1|INTEGRATED CIRCUITS, OPERATIONAL AMPLIFIER|МИКРОСХЕМЫ ИНТЕГРАЛЬНЫЕ, УСИЛИТЕЛЬ ОПЕРАЦИОННЫЙ|500-2600|0.4-25|0.0009|0
8542399010|1|INTEGRATED CIRCUITS, PROGRAMMABLE LOGIC|МИКРОСХЕМЫ ИНТЕГРАЛЬНЫЕ, ПРОГРАММИРУЕМАЯ ЛОГИКА|900-6500|0.3-20|0.0022|0
8517620003|2|NETWORK SWITCH, 48 PORTS|КОММУТАТОР СЕТЕВОЙ, 48 ПОРТОВ|60-260|12-600|4.2|0
8526918000|2|SATELLITE NAVIGATION RECEIVER MODULE|МОДУЛЬ ПРИЕМНИКА СПУТНИКОВОЙ НАВИГАЦИИ|250-1500|1-45|0.02|0
8532210000|2|TANTALUM CAPACITORS, CHIP|КОНДЕНСАТОРЫ ТАНТАЛОВЫЕ, ЧИП|180-700|1-80|0.0003|0
8532240000|2|MULTILAYER CERAMIC CAPACITORS|КОНДЕНСАТОРЫ КЕРАМИЧЕСКИЕ МНОГОСЛОЙНЫЕ|80-420|2-160|0.0001|0
8548009000|2|EMI FILTER, ELECTRICAL PART|ФИЛЬТР ПОМЕХОПОДАВЛЯЮЩИЙ, ЧАСТЬ ЭЛЕКТРИЧЕСКАЯ|70-300|3-120|0.05|0
8471500000|3.A|COMPUTER PROCESSING UNIT, INDUSTRIAL|БЛОК ОБРАБОТКИ ДАННЫХ ПРОМЫШЛЕННЫЙ|70-380|20-900|6.5|0
8504409000|3.A|POWER SUPPLY MODULE, STATIC CONVERTER|МОДУЛЬ ПИТАНИЯ, ПРЕОБРАЗОВАТЕЛЬ СТАТИЧЕСКИЙ|25-160|20-1200|0.9|0
8529106501|3.A|ANTENNA, DIRECTIONAL|АНТЕННА НАПРАВЛЕННАЯ|40-220|5-300|1.8|0
8536690008|3.A|CONNECTOR, PLUG AND SOCKET|СОЕДИНИТЕЛЬ, ВИЛКА И РОЗЕТКА|45-260|5-400|0.02|0
8541290000|3.A|TRANSISTORS, MOSFET POWER|ТРАНЗИСТОРЫ ПОЛЕВЫЕ СИЛОВЫЕ|110-700|1-90|0.002|0
8541590000|3.A|SEMICONDUCTOR DEVICES, OTHER|ПРИБОРЫ ПОЛУПРОВОДНИКОВЫЕ ПРОЧИЕ|120-600|1-60|0.002|0
8541600000|3.A|QUARTZ RESONATORS, MOUNTED|РЕЗОНАТОРЫ КВАРЦЕВЫЕ СОБРАННЫЕ|150-800|0.5-30|0.0006|0
8482109008|3.B|BALL BEARINGS|ПОДШИПНИКИ ШАРИКОВЫЕ|6-26|80-4200|0.35|0
8482200009|3.B|TAPERED ROLLER BEARINGS|ПОДШИПНИКИ РОЛИКОВЫЕ КОНИЧЕСКИЕ|6-22|120-5200|1.4|0
8807300000|3.B|PARTS OF UNMANNED AIRCRAFT|ЧАСТИ БЕСПИЛОТНЫХ ЛЕТАТЕЛЬНЫХ АППАРАТОВ|60-420|10-260|1.1|0
9014208009|3.B|INERTIAL MEASURING UNIT|БЛОК ИНЕРЦИАЛЬНЫЙ ИЗМЕРИТЕЛЬНЫЙ|600-4200|1-30|0.25|0
8543200000|4.A|SIGNAL GENERATOR|ГЕНЕРАТОР СИГНАЛОВ|180-900|8-140|7.0|0
9030200009|4.A|DIGITAL OSCILLOSCOPE|ОСЦИЛЛОГРАФ ЦИФРОВОЙ|160-850|6-160|4.0|0
8534001100|4.A|PRINTED CIRCUIT BOARDS, MULTILAYER|ПЛАТЫ ПЕЧАТНЫЕ МНОГОСЛОЙНЫЕ|50-260|5-350|0.15|0
8457101009|4.B|MACHINING CENTRE, VERTICAL|ЦЕНТР ОБРАБАТЫВАЮЩИЙ ВЕРТИКАЛЬНЫЙ|11-32|3200-9800|4200|0
8458112009|4.B|LATHE, NUMERICALLY CONTROLLED|СТАНОК ТОКАРНЫЙ С ЧПУ|10-28|2400-7600|3400|0
8466937000|4.B|PARTS OF MACHINE TOOLS|ЧАСТИ МЕТАЛЛООБРАБАТЫВАЮЩИХ СТАНКОВ|14-70|60-1800|5.0|0
0805102200||FRESH ORANGES|АПЕЛЬСИНЫ СВЕЖИЕ|0.5-1.1|17000-22000|0.2|1
0702000001||FRESH TOMATOES|ТОМАТЫ СВЕЖИЕ|0.8-1.6|9000-20000|0.12|3
0902300001||BLACK TEA|ЧАЙ ЧЕРНЫЙ|2.2-6.5|800-18000|0.1|11
0802120000||ALMONDS, SHELLED|МИНДАЛЬ ОЧИЩЕННЫЙ|4.5-7.5|1000-20000|1|11
0901110001||COFFEE, NOT ROASTED|КОФЕ НЕЖАРЕНЫЙ|2.6-4.8|5000-19000|60|10
6907219009||CERAMIC TILES|ПЛИТКА КЕРАМИЧЕСКАЯ|0.3-0.7|16000-26000|20|6
6109100000||T-SHIRTS, COTTON|МАЙКИ ХЛОПЧАТОБУМАЖНЫЕ|9-19|200-6000|0.18|4
6404199000||FOOTWEAR, TEXTILE UPPER|ОБУВЬ С ВЕРХОМ ИЗ ТЕКСТИЛЯ|7-16|300-7000|0.8|8
9403601009||WOODEN FURNITURE|МЕБЕЛЬ ДЕРЕВЯННАЯ|1.8-4.6|900-15000|24|9
3926909709||ARTICLES OF PLASTICS|ИЗДЕЛИЯ ИЗ ПЛАСТМАСС|2-6.5|200-9000|0.4|5
9503007500||TOYS OF PLASTICS|ИГРУШКИ ИЗ ПЛАСТМАССЫ|4.5-9|400-8000|0.3|10
7306308008||STEEL TUBES, WELDED|ТРУБЫ СТАЛЬНЫЕ СВАРНЫЕ|0.9-1.6|15000-26000|18|6
8708299009||PARTS OF MOTOR VEHICLES|ЧАСТИ МОТОРНЫХ ТРАНСПОРТНЫХ СРЕДСТВ|5-15|100-7000|2.5|5
8413703000||CENTRIFUGAL PUMPS|НАСОСЫ ЦЕНТРОБЕЖНЫЕ|9-28|100-5000|14|4
8450111100||WASHING MACHINES|МАШИНЫ СТИРАЛЬНЫЕ|3.8-6.8|3000-14000|62|11
5208320000||WOVEN COTTON FABRIC|ТКАНИ ХЛОПЧАТОБУМАЖНЫЕ|6-11|1000-14000|0.3|2
3304990000||COSMETIC PREPARATIONS|СРЕДСТВА КОСМЕТИЧЕСКИЕ|9-34|100-4000|0.15|11
4011100003||TYRES FOR PASSENGER CARS|ШИНЫ ДЛЯ ЛЕГКОВЫХ АВТОМОБИЛЕЙ|2.8-4.6|4000-16000|9.5|10
8418108001||REFRIGERATORS|ХОЛОДИЛЬНИКИ БЫТОВЫЕ|3.5-6.4|3000-14000|70|5
6802210000||WORKED MARBLE|МРАМОР ОБРАБОТАННЫЙ|0.4-1.2|15000-25000|25|7
"""


def _pair(text: str) -> tuple[float, float]:
    low, high = text.split("-")
    return float(low), float(high)


def _read() -> tuple[Good, ...]:
    out = []
    for line in _TABLE.strip().splitlines():
        hs, tier, english, russian, price, lot, piece, peak = line.split("|")
        out.append(Good(hs, tier, english, russian, _pair(price), _pair(lot), float(piece), int(peak)))
    return tuple(out)


GOODS = _read()
PRIORITY = tuple(good for good in GOODS if good.is_priority)
ORDINARY = tuple(good for good in GOODS if not good.is_priority)
LEADING_ZERO = tuple(good for good in ORDINARY if good.hs.startswith("0"))
NINE_CODES = tuple(good for good in PRIORITY if good.tier in {"1", "2"})

BRANDS = (
    "NORDAVEX", "SILIQRYS", "BRENTHOLM", "AMPEROVA", "QUANDTEK", "VOLTERRIX", "HELVOSEM", "TAKUREMA", "CRESMONT",
    "OSTERVAL", "LUMIBRAX", "PRECIVOR", "MIKADENSO", "FERRUNDA", "ZENTROLUX", "ARCWELTON",
)  # fmt: skip
TIER_WEIGHTS = {"1": 5.0, "2": 3.0, "3.A": 2.5, "3.B": 2.0, "4.A": 1.2, "4.B": 1.0}


def some_priority(chance: Chance) -> Good:
    """A priority good, the higher tiers more often."""
    return chance.weighted(PRIORITY, [TIER_WEIGHTS[good.tier] for good in PRIORITY])
