"""The same party across lists: links by number, date of birth, or name and territory, each explained."""

from kit.linking.find import Linking, find_links
from kit.linking.groups import Refusal

__all__ = ["Linking", "Refusal", "find_links"]
