"""What numbers count: nouns, and the events they are counted in. Word lists, and the questions asked of them.

``EVENTS`` maps folded word forms to the event that they tell (a lemma): "shot dead", "death toll" and "perished" all
count in ``kill``. ``PEOPLE`` are nouns for people, by lemma.
"""

from __future__ import annotations

from typing import Final

from onrecord.words import CLOSED_CLASS, lemma

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

HARM: Final = frozenset(
    {"kill", "injure", "miss", "survive", "arrest", "release", "abduct", "rescue", "evacuate", "escape", "displace"}
)
"""Events of which people are counted as they become known."""

PEOPLE: Final = frozenset(
    """people person man men woman women child children kid kids boy girl baby infant teenager adult minor civilian
    soldier troop serviceman service-member marine sailor airman officer policeman police guard agent fighter militant
    terrorist rebel insurgent gunman attacker suspect victim passenger crew crewmember member pilot driver tourist
    foreigner citizen national resident villager worker employee staff personnel student pupil teacher schoolgirl
    schoolboy migrant refugee asylum-seeker protester demonstrator voter supporter fan visitor guest reveller reveler
    patient doctor nurse journalist reporter lawmaker lawyer prisoner inmate detainee hostage captive survivor relative
    daughter son parent mother father brother sister cousin friend colleague American Briton Israeli Palestinian
    firefighter rescuer volunteer player athlete customer shopper pedestrian cyclist other participant attendee delegate
    leader official politician judge juror family couple party-goer partygoer""".split()
)
"""Nouns for people, by lemma."""

_IRREGULAR_PLURALS: Final = frozenset(
    """people men women children police personnel crew staff troops cattle sheep fish aircraft spacecraft series species
    data media youth folk clergy infantry cavalry teeth feet geese mice crewmen policemen servicemen servicewomen
    gunmen fishermen firemen congressmen businessmen schoolchildren grandchildren dead wounded injured missing others
    percent dice phenomena criteria alumni fungi bacteria lives wives knives wolves halves leaves shelves
    thieves""".split()
)
_NOT_PLURAL: Final = frozenset(
    """its his this thus yes was has does is as us perhaps always sometimes across news politics physics economics
    series ones besides afterwards towards upwards overseas indoors outdoors nowadays alas maths athletics whereas
    ourselves themselves yourselves less unless""".split()
)
_HUMAN_ADJECTIVES: Final = frozenset({"dead", "injured", "wounded", "missing", "killed", "unaccounted", "hurt"})
LIGHT_NOUNS: Final = frozenset(
    """aspect thing way reason question side occasion time respect option choice step example instance sense matter
    issue point area degree second-hand sort kind type angle""".split()
)
"""Nouns, by lemma, whose number says nothing of an event ("two things", "three ways")."""


def is_plural(folded: str) -> bool:
    """Tell whether a folded word looks like a plural noun."""
    if folded in _IRREGULAR_PLURALS:
        return True
    if folded in _NOT_PLURAL or folded in CLOSED_CLASS or len(folded) < 3 or "'" in folded:
        return False
    return folded.endswith("s") and not folded.endswith(("ss", "us", "is", "ous"))


def is_human_adjective(folded: str) -> bool:
    """Tell whether the word stands for people by what became of them ("13 dead", "30 missing")."""
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
