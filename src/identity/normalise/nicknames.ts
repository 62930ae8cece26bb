import { fold } from './text.rules.js';

/** Short and pet forms that people use for one given name, a group a line; a form may belong to several groups. */
const groups = `
abigail abby gail
albert al bert bertie
alexander alex sandy sasha xander alec sascha
alexandra alex sandra sandy sasha lexi
alfred alf fred freddie
andrew andy drew
andreas andi andy
anthony tony
antonio toni antoine tonio
anna ann anne annie hanna hannah anja ania anka
barbara barb barbie babs basia
beatrice beatrix bea trixi trixie
benjamin ben benny benji
bernard bernie bernd
bernhard bernd
catherine kathryn katherine katharine kate kathy cathy katie kitty kay cate kat
katarzyna kasia
katharina kathrin katja kathi kati
charles charlie chuck chas chip carl karl
charlotte charlie lottie lotte
christian chris christoph
christine christina chris chrissy tina kristin kirsten kerstin
christopher chris kit topher christoph
cynthia cindy
daniel dan danny
david dave davey davy
deborah debra deb debbie
donald don donny
dorothy dot dottie dolly dora
douglas doug
edward ed eddie ted teddy ned
eduardo edu eduard
edmund ed eddie ned
eleanor ellie nora nell nellie leonora
elena lena helena eleni leni
elizabeth elisabeth liz lizzie beth betty betsy eliza lisa libby bess elsie ella lise elsa
elzbieta ela
emily em emmy millie
eugene gene
florence flo flossie
frances fran francie fanny francesca
francis frank fran
francisco paco pancho fran curro
francoise fanfan
frederick fred freddie fritz friedrich
friedrich fritz fred
gabriel gabe gabi
gabriele gabi gaby
george jorge giorgos
gerald gerry jerry
gerhard gerd
gertrud trude gertie
gerard gerry
giorgos georgios giorgis jorgos
dimitris dimitrios mitsos jimmy
konstantinos kostas costas dinos
ioannis giannis yannis jannis john
nikolaos nikos nico
panagiotis panos takis
vasilis vasileios bill
vasiliki vaso vicky
aikaterini katerina
eleni elena helen
georgia gogo
gregory greg
guadalupe lupe
guillermo memo guille
gunther gunter
hans johann johannes hannes
harold harry hal
heinrich heinz heiner
helen nell nellie ellen helena
henry harry hank hal heinrich
hubert bert
ignacio nacho
isabel isabelle isabella bella izzy belle bel
jacob jake jakob
jacqueline jackie jacqui
jadwiga jadzia
james jim jimmy jamie jem
jan janek jasiek
jane janet jan janie
jeffrey jeff geoff geoffrey
jennifer jen jenny jenn
jessica jess jessie
jesus chus chuy suso
joan joanie joanna
joanna asia jo joan
johanna hanna hanne
john johnny jack jon ian sean
jonathan jon jonny nathan
jose pepe chepe
josef sepp beppo
joseph joe joey jo
josephine jo josie
joshua josh
juan juanito
judith judy jude
julia julie jule
jurgen jorg
kenneth ken kenny
kimberly kim kimmy
klaus nikolaus claus
kristina tina kris
krzysztof krzysiek krzys
lawrence laurence larry lars
leonard leo len lenny
leonardo leo
lillian lily lil
louis lou louie ludwig
louise lou lulu
lucille lucy lucia
malgorzata gosia malgosia
manuel manolo manu
marek mareczek
margaret maggie meg peggy marge margie greta rita madge daisy peg
margarete grete gretel greta
maria marie mary mia mitzi marika mimi
mariadelcarmen carmen
martin marty
martha marty mattie
matthew matt matty
matthias matze hias
maximilian max
melissa mel missy lissa
michael mike mick mickey mikey mitch micha michi michel
michelle shelly mich
monika moni
nancy nan ann
natalie nat talia
nathaniel nathan nate nat
nicholas nick nicky nico klaus
nicole nicky nikki
norbert bert
oliver ollie olli
pamela pam
patricia pat patty tricia trish patsy
patrick pat paddy rick
paul pablo pawel
peter pete piet petra
philip phil pip
piotr piotrek
rafael rafa
raymond ray
rebecca becky becca beck
reinhard reiner
richard rick dick rich ricky richie rik
robert bob rob bobby robbie bert robin
roberto beto
rodney rod
roger rodge
ronald ron ronnie
rosario charo
rudolf rudi
ruth ruthie
salvatore sal
samantha sam sammy
samuel sam sammy
sarah sara sally sadie
sebastian seb basti bastian
sophia sophie sofia sofie
stanislaw staszek stach
stephanie steph stefanie steffi stefania
stephen steven steve stevie stefan stephan
susan sue susie suzy suzanne susanna susanne
susanne susi sanne
sylvia silvia
tadeusz tadek
teresa theresa terry tess resi tessa
terence terry
theodore theo ted teddy
theodor theo
thomas tom tommy
timothy tim timmy
tomasz tomek
ulrich uli
ulrike uli
ursula uschi ulla
veronica ronnie vera
victor vic
victoria vicky tori vicki
vincent vince vinnie
virginia ginny ginger
walter wally walt
werner wern
wilhelm willi willy
william will bill billy willie liam willy
wolfgang wolf wolfi
zachary zach zack
agnieszka aga
aleksandra ola
aleksander olek
ewa ewka
jerzy jurek
wojciech wojtek
zbigniew zbyszek
zofia zosia
dolores lola
concepcion concha
pilar pili
josemaria chema
genevieve ginette
jeannette jeanne
jeanpierre jeanpi
caitlin caitlyn katelyn kaitlyn
madeline madeleine madalyn madelyn
jaden jayden jaiden
kiera keira kira
rachael rachel
isobel isabel
reece reese rhys
jarrod jared
zac zach
aiden aidan
ashlee ashleigh ashley
kristen kristin kristine
marion marian
mathilda matilda
louisa louise luisa luise
clara klara
katherina katharina
matteo mateo
joseph josef
mohammed mohamed mohammad muhammad mehmet
ahmed ahmad ahmet
lisbeth elisabeth
jorg georg
gerhard gerhart
walter walther
mathias matthias
guenter gunter
kurt curt
carl karl
carsten karsten
claus klaus
rolf rudolf
ralf ralph
stefan stephan steffen
philipp philip
detlef detlev
dietmar ditmar
meike maike
mathieu matthieu
aaron ron ronnie erin
adelaide addie adela
alfred alfie freddy
alfonso alfie
alicia allie lisa
amanda mandy
anthony antony
alexis lexi lexie
clara clare claire
amelia amy millie mel emily emmy
andrea drea andi
angela angel angie
angelica angie
angus gus
annabel annabelle bella belle
antoinette toni nettie
arnold arnie
arthur art artie
augustus gus augie
barbara bobbie babette
beverley bev beverly
bridget biddy bridie
cameron cam
carol carrie carolyn carole
caroline carolyn carrie carol lynn caro lina
cassandra cassie sandra cass
catherine cassie kittie katy katie kathleen
cecilia celia cissy cece
chester chet
clarence clare
clement clem
clifford cliff
constance connie
cornelia nelly corrie
cornelius con neil
daniel danni dannie
deborah debby debbi debbie
denise dee
dennis den denny
derrick derek rick
diana di dee
dominic dom nick dominik
dorothea dora thea dorothy
dorothy dotty dodie
edith edie
edgar ed
eileen ellie
elaine lainie elly
elias eli lee
elizabeth liza elise elsa betsey bette elle lizzy lizbeth
ellen nell ellie nellie helen helene
emma em emmy
emmanuel manny
eric ricky rick
ernest ernie
esther hetty essie
evelyn eve evie
ezekiel zeke
ferdinand ferdi ferdy
florence flossy
francis frankie frank
franklin frank
franziska franzi fanny
gabrielle gabby gabi elle
gabriel gabby
geraldine gerry
gilbert gil bert
gillian jill gill
gordon gordy
grace gracie
gretchen greta margaret
gustav gus
gwendolyn gwen wendy
harriet hattie harry
harvey harv
heather hetty
helene lena leni ellen
henrietta etta hettie hetty
herbert herb bert bertie
herman hermann
howard howie
irene rene
isaac ike zac
isabel tibbie
isaiah ike zay
jacob jay jaap coby
jacqueline jack jacky jacki
james jamey
jane jenny
janet jeanette
jean jeannie jeanie
jeanette jean nettie
jeremiah jerry jem
jeremy jerry jem jez
jerome jerry
joan jody jodi
joanna jody jodi jodie josie
joel joe
jonathan johnny johnnie
jordan jordy
josephine josie fina posey
joyce joy
juanita nita
judith judi
julian jules
juliet julie jules
justin jus
justine tina
karl charly
katharina kathe katinka rina
kathleen kathy kate katy kat kitty kay
kenneth kendrick
kristin kris krissy
laura laurie lori lolly
lauren laurie ren
laurence lawrie
leah lee
leander lee
lenora nora lee
leroy roy lee
leslie les
lilian lili
linda lindy lynn
linus lino
lois lou
lorraine lorrie rainy
louise louisa lois
lucinda lucy cindy
luise lulu
lucas luke luc luka lukas
luther lute
lydia lyddie
lynette lynn
madeline maddie maddy lena magda
madison maddie
magdalena magda lena leni
mamie mary
marcus mark marc
marianne mary ann
marilyn mary lyn
marion mary
marjorie marge margie
mary molly polly mae minnie mamie may
mathilda tilda tilly
matthew mattie matthias matt
matthias matt thies thys
maurice morey moe morris
maximilian maxi
mechthild hilde
melanie mel
mercedes mercy
michael micky micah mikey michal mischa
michelle mickey shelley
mildred millie
miranda mandy randy
miriam mimi mitzi
mitchell mitch
montgomery monty
morris moe
nadine nada
naomi omi
nathaniel natty
nathan nat nate
nicodemus nick
nicole nicki cole nikky colette
norman norm
octavia tavia
olivia liv livvy ollie
oscar ossie
oswald ossie ozzy
pamela pammy
patricia patti pattie
patrick pate patsy
paula paulie
pauline paulie polly
penelope penny
percival percy
peter peterkin
philippa pippa pip
phyllis phil
preston pres
priscilla prissy cilla
prudence prue
rachel rae ray shelly
randall randy
randolph randy dolph
raphael rafe raf rafi
raymond rayner
rebecca becki
regina gina reggie
reginald reggie reg
reinhold reini
reynold ron
robert rab bobbie
roberta bobbie robbie bert
rodolfo rudy fito
ronaldo naldo ronald
rosalind roz rosie
rosemary rosie romy
rosina rosi
roxanne roxy
rudolph rudy dolph
rufus rufe
russell russ rusty
sabine bine
samuel sammie
scott scotty
sebastian sebby bas
sharon shari
sheila shelly
sidney sid
sigmund sigi
sigrid siggi
siegfried siggi
simon si
solomon sol solly
stanley stan
stephan steffen
stephanie stevie fanni
stuart stu stewart
susan susie suzi suzie sukie
suzanne suzi
sylvester sly vester
tabitha tabby
tamara tammy mara
theodora dora thea
theresa tessie tracy
therese theresa resi tessa
thaddeus thad tad
tobias toby tobi
ursula ursel
valentine val
valerie val
vanessa nessa
vernon vern
veronica ronnie nica
veronika vroni
vincent vin
virginia virgie
vivian viv
waldemar waldi
walburga burga burgl
waltraud traudl traudi
wallace wally
wendell wen
wesley wes
wilbur will
wilfred will wilf fred
wilhelmina willie mina minnie
willis will
winfred win fred
winifred winnie freda
winston win
woodrow woody
yvonne vonnie
agnes aggie
alain al
angelika geli angie
anastasia stacy ana tasia
benedikt bene
brigitte gitte gitta biggi
christa chris christl
christoph stoffel
cornelia conny nele
dietrich dieter
dominik dodo
eberhard hardy ebbe
edeltraud traudl
elfriede friedel elfi
eva evi
felizitas fee
florian flo flori
georg schorsch jorg
gottfried friedel
hannelore hanne lore
hedwig hedi hede
heidemarie heidi
henriette jette henni
hildegard hilde hildchen
ingeborg inge
irmgard irmi
johannes jo
josefine josi fine
karoline line lina
katharina kate trine
liselotte lilo lotte lise
ludwig lutz luis
marlene marlen leni
mechthild tilde
michaela michi ela
nikolaus niko
renate reni nate
rosemarie rosi
sebastian wastl
sieglinde linde siggi
susanne susa
theodor teo
ulrike rike
valentin valtin
viktoria vicky vicki viki
wilhelmine minna mine
beatriz bea
dolores lolita
enrique quique kike
esperanza espe
federico fede
fernando nando fer
gregorio goyo
jesus jesu
luis lucho
mercedes merche
miguel migue
rafael rafi
ramon moncho
salvador salva
santiago santi yago
teresa tere
vicente chente
alexandre alex
benoit ben
dominique dom
emmanuelle manu
frederic fred
isabelle isa
jeanmarc jm
laetitia laeti
madeleine mado
nathalie nath
sandrine sandy
thierry titi
veronique vero
virginie gini
alicja ala
bartosz bartek
boguslaw bogdan bogus
boguslawa boguska
dominika domi
grazyna grazka
halina hala
irena irka
jakub kuba
jolanta jola
lukasz luk
maciej maciek
mateusz mati
michal michalek
mikolaj mikus
pawel pawelek
przemyslaw przemek
rafal rafalek
slawomir slawek
tadeusz tadzio
teresa renia
wieslaw wiesiek
athanasios thanasis nasos
apostolos tolis
charalampos babis
christos chris
emmanouil manolis
evangelia eva litsa
evangelos vangelis
ioanna gianna
konstantina dina nantia
michail michalis
paraskevi vivi evi
spyridon spyros
stavroula voula
theodoros thodoris
anastasia natasa
angeliki aggeliki kiki
`;

const groupsOf = new Map<string, Set<number>>();
for (const [index, line] of groups.trim().split('\n').entries()) {
  for (const form of line.split(' ')) {
    const key = fold(form);
    groupsOf.set(key, (groupsOf.get(key) ?? new Set()).add(index));
  }
}

/** Whether two folded given names are forms of one name: Bill and William, Kasia and Katarzyna. */
export function areFormsOfOneName(a: string, b: string): boolean {
  const mine = groupsOf.get(a);
  const theirs = groupsOf.get(b);
  if (!mine || !theirs) return false;
  for (const group of mine) if (theirs.has(group)) return true;
  return false;
}

/** Whether a folded given name is one of those whose forms are known. */
export function isInNameGroups(name: string): boolean {
  return groupsOf.has(name);
}
