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
