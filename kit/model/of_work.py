"""Contracts of the tables that the kit and its users make: candidates, judgements, rejects, parties, movements."""

from __future__ import annotations

from kit.model.columns import columns

CANDIDATES = columns("""
    candidate_id text! hash of record_name and entity_id
    record_name text! as the trade record spells it
    role text! roles in which the name stands, comma-separated
    entity_id text! joins ENTITIES
    entity_name text! the listed name that met it
    name_kind text! a NameKind
    list_id text!
    list_version text!
    rank int! 1 is the best candidate of this record name
    score float! similarity from 0 to 1, not a probability
    band text! a Band
    explanation text! one sentence
    evidence text! JSON: aligned tokens and what was set apart
""")

JUDGEMENTS = columns("""
    candidate_id text! joins CANDIDATES
    record_name text!
    entity_id text!
    entity_name text!
    judgement text! a Judgement
    reason text
    evidence text JSON as it was shown
    reviewer text!
    judged_at text! UTC, ISO 8601
    list_version text!
""")

REJECTS = columns("""
    source_file text! file name
    source_row int! 1-based line or sheet row, 0 if the whole file
    reason text! what was found and what was expected
    content text the row as it stood
""")

PARTIES = columns("""
    record_name text! as the trade record spells it; joins CANDIDATES and the names of DECLARATIONS
    roles text! roles in which the name stands, comma-separated
    territory text where it seems to sit: own country column, else the reporting side, else the way of the goods
    records int! cells of records that hold the name; exact repeats do not count
    kind text! forwarder or carrier, bank, customs broker, to order, unknown: a guess from words
    kind_reason text which word or count told the kind
    principal text the party that a phrase points to ("on behalf of", "по поручению"); empty in a plain name
    agent text the party that acts for it
    phrase text the phrase as it stands
    name_part text! the name to look for: of the principal where one is named; without numbers and address
    address_part text address that was glued to the name
    number_values texts tax and registration numbers in the name or in the columns beside it
    number_kinds texts for each number its kind (inn, ogrn, edrpou, vkn, …); kinds that fit equally joined by "or"; unknown
    number_checks texts for each number: valid, wrong check digit, wrong form, no check
    number_places texts for each number: name or column
    lookalikes texts words that mix Latin and Cyrillic letters, with the odd letters
    folded text the name with one alphabet a word: for comparison, never for display
""")

MOVEMENTS = columns("""
    record_id text! declaration_id, flow_id, or source file and row
    direction text side of the border on which the record was made; flows of two directions mirror each other
    date date day, or first day of month or year
    date_precision text
    hs_code text
    hs_level int
    tier text tier of the Common High Priority List, empty if not on it
    from_territory text departure_country of a declaration, the sending side of a flow, the sender's seat in a documented flow
    to_territory text destination_country, the receiving side, the receiver's seat
    origin_country text
    trading_country text
    via_territory text seat of a named intermediary (documented flows)
    consignor_name text
    consignor_country text seat of the sender
    consignor_entity_id text the match, else the best candidate that nobody rejected
    consignor_is_match bool! judged positive by a person
    consignor_score float of that candidate
    consignor_lists text list_ids of its candidates, each between bars: |us_el|letter|
    consignee_name text
    consignee_country text seat of the receiver
    consignee_entity_id text
    consignee_is_match bool!
    consignee_score float
    consignee_lists text
    goods_description text
    value_usd float
    usd_rate_source text as declared, or publisher and kind of the rate by which value_usd was converted
    value_eur float
    net_weight_kg float
    source_file text!
    source_row int!
""")
