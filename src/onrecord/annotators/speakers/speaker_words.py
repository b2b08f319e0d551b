"""Words by which names, roles and organisations are recognised; all folded, English news use of all countries.

Lists are closed classes or near to it (courtesies, offices, kin, parts of an organisation's name). The given names are
weak evidence only: they say "this is likely a person" and tip a balance that the text leaves even, never more.
"""

from __future__ import annotations

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


COURTESIES_M: Final = _words(
    "mr mister sir lord herr monsieur señor senor signor pan don mullah sheikh sheik baba shri"
)
COURTESIES_F: Final = _words(
    "mrs ms miss madam madame mme lady dame frau señora senora signora sister mother smt shrimati kumari begum hajia"
)
COURTESIES: Final = (
    COURTESIES_M
    | COURTESIES_F
    | _words(
        """
    dr prof professor rev reverend fr father hon mallam alhaji alhaja chief haji ustaz imam rabbi dato datuk sri
    tun comrade maulana swami pandit sardar distinguished honourable honorable
    """
    )
)
"""Courtesies that stand before a name."""

TITLES: Final = COURTESIES | _words(
    """
    master harbourmaster harbormaster postmaster warden
    president pres vice-president premier chancellor minister secretary sec undersecretary governor gov lieutenant lt
    senator sen sens representative rep reps congressman congresswoman congressmen delegate speaker leader whip mp mep
    msp td assemblyman assemblywoman councilman councilwoman councillor councilor alderman mayor comptroller treasurer
    ambassador amb envoy consul commissioner commissioners director chairman chairwoman chairperson chair
    president-elect ceo cfo coo cto founder co-founder cofounder executive manager editor analyst economist spokesman
    spokeswoman spokesperson spokespeople administrator superintendent principal provost judge justice magistrate
    attorney lawyer solicitor prosecutor barrister sheriff constable inspector detective officer sgt sergeant cpl
    corporal pvt private captain capt major maj colonel col general gen brigadier brig admiral adm commander cmdr cdr
    marshal commodore ensign airman seaman specialist spc king queen prince princess duke duchess earl baron baroness
    count countess emperor sultan emir shah pope cardinal archbishop bishop pastor deacon patriarch ayatollah grand
    mufti dalai coach manager-coach striker captain-general goalkeeper quarterback forward winger midfielder defender
    actor actress singer author writer journalist reporter correspondent columnist anchor host moderator pundit
    activist campaigner strategist adviser advisor aide pollster historian scientist researcher physicist biologist
    nominee candidate frontrunner rival challenger incumbent businessman businesswoman billionaire entrepreneur
    student teacher farmer fisherman driver pilot firefighter paramedic nurse doctor surgeon physician veteran
    resident neighbor neighbour witness survivor victim suspect gunman attacker mogul tycoon deputy lawmaker
    legislator politician diplomat negotiator official presidents senators ministers secretaries governors eyewitness
    congress-member det con pc wpc asp sho ppro cpro
    counsel vice-chairman vice-chair laureate organizer organiser blogger vlogger youtuber musician
    rapper comedian filmmaker producer chef designer photographer artist poet novelist playwright critic meteorologist
    seismologist epidemiologist virologist psychologist sociologist astronaut cllr coun alderperson mk mla mlc mna mpa
    msp dci dsi insp supt dcp acp dgp igp ssp dsp supremo engr eng advocate substitute collector
    """
)
"""Offices and callings that stand before a name, or describe somebody; single words."""

TITLE_LINKS: Final = _words("of for the and in at to")
ABBREVIATED: Final = _words(
    """
    mr mrs ms dr prof rev fr hon st sr jr gen lt col maj capt sgt cpl pvt cmdr cdr adm brig gov sen sens rep reps
    sec pres amb supt insp det atty asst assn dept inc corp co ltd llc plc bros univ ft mt no vs messrs mme mlle
    sec'y smt cllr coun clr engr dsi dci
    """
)
"""Abbreviations whose point ends no name."""

