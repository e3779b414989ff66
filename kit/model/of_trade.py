"""Contracts of the tables that trade records and statistics are read into."""

from __future__ import annotations

from kit.model.columns import columns

PARTY_ROLES = ("consignor", "consignee", "notify", "declarant")

DECLARATIONS = columns("""
    declaration_id text! the source's number and line, or source file and row
    reporter text ISO 3166 alpha-2 of the customs that made the record
    direction text a Direction
    record_level text! line or monthly_total
    date date day of the record; first day of the month or year where date_precision says so
    date_precision text day, month, year
    consignor_name text sender as the record spells it
    consignor_address text
    consignor_id text tax or registration number
    consignor_country text ISO 3166 alpha-2 of the sender's address
    consignee_name text receiver as the record spells it
    consignee_address text
    consignee_id text
    consignee_country text
    notify_name text notify party
    notify_address text
    declarant_name text who declared
    declarant_id text
    hs_code text digits only, as text, 2 to 10 of them
    hs_level int number of digits of hs_code
    hs_version text HS2017, HS2022 … if known
    goods_description text
    brand text trade mark as declared
    maker text manufacturer as declared
    quantity float
    quantity_unit text
    net_weight_kg float kilograms
    value float in currency
    currency text ISO 4217
    value_usd float US dollars: the record's own, else converted; empty without a rate
    usd_rate float US dollars per unit of currency by which value was converted; empty if declared
    usd_rate_date text YYYY-MM or YYYY of that rate
    usd_rate_source text as declared, or publisher and kind of the rate
    value_basis text FOB, CIF and other delivery terms, invoice, statistical, customs; never adjusted
    origin_country text ISO 3166 alpha-2: made in
    departure_country text sent from
    trading_country text seat of the contract partner
    destination_country text going to
    transport_mode text
    repeat_of text declaration_id of the row that counts in place of this one; such rows are kept and never summed (DROPPED)
    layout text! mapping that read the row
    source_file text! file name
    source_row int! 1-based line or sheet row
""")

DROPPED = columns("""
    declaration_id text! row of DECLARATIONS that is left out of sums
    kept_id text! declaration_id of the row that counts in its place
    kind text! a DropKind
    explanation text! one sentence
    source_file text! file name
    source_row int! 1-based line or sheet row of the row that is left out
""")

FLOWS = columns("""
    reporter text! ISO 3166 alpha-2, or EU27, of the customs that published
    partner text! ISO 3166 alpha-2, or WORLD
    flow text! a Direction
    period text! YYYY or YYYY-MM
    hs_code text! digits as text, or TOTAL
    hs_level int! 0 for TOTAL, else 2, 4, 6, 8
    hs_version text HS2017, HS2022, CN …
    value float in currency
    currency text ISO 4217
    value_usd float US dollars: the source's own, else converted; empty without a rate
    usd_rate float US dollars per unit of currency by which value was converted; empty if published in dollars
    usd_rate_date text YYYY-MM or YYYY of that rate
    usd_rate_source text as declared, or publisher and kind of the rate
    value_basis text FOB, CIF, statistical; never adjusted
    net_weight_kg float
    source_file text! file name
    source_row int!
""")

DOCUMENTED_FLOWS = columns("""
    flow_id text!
    date_from text as precise as the text
    date_to text
    consignor_name text
    consignor_country text
    intermediary_name text
    intermediary_country text
    consignee_name text
    consignee_country text
    end_user_name text
    goods text own words
    hs_code text
    hs_basis text stated or inferred
    maker_country text
    value_usd float as stated; never summed
    quantity text
    transport_route text ISO codes joined by >
    source_title text!
    source_publisher text!
    source_url text!
    source_date text
    confidence text! stated or implied
    note text
    source_kind text! eu_legal_act or investigation_full_text
    source_file text!
    source_row int!
""")
