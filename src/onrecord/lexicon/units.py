"""Units of measure and of money: how they are written after or before a number, and one name for each.

A unit's name is what :attr:`onrecord.annotation.Figure.unit` carries: ISO 4217 codes for money (``USD``), ``percent``,
``percentage-point``, and the singular of the unit otherwise (``kilometre``, ``year``). ``DIMENSION`` says what a unit
measures.
"""

from __future__ import annotations

from typing import Final

from onrecord.lexicon.load import word_list

_MEASURES: Final = """
length: kilometre=km,kms,kilometer,kilometers,kilometre,kilometres | metre=m,meter,meters,metre,metres
length: centimetre=cm,centimeter,centimeters,centimetre,centimetres
length: millimetre=mm,millimeter,millimeters,millimetre,millimetres
length: mile=mi,mile,miles | yard=yd,yds,yard,yards | foot=ft,foot,feet | inch=inch,inches
length: nautical-mile=nautical mile,nautical miles,nmi | light-year=light year,light years
length: micrometre=micrometer,micrometers,micrometre,micrometres,micron,microns
length: nanometre=nm,nanometer,nanometers,nanometre,nanometres
area: square-kilometre=square kilometer,square kilometers,square kilometre,square kilometres,sq km,km²,km2
area: square-metre=square meter,square meters,square metre,square metres,sq m,m²,m2
area: square-mile=square mile,square miles,sq mi | square-foot=square foot,square feet,sq ft
area: acre=acre,acres | hectare=ha,hectare,hectares | square-inch=square inch,square inches,sq in
volume: litre=l,liter,liters,litre,litres | millilitre=ml,milliliter,milliliters,millilitre,millilitres
volume: gallon=gallon,gallons,gal | barrel=barrel,barrels,bbl | pint=pint,pints | quart=quart,quarts | cup=cup,cups
volume: cubic-metre=cubic meter,cubic meters,cubic metre,cubic metres,m³,m3 | cubic-foot=cubic foot,cubic feet
weight: kilogram=kg,kgs,kilo,kilos,kilogram,kilograms | gram=gram,grams,gramme,grammes,g
weight: milligram=mg,milligram,milligrams | tonne=tonne,tonnes,metric ton,metric tons,t | ton=ton,tons
weight: pound=lb,lbs | ounce=oz,ounce,ounces | stone=stone
weight: kiloton=kiloton,kilotons,kt | megaton=megaton,megatons
speed: kilometre-per-hour=kph,kmh,km/h,kmph,kilometers per hour,kilometres per hour
speed: kilometre-per-hour=kilometers an hour,kilometres an hour
speed: mile-per-hour=mph,miles per hour,miles an hour | knot=knot,knots
speed: metre-per-second=m/s,meters per second,metres per second
time: second=second,seconds,sec,secs | minute=minute,minutes,min,mins | hour=hour,hours,hr,hrs | day=day,days
time: week=week,weeks | month=month,months | year=year,years,yr,yrs | decade=decade,decades | century=century,centuries
time: millisecond=ms,millisecond,milliseconds
temperature: celsius=degrees celsius,degree celsius,degrees centigrade,celsius,°c,℃
temperature: fahrenheit=degrees fahrenheit,degree fahrenheit,fahrenheit,°f,℉ | degree=degree,degrees,°
information: kilobyte=kb,kilobyte,kilobytes | megabyte=mb,megabyte,megabytes | gigabyte=gb,gigabyte,gigabytes
information: terabyte=tb,terabyte,terabytes | byte=byte,bytes | bit=bit,bits | petabyte=pb,petabyte,petabytes
power: watt=watt,watts | kilowatt=kw,kilowatt,kilowatts | megawatt=mw,megawatt,megawatts
power: gigawatt=gw,gigawatt,gigawatts
power: horsepower=hp,horsepower
energy: kilowatt-hour=kwh,kilowatt hour,kilowatt hours | megawatt-hour=mwh,megawatt hour,megawatt hours
energy: calorie=calorie,calories,kcal
"""