CALLINGS: Final = _words(
    """
    lifeguard plumber electrician builder mechanic welder trucker truckie cabbie chauffeur postman cleaner
    caretaker janitor gamekeeper vet veterinarian dentist midwife carer pharmacist optician dietitian nutritionist
    physiotherapist therapist counsellor counselor psychiatrist pathologist coroner radiologist oncologist cardiologist
    neurologist neuroscientist geologist zoologist botanist ecologist oceanographer climatologist archaeologist
    anthropologist palaeontologist paleontologist volcanologist mathematician statistician astronomer astrophysicist
    chemist biochemist geneticist immunologist microbiologist entomologist ornithologist primatologist headteacher
    headmaster headmistress schoolteacher tutor librarian curator archivist grocer hairdresser beautician dancer
    ballerina choreographer composer pianist violinist cellist guitarist drummer bassist frontman presenter newsreader
    commentator referee umpire linesman jockey cyclist swimmer sprinter gymnast wrestler footballer cricketer batsman
    bowler wicketkeeper bouncer doorman bartender barman barmaid waiter waitress innkeeper hotelier restaurateur
    skipper mariner crewman steward stewardess hiker climber mountaineer surfer diver trooper guardsman sniper
    bailiff juror auctioneer surveyor receptionist bookkeeper auditor programmer technician machinist foreman herder
    breeder motorist biker motorcyclist pedestrian commuter shopper holidaymaker camper homeowner householder schoolboy
    schoolgirl undergraduate babysitter nanny childminder undertaker locksmith blacksmith jeweller jeweler
    sculptor illustrator cartoonist publicist influencer policeman policewoman cop medic ombudsman
    landscaper bystander onlooker caller customer villager herdsman monarch hunter trekker hostage
    abductee kidnapper bomber arsonist rapist smuggler trafficker fraudster stowaway runaway applicant claimant
    respondent petitioner appellant accused complainant informant detainee returnee evacuee deportee trustee nominee
    toddler teen pupil
    """
)
"""Callings and conditions of one person that are offices nowhere."""

ROLES: Final = (
    TITLES
    | CALLINGS
    | _words(
        """
    man woman boy girl teenager youngster mother father wife husband son daughter brother sister uncle aunt cousin
    grandmother grandfather widow widower mom mum dad parent friend colleague lover fiancé fiancée girlfriend
    boyfriend person passenger tourist pensioner worker employee boss head chief partner owner landlord tenant
    operator expert specialist scholar fellow lecturer academic author critic supporter protester demonstrator migrant
    refugee asylum-seeker soldier fighter militant insurgent warlord hacker thief burglar driver prisoner detainee
    inmate defendant plaintiff whistleblower insider source star player athlete runner swimmer champion boxer golfer
    democrat republican conservative liberal independent tory socialist native pontiff monarch royal heir retiree
    conservationist environmentalist baker shopkeeper trader broker banker accountant engineer developer architect
    contractor landowner rancher lobbyist fundraiser donor heiress appointee successor predecessor counterpart
    namesake protégé mentor backbencher frontbencher publican forecaster
    co-author coauthor bureaucrat technocrat advocate unionist statesman mp's premier's
    newcomer outsider lieutenant deputy vice-minister mother-of-three mother-of-two father-of-two figure
    congressperson assistant cleric preacher priest nun monk caliph grandson granddaughter nephew niece twin
    """
    )
)
"""Heads of descriptions of one person."""

BODIES_TOO: Final = _words(
    """
    operator owner partner rival contractor developer producer designer broker trader advocate supporter donor source
    host champion newcomer outsider successor predecessor landlord tenant supplier publisher promoter organiser
    organizer
    """
)
"""Roles that a body has as often as a person ("the operator, Brightwave")."""

MALE_WORDS: Final = COURTESIES_M | _words(
    """
    man boy father husband son brother uncle grandfather widower dad boyfriend nephew grandson king prince duke
    emperor gentleman guy spokesman congressman councilman assemblyman businessman salesman policeman fireman
    fisherman gunman statesman pope pontiff cardinal archbishop stepfather godfather actor himself he him his
    """
)
FEMALE_WORDS: Final = COURTESIES_F | _words(
    """
    woman girl mother wife daughter sister aunt grandmother widow mom mum girlfriend niece granddaughter queen
    princess duchess baroness countess actress heroine spokeswoman congresswoman councilwoman assemblywoman
    businesswoman saleswoman policewoman chairwoman stepmother godmother waitress hostess nun herself she her hers
    """
)
KIN: Final = _words(
    """
    wife husband son daughter brother sister mother father uncle aunt cousin widow widower mom mum dad grandmother
    grandfather grandson granddaughter nephew niece girlfriend boyfriend fiancé fiancée partner parents family spouse
    stepson stepdaughter stepfather stepmother twin ex-wife ex-husband lawyer attorney spokesman spokeswoman
    spokesperson campaign team office aide aides adviser advisers deputy predecessor successor counterpart
    running-mate colleague colleagues boss friend friends neighbor neighbour agent manager assistant lawyers attorneys
    relatives
    """
)
"""Heads that stand in a relation to somebody named by a possessive; they are never that somebody."""

