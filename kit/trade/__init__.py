"""Trade files: customs records to DECLARATIONS, statistics to FLOWS.

`read_trade` reads any file whose layout the kit knows (a mapping file in
`data/mappings/`), and proposes a mapping for the others. `recognize` says which
layout a file has, `propose_mapping` how an unknown one may be read, and why.
"""

from kit.trade.mapping import TradeMapping, load_mappings, read_mapping, write_mapping
from kit.trade.reader import read_trade, recognize
from kit.trade.recognizer import Proposal, propose_mapping

__all__ = [
    "Proposal",
    "TradeMapping",
    "load_mappings",
    "propose_mapping",
    "read_mapping",
    "read_trade",
    "recognize",
    "write_mapping",
]
