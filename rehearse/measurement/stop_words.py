"""Words that carry no news, by language: grammar, talk about talking, and what every answer is full of. Tables to edit.

Two lists for each language. Grammar: articles, pronouns, prepositions, auxiliaries, conjunctions, adverbs of degree.
Light words: so common in spoken answers that the first of a kind tells the listener nothing ('thing', 'important', 'I
learned'). Both are our own choice. Their stems count: 'thing' stands for 'things', irregular forms are listed.
"""

_ENGLISH = """
a an the this that these those each every either neither both all any some no none other another such same own
i me my mine myself you your yours yourself yourselves he him his himself she her hers herself it its itself
we us our ours ourselves they them their theirs themselves one ones oneself
who whom whose which what whatever whichever whoever when whenever where wherever why how however whether
someone somebody something somewhere anyone anybody anything anywhere everyone everybody everything everywhere
nobody nothing nowhere
and or but nor so yet if then else than as because since although though while until unless once
of at by for with about against between into through during before after above below to from up down in out on off
over under again further around along across away back near next behind beside besides beyond toward towards upon
within without per via onto inside outside instead together apart
am is are was were be been being have has had having do does did doing done can could will would shall should may
might must ought need let lets cannot gonna gotta wanna dare used
not only just also too very much many more most less least few little lot lots bit enough quite rather almost
even still already ever never always often sometimes usually mostly now today here there soon later ago
maybe perhaps probably possibly certainly definitely absolutely totally completely exactly simply merely
really actually basically literally obviously clearly honestly frankly generally specifically especially
essentially hopefully luckily fortunately unfortunately anyway anyhow regardless otherwise therefore thus hence
yes yeah yep yup no nope ok okay oh ah well right alright sure fine please thanks thank sorry hey hello hi
"""
_ENGLISH_LIGHT = """
like kind sort stuff thing way case point fact matter sense reason part rest end kinda sorta etc
know think guess suppose believe feel mean say tell talk speak ask answer explain describe mention call
go come get got give take make put keep use try start begin stop happen become seem look see hear find show turn
set
want like love wish hope help work let leave stay move bring
good great nice bad best better worst worse well big small new old different important interesting hard easy
difficult
able happy glad proud true wrong whole certain sure clear real main simple possible
people person man woman guy guys folks everybody life world place time times day days week month year moment
first second last finally lastly firstly secondly begin beginning end ending
situation experience example question story lesson
learn teach understand realize realise remember forget notice decide
thought knew known felt meant said told spoke spoken gave given took taken came went gone got gotten made kept
began begun
became saw seen heard found showed shown left stood stayed brought held learnt taught understood understands forgot
forgotten
chose chosen meet met tried ran run
sound deal handle manage finish change need matter idea mind job role hand head side name number line step
anymore nutshell summary short long word words sum
two three couple
"""

_GERMAN = """
der die das den dem des ein eine einer eines einem einen kein keine keiner keines keinem keinen dieser diese dieses
diesem diesen jener jene jenes jeder jede jedes jedem jeden alle alles allem allen aller manche mancher andere
anderen
anderer anderes beide beiden selbst selber
ich mich mir mein meine meiner meinem meinen du dich dir dein deine er ihn ihm sein seine seiner seinem seinen sie
ihr
ihre ihrer ihrem ihren ihnen es wir uns unser unsere unserem unseren euch euer man jemand niemand etwas nichts
wer wen wem was welche welcher welches wann wo wohin woher warum wieso weshalb wie ob
und oder aber denn sondern doch wenn weil dass daß als damit obwohl während bis bevor nachdem sobald falls
in im an am auf aus bei beim mit nach von vom vor zu zum zur über unter um für durch gegen ohne zwischen hinter
neben
seit statt trotz wegen ins ans aufs
bin bist ist sind seid war warst waren wart gewesen sein habe hab hast hat haben habt hatte hatten gehabt werde
wirst
wird werden wurde wurden geworden worden würde würden kann kannst können konnte konnten könnte könnten muss musst
müssen
musste mussten müsste soll sollen sollte sollten will willst wollen wollte wollten darf dürfen durfte mag mögen
möchte
möchten lassen ließ lässt
nicht nur auch schon noch mehr sehr viel viele wenig weniger ganz gar so da dann daher deshalb deswegen darum dabei
dafür dagegen daran darauf daraus darin davon dazu hier dort jetzt heute immer nie oft manchmal wieder einfach
eigentlich
halt eben mal ja nein doch genau natürlich wirklich vielleicht wahrscheinlich sicher sozusagen quasi irgendwie
irgendwann irgendwas also naja okay gut schlecht besser beste groß klein neu alt wichtig schwierig leicht schön
toll
hin her los weg ab zurück weiter zusammen
"""
_GERMAN_LIGHT = """
sagen sage sagt sagte gesagt denken denke denkt dachte gedacht glauben glaube glaubt finden finde fand gefunden
wissen
weiß wusste meinen meine machen mache macht machte gemacht tun tut tat getan gehen geht ging gegangen kommen kommt
kam
gekommen geben gibt gab gegeben nehmen nimmt nahm genommen sehen sieht sah gesehen stehen steht stand lernen lerne
gelernt versuchen versucht bekommen bleiben blieb
ding dinge sache sachen art weise teil grund fall punkt beispiel leute mensch menschen mann frau zeit mal tag tage
woche
monat jahr jahre jahren situation erfahrung frage antwort ende anfang erste ersten zweite letzte
"""