MODIFIERS: Final = _words(
    """
    former ex current outgoing incoming acting interim deputy vice assistant associate senior junior chief top late
    then-president longtime veteran retired prominent leading democratic republican conservative liberal labour tory
    independent foreign prime defense defence interior finance home justice trade energy health education labor
    agriculture transport transportation culture sports information economic political military national federal state
    regional local provincial municipal royal high general presidential gubernatorial congressional parliamentary
    opposition majority minority special supreme joint national-security press communications communication campaign
    policy legal financial managing executive founding honorary emeritus ruling far-right far-left centre-right
    attorney inspector surgeon first second third british french german russian chinese american israeli palestinian
    iranian iraqi turkish indian pakistani japanese korean nigerian kenyan egyptian saudi syrian ukrainian italian
    spanish greek dutch belgian swedish norwegian danish finnish polish hungarian austrian swiss irish scottish welsh
    canadian mexican brazilian argentine argentinian chilean colombian venezuelan cuban australian afghan yemeni
    lebanese jordanian qatari emirati kuwaiti libyan tunisian moroccan algerian sudanese somali ethiopian ghanaian
    african european asian arab english romanian bulgarian serbian croatian bosnian czech slovak portuguese thai
    vietnamese indonesian malaysian filipino philippine taiwanese
    """
)
"""Adjectives and nouns that stand inside a title."""

DEMONYMS: Final = _words(
    """
    british french german russian chinese american israeli palestinian iranian iraqi turkish indian pakistani japanese
    korean nigerian kenyan egyptian saudi syrian ukrainian italian spanish greek dutch belgian swedish norwegian
    danish finnish polish hungarian austrian swiss irish scottish welsh canadian mexican brazilian argentine
    argentinian chilean colombian venezuelan cuban australian afghan yemeni lebanese jordanian qatari emirati kuwaiti
    libyan tunisian moroccan algerian sudanese somali ethiopian ghanaian african european asian arab english romanian
    bulgarian serbian croatian bosnian czech slovak portuguese thai vietnamese indonesian malaysian filipino
    philippine taiwanese republican democratic western eastern northern southern islamic muslim christian jewish
    catholic protestant hindu buddhist sunni shia shiite kurdish latino hispanic black white catalan basque chechen
    crimean soviet roman bavarian californian texan floridian londoner rican costa islamist labour tory conservative
    u.s us uk eu un
    """
)

PLACES: Final = _words(
    """
    afghanistan albania algeria america angola argentina armenia australia austria azerbaijan bahrain bangladesh
    belarus belgium bolivia bosnia botswana brazil britain bulgaria burma burundi cambodia cameroon canada chad chile
    china colombia congo croatia cuba cyprus czechia denmark ecuador egypt england eritrea estonia ethiopia fiji
    finland france gabon gaza germany ghana greece guatemala guinea guyana haiti honduras hungary iceland india
    indonesia iran iraq ireland israel italy jamaica japan jordan kazakhstan kenya korea kosovo kuwait kyrgyzstan laos
    latvia lebanon liberia libya lithuania luxembourg macedonia madagascar malawi malaysia mali malta mauritania
    mexico moldova mongolia montenegro morocco mozambique myanmar namibia nepal netherlands nicaragua niger nigeria
    norway oman pakistan palestine panama paraguay peru philippines poland portugal qatar romania russia rwanda samoa
    scotland senegal serbia singapore slovakia slovenia somalia spain sudan sweden switzerland syria taiwan tajikistan
    tanzania thailand tibet tonga tunisia turkey turkmenistan uganda ukraine uruguay uzbekistan venezuela vietnam
    wales yemen zambia zimbabwe crimea catalonia kashmir chechnya alabama alaska arizona arkansas california colorado
    connecticut delaware florida hawaii idaho illinois indiana iowa kansas kentucky louisiana maine maryland
    massachusetts michigan minnesota mississippi missouri montana nebraska nevada ohio oklahoma oregon pennsylvania
    tennessee texas utah vermont wisconsin wyoming london paris berlin moscow beijing tokyo seoul pyongyang tehran
    kabul baghdad damascus jerusalem cairo ankara istanbul rome madrid brussels vienna geneva athens kiev kyiv warsaw
    delhi mumbai islamabad karachi dhaka jakarta manila bangkok hanoi sydney canberra ottawa toronto havana caracas
    bogota lima brasilia nairobi lagos abuja johannesburg pretoria tripoli tunis riyadh doha dubai beirut amman
    chicago boston houston dallas miami atlanta philadelphia phoenix detroit seattle denver baltimore cleveland
    pittsburgh milwaukee orlando brooklyn manhattan hollywood manchester birmingham liverpool glasgow edinburgh
    cardiff belfast dublin munich hamburg cologne frankfurt marseille lyon barcelona milan naples lisbon stockholm
    oslo copenhagen helsinki prague budapest bucharest sofia belgrade zagreb sarajevo shanghai guangzhou hokkaido
    osaka kyoto hiroshima guam aleppo mosul europe asia africa antarctica middle-east balkans caribbean pacific
    atlantic mediterranean
    """
)

