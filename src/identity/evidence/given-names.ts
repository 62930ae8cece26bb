import { fold } from '../normalise/text.rules.js';
import { isInNameGroups } from '../normalise/nicknames.js';
import { isCommonGivenName } from './common-names.js';

/** Given names that are words of their own, mostly short ones with a neighbour one letter away. */
const names = `
 aaron abel ada adam adele adrian aidan aileen aisha alan alba alea alena alessia alex alexa alexis alice alicia alina aline alma alva alvin
 amalia amber amelie amina amir amy ana anastasia andre andrea andreas anika anita anja anke anna anne annika anton antonia april
 ara arda aria ariane arne arno aron arthur arvid astrid ava axel aylin bart basil bea beat beate beatrice beatrix bela ben benedikt benno
 berit bernd bert berta bianca birgit birte bjorn bo bodo boris brad brian britta bruno caleb calla cara carina carla carlo carmen carola
 caroline carsten caspar cecile celia celine chiara chloe chris christa christian christiane christina christine clara clark clea cleo
 cody cole colin cora cordula corinna craig dagmar dale damian dan dana daniel daniela daria dario darius dave dean debora dennis derek
 dev diana diane diego dirk dora dorian doris dustin dylan edda edgar edith edna egon eike eileen ela elena eli elia elias elin elina elisa
 ella ellen elli elma elmar elsa elvira emil emilia emilie emilio emily emma emmi enno enya erik erika erin ernst erwin esra esther ethan
 eva evan eve evelyn ewald ezra fabian fabio falk fatima felix femke fenja fernando fiete filip finja finn fiona flora florian frank
 frauke freya frida frieda fritz gabriel gabriele gary gavin georg gerd gerda gerald gerhard gero gina giulia glen gloria grant greta
 gustav guido hanna hannah hanne hannes hans harald hardy harry hasan hauke heidi heike heiko hein heiner heinz helen helena helene
 helga helge helmut henning henri henrik henry hilda hilde holger hugo ian ida igor ilja ilka ilona ilse imke ina ines inga inge
 ingo ingrid ira irene irina iris irma isa isabel isabella ivan ivo ivy jack jacob jade jake jakob jamal james jamie jan jana jane janek
 janet janin janina janine janis janna janne jannik jano jara jared jaron jason jean jenna jennifer jenny jens jeremy jesse jessica jessie
 jill jim jo joan joana joel johan johann johanna johannes john jon jona jonah jonas jonathan jordan jorg joris josef josefa
 josefine joseph josh joshua josie jude judith jule jules julia julian juliana juliane julie julien julius june jutta justin justus kai kaja
 kalle kara karen karim karin karina karl karla karsten kaspar kate katja katrin kay keira keith kelly ken kenan kenny kerem kerstin kevin
 kelvin kian kilian kim kira kirsten kit klaas klara klaus knut konrad konstantin kristian kristin kristina kurt kyle kyra lana lara larissa
 lars lasse laura lauren laurin lea leah lee leif leila lena lene leni lenn lennard lennart leo leon leona leoni leonie leopold lia liam
 lian lias lida lidia lieke lila lili lilia lilian lilli lily lina linda line linn linnea linus lisa lise lisbeth liv livia lola lorena lorenz
 lothar lotta lotte lou louis louisa louise luc luca lucas lucia lucie lucy ludwig luis luisa luise luka lukas luke luna lutz lydia lynn mae
 magda magnus maia maike maja malin malina malte manuel manuela mara marc marcel marco marcus mareike maren margit margot maria marian
 mariana marianne marie marieke mariella marika marin marina mario marion marisa marit marius mark marko markus marlen marlene marlies
 marlon marta martha martin martina marvin mary mason mateo mathilda mats matteo matthias matthew mattis maud maura maurice max maxim
 maxime maya meike mel melanie melina melissa merle mert mia micha michael michaela michel michelle mika mike mikael mila milan milena
 milla milo mina mio mira miriam mirja mirko moa mona monika moritz mustafa myra nadia nadine nadja naomi natalia natalie nathan neele nele
 nelly nena neo nia nick nico nicola nicole niels nika nikita niklas niko nikolas nils nina nino noa noah noel noemi nora norbert norma
 ole olga olivia olivier oliver omar onno orla oscar otis otto owen pablo pascal pat patricia patrick patrizia paul paula pauline
 pedro pepe per peer peter petra phil philip pia pit piet quentin rafael raik rainer ralf ramona raphael ray rebecca regina reiner remo rena
 renata renate rene reto rhea ria rico rike rita robert roberta robin rocco rolf roland roman romana romy ron ronja rosa rosalie rose rosi
 roy ruben rudi rudolf rune rupert ruth ryan sabine sabrina sally sam sami samira samuel sandra sara sarah sascha saskia sean sebastian
 selin selina selma sergej sharon shawn sidney siegfried sigrid silas silja silke silvana silvia silvio simon simona simone sina sissi
 sofia sofie sonja sonia sophia sophie stefan stefanie stella sten steve steven stina suri susan susanna susanne sven svea sybille
 sylvia tabea tamara tamina tania tanja tara tarik tatjana taylor ted teo teresa tess tessa thea theo theresa thies thilo thomas thorsten
 tia tiago till tilo tim timo timon tina tino tjark tobias todd tom tomas tomma tony torben tore toni trudi tyler udo ulf ulla ulli ulrich
 ulrike ursula uschi ute uta uwe valentin valentina valerie vanessa vera verena veronika vera victor victoria viktor vincent viola
 vivian volker waltraud wanda wendy wenke werner wiebke wilma wim wolf xaver yannick yara yasmin ylva yann yuri yves yvette yvonne zara zoe`;

const known = new Set(names.trim().split(/\s+/).map(fold));

/** Whether this folded word is a given name that somebody chose, not a slip of the pen. */
export function isKnownGivenName(name: string): boolean {
  return known.has(name) || isCommonGivenName(name) || isInNameGroups(name);
}