_FRENCH = """
le la les l un une des du de d au aux ce cet cette ces c cela ça ceci chaque tout toute tous toutes aucun aucune
autre
autres même mêmes tel telle quelque quelques plusieurs certains certaines
je j me m moi mon ma mes tu te t toi ton ta tes il elle on nous vous ils elles lui leur leurs se s soi son sa ses
notre
nos votre vos y en qui que qu quoi dont où quand comment pourquoi combien quel quelle quels quelles lequel laquelle
et ou mais ni donc or car si comme lorsque puisque parce quoique tandis alors
à dans par pour avec sans sous sur vers chez entre contre depuis pendant avant après jusque jusqu dès
suis es est sommes êtes sont étais était étions étiez étaient été être serai sera seront serait seraient fut
ai as a avons avez ont avais avait avions aviez avaient eu avoir aurai aura auront aurait auraient
vais vas va allons allez vont aller allé allée allait fais fait faisons font faire faisait faut fallait
peux peut pouvons peuvent pouvoir pouvait pourrait veux veut voulons veulent vouloir voulait voudrais dois doit
devons
doivent devoir devait devrait sais sait savons savent savoir savait
ne n pas plus moins très trop peu beaucoup bien mal mieux aussi encore déjà jamais toujours souvent parfois ici là
maintenant aujourd hui hier demain puis ensuite enfin voilà voici oui non peut-être vraiment justement simplement
surtout
presque assez tellement seulement quand-même ben bah euh bon bonne bons grand grande petit petite nouveau nouvelle
important importante difficile facile
"""
_FRENCH_LIGHT = """
dire dis dit disait parler parle parlé penser pense pensais pensé croire crois trouver trouve trouvé voir vois voit
vu
mettre mis prendre pris prend venir viens vient venu donner donne donné passer passe passé rester arriver arrivé
apprendre appris essayer essayé comprendre compris commencer commencé
chose choses façon manière part partie cas point fait raison exemple gens personne personnes monde homme femme
temps fois
jour jours semaine mois an ans année années moment situation expérience question réponse fin début premier première
dernier dernière
"""

#: By ISO 639-1 code. A language without lists has no landing: lists that are wrong would make one up.
GRAMMAR_WORDS: dict[str, frozenset[str]] = {
    "en": frozenset(_ENGLISH.split()),
    "de": frozenset(_GERMAN.split()),
    "fr": frozenset(_FRENCH.split()),
}
LIGHT_WORDS: dict[str, frozenset[str]] = {
    "en": frozenset(_ENGLISH_LIGHT.split()),
    "de": frozenset(_GERMAN_LIGHT.split()),
    "fr": frozenset(_FRENCH_LIGHT.split()),
}
#: Both together: what carries no news.
STOP_WORDS = {language: grammar | LIGHT_WORDS[language] for language, grammar in GRAMMAR_WORDS.items()}