ORGANISATION_WORDS: Final = _words(
    """
    ministry department dept committee university college school agency council bank party police court courts bureau
    constabulary corp corporation inc ltd llc plc gmbh company companies co group groups times post news press
    herald tribune journal gazette guardian telegraph mail daily weekly magazine radio television
    tv network broadcasting house campaign institute center centre foundation association
    assn union commission service services army navy force
    forces guard marines corps government administration authority office league federation society congress senate
    parliament assembly knesset duma bundestag cabinet board alliance coalition movement front brigade brigades
    organization organisation nations state states headquarters airlines airways airport hospital church mosque museum
    library studios pictures entertainment records motors industries holdings partners capital fund trust laboratories
    laboratory systems technologies technology software communications international initiative project program
    programme club team fc united rovers wanderers directorate secretariat tribunal embassy consulate mission command
    pentagon kremlin nato caucus conference chamber registry exchange insurance pharmaceuticals energy oil gas
    electric power works coast-guard taliban hezbollah hamas isis isil fatah observatory survey academy consortium
    cooperative syndicate jihad haram qaeda khorasan militia chiefs airforce prosecutor's prosecutors militants troops
    firefighters officials media unit
    """
)
"""Parts by which a capitalised name is known as an organisation's."""

ORGANISATION_HEADS: Final = _words(
    """
    government administration ministry department agency company firm corporation corp bank police court committee
    council commission board party university college school hospital group organization organisation institute
    association union federation league team campaign office military army navy militia force forces authority
    authorities bureau network newspaper paper magazine website channel station broadcaster outlet charity foundation
    church parliament senate congress house cabinet regime state country nation city town county embassy consulate
    delegation coalition alliance movement airline airlines carrier manufacturer automaker retailer chain startup
    studio publisher club watchdog regulator panel jury tribunal mission headquarters division unit service services
    command bloc think-tank tank ngo nonprofit lab laboratory monitor observatory fund lender insurer utility giant
    conglomerate subsidiary secretariat directorate prosecution defense kingdom republic junta family leadership
    presidency palace fbi cia nsa nasa pentagon kremlin business factory plant brewery hotel restaurant organizer
    press media enforcement band faction sect gang cartel force constabulary television
    radio utility insurer drugmaker chipmaker carmaker
    brewer airport lobby synod diocese trust railway railroad brokerage refiner
    """
)
"""Heads of descriptions of an organisation, singular in sense."""

OUTLET_WORDS: Final = _words(
    """
    times post news press herald tribune journal gazette guardian telegraph mail daily weekly magazine radio
    television tv network broadcasting reuters bbc cnn npr nbc abc cbs msnbc cnbc bloomberg politico axios yonhap
    xinhua tass afp ap upi kyodo nhk rt dpa ansa efe haaretz bild spiegel monde figaro pravda standard observer
    examiner chronicle globe sun star mirror independent atlantic economist newsweek time vox slate buzzfeed breitbart
    huffpost
    """
)

