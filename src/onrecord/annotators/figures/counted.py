"""What numbers count: nouns, and the events they are counted in. Word lists, and the questions asked of them.

``EVENTS`` maps folded word forms to the event that they tell (a lemma): "shot dead", "death toll" and "perished" all
count in ``kill``. ``PEOPLE`` are nouns for people, by lemma.
"""

from __future__ import annotations

from typing import Final

from onrecord.lexicon.load import word_list
from onrecord.text.words import CLOSED_CLASS, lemma

_EVENT_FORMS: Final = """
kill: kill kills killed killing killings dead death deaths die dies died dying fatality fatalities slain slay perish
kill: perished perishes murder murdered murders murdering massacre massacred drown drowned toll victim victims corpses
kill: corpse bodies casualties executed execute slaughtered slaughter lives
injure: injure injured injures injuring injury injuries wound wounded wounding wounds hurt hospitalised hospitalized
injure: hospital hospitals
miss: missing unaccounted
survive: survive survived survives survivor survivors surviving
evacuate: evacuate evacuated evacuating evacuation evacuations evacuees airlift airlifted
arrest: arrest arrested arresting arrests detain detained detaining detainees custody jailed imprisoned apprehended
release: release released releasing freed frees freeing liberated
abduct: abduct abducted abducting abduction kidnap kidnapped kidnapping kidnappings captured seized hostage hostages
captive: captive captives captivity
rescue: rescue rescued rescuing rescues
displace: displace displaced displaces displacing homeless uprooted fled flee fleeing refugees
escape: escape escaped escapes escaping
fire: fire fired fires firing launch launched launches launching
break: broke broken breaks breaking split splits
fly: flew fly flies flown flying travel travelled traveled travels
rise: rise rose risen rises rising increase increased increases climbed jumped grew growth soared
fall: fall fell fallen falls falling drop dropped decline declined decrease decreased shrank lost lose loses losing
attack: attack attacked attacks attacking assault assaulted assaults groped molested raped rape robbed harassed
expect: expect expected expects expecting
attend: attend attended attends attending gather gathered gathers gathering protest protested protesters rallied turnout
deploy: deploy deployed deploys deploying deployment station stationed patrol patrolling
charge: charge charged charges charging indict indicted indictment indictments accused prosecuted
convict: convict convicted convictions sentence sentenced sentences sentencing
vote: vote voted votes voting voters elected ballot ballots
damage: damage damaged destroyed destroy destroying demolished burned burnt
infect: infect infected infections infection cases tested diagnosed
hire: hire hired hires employ employed employs jobs
dismiss: laid fired layoffs sacked redundancies
pay: pay paid pays paying cost costs costing worth price priced spend spent spending
donate: donate donated donates donations pledged pledge
earn: earn earned earns earnings profit profits revenue revenues sales
buy: buy bought buys buying purchase purchased acquire acquired
sell: sell sold sells selling
build: build built builds building construct constructed
crash: crash crashed crashes crashing collision collided derailed
rescind: cancel cancelled canceled grounded delayed
report: reported registered recorded complaints
extend: extend extended extends extending extension
last: last lasted lasts lasting duration
carry: aboard carrying carry carried carries boarded passengers
"""

EVENTS: Final = {
    form: line.partition(": ")[0]
    for line in reversed(_EVENT_FORMS.strip().splitlines())
    for form in line.partition(": ")[2].split()
}
"""Folded word forms to the event that they tell; where two lines have a form, the earlier line wins."""

HARM: Final = word_list("figures.harm")
"""Events of which people are counted as they become known."""

PEOPLE: Final = word_list("figures.people")
"""Nouns for people, by lemma."""

_IRREGULAR_PLURALS: Final = word_list("figures.irregular_plurals")
_NOT_PLURAL: Final = word_list("figures.not_plural")
_HUMAN_ADJECTIVES: Final = word_list("figures.human_adjectives")
LIGHT_NOUNS: Final = word_list("figures.light_nouns")
"""Nouns, by lemma, whose number says nothing of an event ("two things", "three ways")."""


def is_plural(folded: str) -> bool:
    """Return whether a folded word looks like a plural noun."""
    if folded in _IRREGULAR_PLURALS:
        return True
    if folded in _NOT_PLURAL or folded in CLOSED_CLASS or len(folded) < 3 or "'" in folded:
        return False
    return folded.endswith("s") and not folded.endswith(("ss", "us", "is", "ous"))


def is_human_adjective(folded: str) -> bool:
    """Return whether the word stands for people by what became of them ("13 dead", "30 missing")."""
    return folded in _HUMAN_ADJECTIVES


def noun_lemma(folded: str) -> str:
    """Give the singular of a folded noun; unknown plurals in -s lose it."""
    bare = folded.removesuffix("'s")
    if bare in {"people", "men", "women", "children"}:
        return {"people": "person", "men": "man", "women": "woman", "children": "child"}[bare]
    known = lemma(bare)
    if known == bare and is_plural(bare) and bare not in _IRREGULAR_PLURALS:
        return bare[:-3] + "y" if bare.endswith("ies") else bare.removesuffix("s")
    return known
