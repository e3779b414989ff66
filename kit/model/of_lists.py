"""Contracts of the tables that lists are read into."""

from __future__ import annotations

from kit.model.columns import columns

ENTITIES = columns("""
    entity_id text! list_id, a colon, and the list's own number or a hash of name and territory
    schema text! a Schema
    name text! the first name as the list spells it; for an address-only entry the address
    topics texts! Topics
    countries texts ISO 3166 alpha-2 codes of addresses or nationality
    list_id text! short name of the list, as in data/catalog.toml or as the user gave it
    list_version text! edition of the list: its date if known, else the first 12 digits of its sha256
    is_address_only bool! the listed thing is the address
    is_confidential bool! the list may not leave the case
    remarks text what else the list says
    source_file text! file name
    source_row int! 1-based line or sheet row in that file
""")

NAMES = columns("""
    entity_id text! joins ENTITIES
    name text! as the list spells it
    kind text! a NameKind
    script text! Latin, Cyrillic, Han, … the script of most letters
""")

ADDRESSES = columns("""
    entity_id text! joins ENTITIES
    address text! as the list spells it
    territory text ISO 3166 alpha-2
""")

IDENTIFIERS = columns("""
    entity_id text! joins ENTITIES
    kind text! inn, ogrn, kpp, imo, lei, registration, tax, passport, other
    value text! as the list spells it, blanks trimmed
""")

SANCTIONS = columns("""
    entity_id text! joins ENTITIES
    authority text! who lists, in the authority's own short name
    program_id text program or regulation
    provisions text license requirement and policy, or measures
    reason text why, as the list says
    listing_date date exact day, empty if the list does not give it
    listed_not_before date lower bound where only an interval is known
    listed_not_after date upper bound where only an interval is known
    end_date date day of delisting or expiry
    citation text Federal Register notice, legal act
    source_url text official address of the list
""")

LINKS = columns("""
    entity_id_a text! joins ENTITIES; the smaller of the two ids
    entity_id_b text! joins ENTITIES; an entry of another list or authority
    basis text! a LinkBasis
    score float! 1 for a number, a date of birth or names that agree word by word; else the similarity of the names
    explanation text! one sentence
    evidence text! JSON: the numbers, names, territories or date of birth that met
    group_id text! the same for all entries that links join to one party
""")