DOCUMENT_HEADS: Final = _words(
    """
    opinion opinions dissent ruling rulings brief briefs decision leaflet report reports statement statements document
    documents study studies survey surveys poll polls letter letters memo memorandum memos email emails article
    articles story stories book books film documentary movie video videos footage transcript transcripts tweet tweets
    post posts paper papers review analysis data statistics figures records record filing filings complaint complaints
    lawsuit indictment affidavit verdict order warrant charge sheet law bill constitution treaty agreement resolution
    bulletin release communiqué communique announcement editorial column piece feature essay op-ed blog website site
    page feed message messages note diary memoir census audit assessment investigation inquiry findings research
    results evidence images image photo photos photographs pictures map chart graph ad ads advertisement commercial
    speech summary list index average averages forecast estimate estimates projection projections model models return
    returns tape recording recordings sign signs placard banner headline headlines text texts fact-sheet manifesto
    platform account accounts interview biography
    autobiography profile dossier brochure pamphlet magazine-article flyer invitation notice
    notification advisory warning alert guidelines guide manual
    """
)
"""Heads of descriptions of something written, shown or recorded."""

PLURAL_ROLES: Final = _words(
    """
    people men women children kids boys girls students parents families relatives residents locals villagers neighbors
    neighbours voters citizens americans officials sources authorities lawmakers legislators senators representatives
    congressmen politicians ministers leaders members aides advisers advisors staffers staff employees workers
    executives analysts experts economists scientists researchers scholars academics historians observers critics
    supporters opponents proponents advocates activists campaigners protesters protestors demonstrators organizers
    organisers lawyers attorneys prosecutors judges investigators detectives police officers soldiers troops marines
    commanders generals admirals fighters militants rebels insurgents terrorists witnesses survivors victims
    passengers tourists travelers refugees migrants immigrants doctors nurses teachers journalists reporters editors
    pundits commentators democrats republicans conservatives liberals progressives tories allies rivals candidates
    developers investors traders bankers businesses companies firms farmers drivers pilots players fans coaches
    friends colleagues others some many most several few both all two three four dozens hundreds thousands majority
    percent respondents participants delegates spokespeople diplomats negotiators mediators regulators inspectors
    engineers firefighters paramedics rescuers veterans seniors owners customers users readers viewers shoppers
    consumers patients palestinians israelis russians ukrainians syrians iraqis iranians afghans nigerians germans
    britons europeans muslims christians jews catholics hindus kurds sunnis shiites elders clerics bishops monks
    artists celebrities singers actors storytellers writers authors groups organizations organisations agencies
    nations countries governments states cities communities banks unions parties outlets newspapers media bosses
    meps mps msps mlas
    secretaries presidents mayors governors individuals persons adults teenagers teens couple pair trio duo public
    crowd audience team insiders attendees donors strategists pollsters operatives detractors backers
    """
)
"""Heads of descriptions of several people."""

PARTICLES: Final = _words(
    """
    de del della di da dos das du la le van von der den ter ten al el ul bin ibn bint ben abu abd san st zu af av y e
    """
)
POSTNOMINALS: Final = _words("phd md esq qc kc mp obe cbe mbe dbe kbe mba cpa rn frs ias ips ifs dphil sj mla")
"""Letters after a name that are no part of it."""
SUFFIXES: Final = POSTNOMINALS | _words("jr sr ii iii iv")
HONORIFICS: Final = _words("highness majesty excellency holiness eminence lordship ladyship honour honor grace royal")
"""What follows his or her where somebody is spoken of by rank ("Her Majesty")."""
NATIONALS: Final = _words(
    """
    afghan african albanian algerian american arab argentine argentinian armenian asian australian austrian belgian
    bolivian bosnian brazilian briton bulgarian cameroonian canadian chilean colombian congolese croat cuban czech dane
    dutchman ecuadorian egyptian englishman englishwoman eritrean ethiopian european finn frenchman frenchwoman
    georgian german ghanaian greek guatemalan honduran hungarian indian indonesian iranian iraqi irishman irishwoman
    israeli italian jamaican jordanian kenyan korean kuwaiti latvian libyan lithuanian macedonian malaysian mexican
    moroccan nigerian norwegian pakistani palestinian peruvian pole romanian russian rwandan saudi scot serb slovak
    slovene somali spaniard swede syrian taiwanese tanzanian tunisian turk ugandan ukrainian uruguayan venezuelan
    welshman yemeni zambian zimbabwean portuguese
    """
)
"""Nouns by which one person is called by nationality ("the Italian")."""
PLACE_OPENERS: Final = _words("north south new east west saudi united costa el sri hong los san")
"""First words of places of two words."""
NOT_NAMES: Final = _words(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december mon tue tues wed thu thur thurs fri sat sun jan feb mar apr jun jul aug sep
    sept oct nov dec i i'm i've i'd i'll god easter christmas ramadan thanksgiving twitter facebook instagram youtube
    telegram whatsapp a.m p.m am pm gmt et est edt pst pdt bst cet utc ad bc tv dvd covid covid-19 ebola internet
    oscars olympics bible koran quran english photo image file video read updated advertisement ok contributor getty
    stringer handout screengrab please copyright ngo ngos mep meps highness majesty excellency holiness eminence
    lordship ladyship
    """
)

CALENDAR: Final = _words(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december
    """
)
"""Days and months; some are family names too."""
PLATFORMS: Final = _words("twitter facebook instagram youtube telegram whatsapp")
"""Where things are posted; each is a company too."""
WORDS_AND_SURNAMES: Final = _words("church house law banks hall parks")
"""Words of bodies and places that are family names too."""
STREETS: Final = _words("street road avenue square lane boulevard drive terrace crescent")

