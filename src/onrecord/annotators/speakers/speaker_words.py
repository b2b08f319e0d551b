"""Words by which names, roles and organisations are recognised; all folded, English news use of all countries.

Lists are closed classes or near to it (courtesies, offices, kin, parts of an organisation's name). The given names are
weak evidence only: they say "this is likely a person" and tip a balance that the text leaves even, never more.
"""

from __future__ import annotations

from typing import Final

from onrecord.lexicon.load import word_list

COURTESIES_M: Final = word_list("persons.courtesies_m")
COURTESIES_F: Final = word_list("persons.courtesies_f")
COURTESIES: Final = COURTESIES_M | COURTESIES_F | word_list("persons.courtesies")
"""Courtesies that stand before a name."""

TITLES: Final = COURTESIES | word_list("persons.titles")
"""Offices and callings that stand before a name, or describe somebody; single words."""

ABBREVIATED: Final = word_list("persons.abbreviated")
"""Abbreviations whose point ends no name."""

CALLINGS: Final = word_list("persons.callings")
"""Callings and conditions of one person that are offices nowhere."""

ROLES: Final = TITLES | CALLINGS | word_list("persons.roles")
"""Heads of descriptions of one person."""

BODIES_TOO: Final = word_list("persons.bodies_too")
"""Roles that a body has as often as a person ("the operator, Brightwave")."""

MALE_WORDS: Final = COURTESIES_M | word_list("persons.male_words")
FEMALE_WORDS: Final = COURTESIES_F | word_list("persons.female_words")
KIN: Final = word_list("persons.kin")
"""Heads that stand in a relation to somebody named by a possessive; they are never that somebody."""

MODIFIERS: Final = word_list("persons.modifiers")
"""Adjectives and nouns that stand inside a title."""

DEMONYMS: Final = word_list("persons.demonyms")

PLACES: Final = word_list("persons.places")

ORGANISATION_WORDS: Final = word_list("persons.organisation_words")
"""Parts by which a capitalised name is known as an organisation's."""

ORGANISATION_HEADS: Final = word_list("persons.organisation_heads")
"""Heads of descriptions of an organisation, singular in sense."""

OUTLET_WORDS: Final = word_list("persons.outlet_words")

DOCUMENT_HEADS: Final = word_list("persons.document_heads")
"""Heads of descriptions of something written, shown or recorded."""

PLURAL_ROLES: Final = word_list("persons.plural_roles")
"""Heads of descriptions of several people."""

PARTICLES: Final = word_list("persons.particles")
POSTNOMINALS: Final = word_list("persons.postnominals")
"""Letters after a name that are no part of it."""
SUFFIXES: Final = POSTNOMINALS | word_list("persons.suffixes")
HONORIFICS: Final = word_list("persons.honorifics")
"""What follows his or her where somebody is spoken of by rank ("Her Majesty")."""
NATIONALS: Final = word_list("persons.nationals")
"""Nouns by which one person is called by nationality ("the Italian")."""
PLACE_OPENERS: Final = word_list("persons.place_openers")
"""First words of places of two words."""
NOT_NAMES: Final = word_list("persons.not_names")

CALENDAR: Final = word_list("persons.calendar")
"""Days and months; some are family names too."""
PLATFORMS: Final = word_list("persons.platforms")
"""Where things are posted; each is a company too."""
WORDS_AND_SURNAMES: Final = word_list("persons.words_and_surnames")
"""Words of bodies and places that are family names too."""
STREETS: Final = word_list("persons.streets")

GIVEN_M: Final = word_list("persons.given_m")

GIVEN_F: Final = word_list("persons.given_f")

GIVEN: Final = GIVEN_M | GIVEN_F
"""Given names of either gender."""

CAPITALS: Final = {
    "washington": "united states", "london": "britain", "paris": "france", "berlin": "germany", "moscow": "russia",
    "beijing": "china", "tokyo": "japan", "seoul": "south korea", "pyongyang": "north korea", "tehran": "iran",
    "kabul": "afghanistan", "baghdad": "iraq", "damascus": "syria", "cairo": "egypt", "ankara": "turkey",
    "rome": "italy", "madrid": "spain", "athens": "greece", "kiev": "ukraine", "kyiv": "ukraine", "warsaw": "poland",
    "delhi": "india", "new delhi": "india", "islamabad": "pakistan", "jakarta": "indonesia", "canberra": "australia",
    "ottawa": "canada", "havana": "cuba", "caracas": "venezuela", "riyadh": "saudi arabia", "doha": "qatar",
    "beirut": "lebanon", "amman": "jordan", "tripoli": "libya", "abuja": "nigeria", "nairobi": "kenya",
    "taipei": "taiwan", "hanoi": "vietnam", "manila": "philippines", "budapest": "hungary", "the kremlin": "russia",
}  # fmt: skip
"""Capitals, as a country's government is called by; each with its country's name."""
