"""Words by which an utterance is told from an attitude: lemmas of cues, sorted by what they claim was done.

The lists were made by reading the cue words of a corpus of attributions one by one; a word stands where most of its
uses in news belong. Lemmas are those of :func:`onrecord.words.lemma`, its slips included ("thanke").
"""

from __future__ import annotations

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PASSIVE: Final = frozenset("is are was were be been being".split())
"""Forms of "be", before a participle."""

UTTERANCE: Final = _words(
    """
    say tell add write note report argue announce claim describe tweet retweet criticize criticise accuse respond
    reply explain cite declare acknowledge speak mention refer praise insist state urge express vow discuss pledge
    recall warn comment blame predict blast denounce admit address deny answer slam remark mock repeat highlight echo
    tout remind emphasize emphasise complain assure reference threaten assert chant demand allege joke concede boast
    condemn reiterate quote thank thanke stress lament rail applaud apologize apologise underscore underline recommend
    plead dispute caution decry hint shout detail outline counter disavow brag speculate retort yell recite assail
    assaile rebuke hail recount contend deride chide rebut inform critique vouch clarify bemoan interject liken allude
    disagree testify observe reaffirm lambaste proclaim contradict utter affirm bash repudiate quip muse trumpet
    preach lecture blog scoff opine posit pronounce query ridicule exclaim profess confess brief phrase chime heckle
    riff grouse refute scold rant exhort extol extoll laud reprimand summarize summarise articulate elaborate gush beg
    publicize pray ask talk call accord read relay communicate broadcast publish text phone telephone advise counsel
    instruct invite request petition lobby jab taunt whisper murmur mutter stammer roar scream narrate confide divulge
    leak reassure console congratulate greet salute swear attest certify confirm corroborate verify vilify malign
    slander disparage belittle insult savage skewer lash excoriate castigate berate upbraid admonish reproach censure
    lampoon satirize trash dub label characterize characterise portray depict enumerate specify stipulate forecast
    document chronicle illustrate conclude retract restate rephrase paraphrase interview clash bicker squabble spar
    haggle object protest inquire enquire interrogate grill marvel cheer denigrate deplore compare contrast attribute
    ascribe credit unveil release issue submit circulate distribute spell hype downplay exaggerate overstate
    understate misstate herald glorify memorialize voice vent decree adjudicate amplify provoke boo jeer hiss
    sermonize pontificate expound jest kid wisecrack lie mislead concur notify update advertise testimony
    statement speech message email letter assertion allegation accusation announcement warning criticism complaint
    contention declaration admission denial response description explanation suggestion prediction recommendation
    comparison apology insistence concession disclosure article story column editorial memo book lawsuit reporting
    wording slogan twitter facebook transcript robocall acknowledgement testimonial account anecdote summon implore
    entreat coax goad fault chastise rebuff harangue retell reckon invoke renounce denunciation bristle bark boom beam
    bluster vouchsafe chatter quibble equivocate backtrack recant pitch plug tease reprise forewarn foretell suggest
    post charge maintain mourn single endorsement briefing conference newsletter disclose reveal reassert emphatic
    outspoken publicly openly emphasis pointedly aloud verbally questioning characterization portrayal rhetoric sneer
    snap fume thunder rage rave swipe blister rip plaintive bellow holler wail sob laugh smile grin chuckle chortle
    sigh nod posted tweeted told messaged relate promise promised promising point
    """
)
"""Words of uttering: said, written, published, and what is said in judgement of somebody."""

ATTITUDE: Final = _words(
    """
    believe think know want feel felt see view consider plan expect intend aim worry fear doubt understand realize
    realise imagine seem appear look seek need like love hate prefer preferr dislike regard remember forget notice
    learn hear perceive sense suspect assume presume suppose trust mistrust distrust envision foresee anticipate
    contemplate ponder mull weigh care desire long yearn crave dread resent admire respect revere enjoy relish envy
    pity regret grieve mourn favor favour adopt ban require vote elect choose pick opt nominate appoint hire create
    establish set impose activate pass enact sign enforce implement mandate prohibit authorize try attempt work
    struggle strive pursue manage fail ignore hesitate vie compete run move act begin start continue keep remain
    become turn discover detect experience witness watch oblige obligate obey flout violate commit devote convince
    persuade eager reluctant willing unwilling confident hopeful optimistic pessimistic skeptical sceptical wary leery
    nervous anxious afraid angry furious upset proud sure certain unsure uncertain aware unaware familiar interested
    passionate enthusiastic excited thrilled glad happy unhappy sad sorry pleased disappointed frustrated alarmed
    concerned worried determined adamant keen ready inclined likely unlikely able unable intent bent dedicated belief
    opinion thought idea notion feeling concern intention goal decision expectation skepticism confidence conviction
    assumption perception impression interest attitude opposition admiration priority commitment agreement strategy
    effort record stance position sentiment anxiety anger mean prove represent symbolize constitute evidence abolish
    obstruct block prevent prompt inspire lead cause reportedly allegedly presumably apparently evidently seemingly
    supposedly impetus influential policy define
    """
)
"""Words of holding, wanting and doing; nothing need be uttered."""

EITHER: Final = _words(
    """
    support back endorse agree accept oppose defend embrace reject dismiss welcome challenge attack target celebrate
    crack push recognize judge rule determine propose advocate champion honor introduce present approve hope wish wonder
    find show indicate demonstrate signal question debate negotiate campaign fire press name list cast paint frame
    identify direct focus offer promote hit dedicate link connect rally concentrate estimate calculate allow grant order
    force appeal sound table expose raise poll survey figure imply project go put make take draw give deliver use
    hammer brand term float share file open pan record recommend sue video footage ad answer join lay provide close
    end threat attention
    """
)
"""Words that need the content, the source and the tense to decide."""

DOING: Final = _words(
    """
    crack support back agree accept embrace approve negotiate recognize honor celebrate focus promote dedicate campaign
    champion cast rally force allow introduce go put make take draw give use open join close end fire push grant
    connect link determine concentrate judge record provide
    """
)
"""Of the words that can be either, those that rather act than speak unless words are quoted."""

PHRASES: Final = (
    "make clear", "make case", "make argument", "make claim", "make comment", "make remark", "make point", "put it",
    "go on", "take to", "take aim", "take issue", "take swipe", "lay out", "rule out", "lash out", "point out",
    "call out", "speak out", "sound off", "weigh in", "double down", "give speech", "deliver speech", "use word",
    "use term",
    "raise question", "draw attention", "make statement", "make reference", "make pitch", "make promise", "give answer",
    "hit back", "fire back", "shoot back", "push back", "hit out", "let know", "make announcement", "make allegation",
    "give interview", "give detail", "use quote",
)  # fmt: skip
"""Pairs of lemmas, in this order and near each other, that utter together."""

WITHHELD: Final = _words(
    """
    decline refuse stop fail avoid hesitate neglect forbear refrain balk abstain resist duck dodge withhold short
    """
)
"""Words after which what follows was not uttered."""

FUTURE: Final = _words(
    """
    plan intend expect want seek aim hope prepare wish schedule need like ready eager likely set poise
    """
)
"""Words after which an utterance is yet to come, or wished for."""