GIVEN_M: Final = _words(
    """
    aaron abdul abe abubakar abdullah abraham adam adrian ahmad ahmed akhil al alan albert alberto alejandro alexander
    alfred ali allan allen alvin ambrose amir amit anders andre andrea andreas andrei andrew andrey andy angelo anil
    anthony antoine anton antonio antony anwar ari arjun arnold arthur arturo arun ashraf austin avi barack barry bart
    bashar bassem ben benjamin bernard bernie bert bill billy bob bobby boris brad bradley brandon brendan brent brett
    brian bruce bruno bryan byron calvin carl carlo carlos cedric cesar chad charles charlie chester chris christian
    christopher christophe chuck clarence claude claudio clayton clement clifford clint clinton colin conor corey cory
    craig curtis cyrus dale dan daniel danny darren darrell dave david davis dean denis dennis derek desmond dick
    diego dieter dimitri dinesh dmitri dmitry dominic dominique don donald doug douglas drew duncan dustin dwight earl
    ed eddie edgar eduardo edward edwin eli elias elijah elon emil emmanuel emilio enrique eric erik ernest ethan
    eugene evan fabio faisal felipe felix ferdinand fernando fidel floyd francis francisco francois frank franklin
    fred frederick gabriel garba garry gary gavin geert gene geoff geoffrey george gerald gerard gerhard ghassan
    gideon gilbert giorgio giovanni giuseppe glen glenn gonzalo gordon graham grant greg gregory guillermo gustavo guy
    habib hamid hans harold harry harvey hassan heinz hector henri henry herbert herman hugh hugo humayun hussein ian
    ibrahim igor imran isaac ismail ivan jack jackson jacob jacques jaime jake jamal james jan jared jason javier jay
    jean jeb jeff jeffrey jens jeremy jerome jerry jesse jim jimmy joachim joao joe joel johan johannes john johnny
    jon jonah jonas jonathan jordi jorge jose josef joseph josh joshua juan julian julio jurgen justin kamal karim
    karl keith ken kenneth kevin khalid khizr klaus kofi kurt kyle lai lamar lance larry lars laurent lawrence leo
    leon leonard leonid leroy les lester lewis lindsey lionel lloyd lou louis luca lucas luigi luis luiz luke magnus
    mahmoud malcolm manuel marc marcel marco marcos marcus mario mark markus marlon martin marty marvin mateo matt
    matthew matthias maurice max maxim mehmet mel merrick michael michel miguel mike mikhail milton mitch mitchell
    mitt mohamed mohammad mohammed morris moshe muhammad muhammadu mustafa nader naftali nasser nate nathan neal ned
    neil nelson newt nicholas nick nicolas nicolás nigel nikolai noah noam noel norman oleg oliver omar orlando oscar
    otto owen pablo pat patrick paul paulo pavel pedro pete peter phil philip philippe phillip pierre piotr rafael
    rahm rainer raj rajesh ralph ramon ramzan rand randall randy raul ravi ray raymond recep reggie reid reince rene
    rex ricardo richard rick ricky rob robert roberto robin rod rodney rodrigo roger roland rolf ron ronald rory ross
    roy rudolph rudy rupert russell ryan saad saddam sadiq salman salvador sam samir samuel sanjay saul scott sean
    sebastian seth sergei sergey sergio shane shaun shawn sheldon sherrod shimon shinzo sidney silvio simon solomon
    spencer stan stanley stefan stephen steve steven stewart stuart syed tad tariq ted terrence theodore theresa
    thierry thomas tim timothy toby todd tom tomas tommy tony travis trevor trey tyler uwe vicente victor viktor
    vincent vitali vladimir volodymyr wade wallace walter warren wayne werner wilhelm will william willie winston
    wolfgang xavier yair yasser yemi yitzhak yousef yuri yusuf yves zachary ziad
    """
)

