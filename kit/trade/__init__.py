"""Trade files: customs records to DECLARATIONS, statistics to FLOWS.

`read_trade` reads any file whose layout the kit knows (a mapping file in
`data/mappings/`), and proposes a mapping for the others. `recognize` says which
layout a file has, `propose_mapping` how an unknown one may be read, and why.
`outside_range` sets unit values beside what is usual in the same records; `carry` and
`baselines` take totals from one edition of the HS to another.
"""

from kit.trade.editions import baselines, carry
from kit.trade.mapping import TradeMapping, load_mappings, read_mapping, write_mapping
from kit.trade.reader import read_trade, recognize
from kit.trade.recognizer import Proposal, propose_mapping
from kit.trade.unit_values import outside_range, reference_ranges

__all__ = [
    "Proposal",
    "TradeMapping",
    "baselines",
    "carry",
    "load_mappings",
    "outside_range",
    "propose_mapping",
    "read_mapping",
    "read_trade",
    "recognize",
    "reference_ranges",
    "write_mapping",
]