_MONEY: Final = """
USD=dollar,dollars,us dollar,us dollars,u s dollar,u s dollars,american dollar,american dollars,usd,buck,bucks
EUR=euro,euros,eur | GBP=pound,pounds,pound sterling,pounds sterling,british pound,british pounds,gbp,sterling,quid
JPY=yen,japanese yen,jpy | CNY=yuan,chinese yuan,renminbi,rmb,cny,yuan renminbi
INR=rupee,rupees,indian rupee,indian rupees,inr
PKR=pakistani rupee,pakistani rupees | RUB=ruble,rubles,rouble,roubles,russian rubles,russian roubles
KRW=won,south korean won
CHF=swiss franc,swiss francs,chf | CAD=canadian dollar,canadian dollars,cad
AUD=australian dollar,australian dollars,aud
NZD=new zealand dollar,new zealand dollars | HKD=hong kong dollar,hong kong dollars
SGD=singapore dollar,singapore dollars
MXN=mexican peso,mexican pesos | BRL=real,reais,brazilian real,brazilian reais | ZAR=rand,south african rand
SEK=swedish krona,swedish kronor,krona,kronor | NOK=norwegian krone,norwegian kroner | DKK=danish krone,danish kroner
ILS=shekel,shekels,israeli shekel,israeli shekels | TRY=lira,turkish lira,turkish liras | NGN=naira | PLN=zloty,zlotys
SAR=riyal,riyals,saudi riyal,saudi riyals | AED=dirham,dirhams | THB=baht | UAH=hryvnia,hryvnias
PHP=philippine peso,philippine pesos
IRR=iranian rial,iranian rials | VND=dong | TWD=taiwan dollar,taiwan dollars | KES=kenyan shilling,kenyan shillings
BTC=bitcoin,bitcoins | EGP=egyptian pound,egyptian pounds | SYP=syrian pound,syrian pounds
ARS=argentine peso,argentine pesos
"""

_SUBUNITS: Final = {
    "cent": ("USD", 0.01),
    "cents": ("USD", 0.01),
    "penny": ("GBP", 0.01),
    "pence": ("GBP", 0.01),
    "pennies": ("GBP", 0.01),
    "musd": ("USD", 1e6),
    "meur": ("EUR", 1e6),
    "mgbp": ("GBP", 1e6),
    "msek": ("SEK", 1e6),
    "mnok": ("NOK", 1e6),
    "mdkk": ("DKK", 1e6),
    "mchf": ("CHF", 1e6),
}

CURRENCY_SIGNS: Final = {
    "us$": "USD",
    "u.s.$": "USD",
    "a$": "AUD",
    "au$": "AUD",
    "c$": "CAD",
    "ca$": "CAD",
    "nz$": "NZD",
    "hk$": "HKD",
    "s$": "SGD",
    "nt$": "TWD",
    "r$": "BRL",
    "$": "USD",
    "＄": "USD",
    "€": "EUR",
    "£": "GBP",
    "￡": "GBP",
    "¥": "JPY",
    "￥": "JPY",
    "₹": "INR",
    "rs": "INR",
    "₩": "KRW",
    "₽": "RUB",
    "₪": "ILS",
    "₦": "NGN",
    "₺": "TRY",
    "₴": "UAH",
    "฿": "THB",
    "usd": "USD",
    "eur": "EUR",
    "gbp": "GBP",
    "jpy": "JPY",
    "chf": "CHF",
    "cad": "CAD",
    "aud": "AUD",
    "cny": "CNY",
    "rmb": "CNY",
    "inr": "INR",
}
"""What stands before an amount, folded, and the currency that it names; ``$`` alone is read as the U.S. dollar."""

PERCENT_WORDS: Final = (
    "percentage points",
    "percentage point",
    "percent",
    "per cent",
    "percents",
    "per cents",
    "pct",
    "pc",
)


def _read_units() -> tuple[dict[str, str], dict[str, str]]:
    names: dict[str, str] = {}
    dimensions: dict[str, str] = {}
    for line in _MEASURES.strip().splitlines():
        dimension, _, units = line.partition(": ")
        for unit in units.split(" | "):
            name, _, forms = unit.partition("=")
            dimensions[name] = dimension
            names.update((form, name) for form in forms.split(","))
    for line in _MONEY.strip().splitlines():
        for unit in line.split(" | "):
            name, _, forms = unit.partition("=")
            dimensions[name] = "money"
            names.update((form, name) for form in forms.split(","))
    return names, dimensions


UNIT_NAMES, _DIMENSIONS = _read_units()
"""Every written form, folded, to its unit's name."""

DIMENSION: Final = {**_DIMENSIONS, "percent": "percent", "percentage-point": "percentage-point", "share": "percent"}
"""What each unit measures: ``length``, ``time``, ``money``, …"""

FIRST_WORDS: Final = frozenset(form.split()[0] for form in (*UNIT_NAMES, *_SUBUNITS))
"""Each word that a form of a unit, or of a smaller coin, begins with."""

LONGEST_FORM: Final = max(len(form.split()) for form in UNIT_NAMES)
"""The most words that one form of a unit has."""

ATTACHED_ONLY: Final = word_list("figures.attached_only")
"""Abbreviations that are a unit only close behind digits."""

DURATIONS: Final = frozenset(name for name, dimension in DIMENSION.items() if dimension == "time")
"""The names of units of time."""


def subunit(word: str) -> tuple[str, float] | None:
    """Give the currency of a smaller coin and its worth in it (``cents``: dollars, 0.01)."""
    return _SUBUNITS.get(word)