GIVEN_F: Final = _words(
    """
    abigail ada adele adelle agnes aisha alexandra alexis alice alicia alison allison alma alyssa amanda amber amelia
    amina amy ana anastasia andrea angela angelina angelique anita anja ann anna anne annette annie antonia aparna
    april ariana arianna arlene ashley audrey aung ava ayesha barbara beatrice becky belinda bernadette beth bethany
    betsy betty beverly blanca bonnie brenda brianna bridget brigitte caitlin camille carla carly carmel carmen carol
    carole caroline carolyn carrie cassandra catherine cathy cecile cecilia celia celine charlotte chelsea cheryl
    chloe christina christine cindy claire clara clarissa claudia colleen condoleezza connie constance consuelo cora
    courtney cristina crystal cynthia daisy dana danielle daniela darlene dawn deb debbie deborah debra delores denise
    diana diane dianne dina dolores donna dora doris dorothy edith eileen elaine eleanor elena elisabeth eliza
    elizabeth ella ellen elsa emily emma erica erika erin esmeralda esther ethel eva eve evelyn faith fatima fatou
    felicia fiona florence frances francesca frida gabriela gabrielle gail geraldine gertrude gina ginger giorgia
    gisele glenda gloria grace greta gretchen gwen hanan hannah harriet heather heidi helen helena helga hilary
    hillary holly huma ida ileana imelda ingrid irene irina iris isabel isabella isabelle ivana ivanka jackie
    jacqueline jamie jan jane janet janice jasmine jean jeanne jenna jennifer jenny jessica jill jillian joan joanna
    joanne jodi jody joni josephine joy joyce juanita judith judy julia juliana julie june kamala karen karin karla
    kate katherine kathleen kathryn kathy katie katrina kay kayla kelli kellyanne kelsey khalida kim kimberly kirsten
    kristen kristin kristina lara latifa laura lauren laurie lea leah lee leila lena leslie leticia lidia lilian
    lillian lily linda lindsay lisa liz lois lori lorraine loretta louise luana lucia lucy luisa lydia lynn mabel
    madeleine madison maggie malala malia malkia mandy marcia margaret margarita maria mariam marian marie mariana
    marilyn marina marine marissa marjorie marla marlene marsha martha mary matilda maureen maxine maya megan megyn
    melania melanie melinda melissa mercedes meredith mia michaela michele michelle mildred mindy miranda miriam molly
    mona monica monique muriel myra myrna nadia nadine nancy naomi natalia natalie natasha nellie nicole nicola nikki
    nina noor nora norah norma olga olivia oprah paige pam pamela patricia patti patty paula pauline pearl peggy
    penelope penny phyllis priscilla priti rachel ramona raquel rebecca regina renee rhonda rita roberta robyn rosa
    rosalie rose rosemary roxanne ruth sabrina sally samantha sandra sandy sara sarah sasha savannah selena serena
    shannon sharon sheila shelley sherry shirley silvia simone sofia sonia sonya sophia sophie stacey stacy stella
    stephanie sue susan susana susanna suzanne svetlana sylvia tamara tammy tania tara tatiana teresa theresa tiffany
    tina toni tracy tricia tulsi ursula valeria valerie valeska vanessa vera veronica vicky victoria viola violet
    virginia vivian wanda wendy whitney winifred xiomara yasmin yolanda yvette yvonne zainab zara zoe
    """
)

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
