import { fold } from '../normalise/text.rules.js';

/** Family names that very many people bear, from the countries of the shops; sharing one says less. */
const family = `smith jones williams brown taylor davies wilson evans thomas johnson roberts walker wright robinson thompson white
 hughes edwards green hall wood harris lewis martin jackson clarke clark turner hill scott cooper morris ward moore king watson baker
 harrison morgan patel allen anderson mitchell phillips james campbell bell kelly davis garcia rodriguez martinez hernandez lopez
 gonzalez perez sanchez ramirez lee miller nguyen rivera
 müller schmidt schneider fischer weber meyer wagner becker schulz hoffmann schäfer koch bauer richter klein wolf schröder neumann
 schwarz zimmermann braun krüger hofmann hartmann lange schmitt werner krause meier lehmann schmid schulze maier
 bernard dubois durand leroy moreau simon laurent lefebvre michel garcia david bertrand roux vincent fournier petit robert richard
 fernandez gomez diaz moreno munoz alvarez romero alonso gutierrez navarro torres ruiz jimenez
 nowak kowalski kowalska wisniewski wisniewska wojcik kowalczyk kaminski kaminska lewandowski lewandowska zielinski zielinska szymanski
 wozniak dabrowski kozlowski jankowski mazur kwiatkowski
 papadopoulos papadopoulou pappas ioannou georgiou dimitriou nikolaou vasileiou papadakis oikonomou konstantinou
 rossi ferrari russo bianchi`;

/** Given names that very many people bear. */
const given = `james john robert michael william david richard joseph thomas charles mary patricia jennifer linda elizabeth barbara susan
 jessica sarah karen christopher daniel matthew anthony mark donald steven paul andrew joshua emily emma olivia jack harry george
 oliver charlie sophie lily grace amelia thomas peter hans wolfgang klaus jürgen dieter manfred uwe günter horst helmut michael
 andreas stefan thomas frank bernd maria ursula monika petra elisabeth sabine renate helga karin brigitte ingrid anna andrea
 jean pierre michel andre philippe rene louis alain jacques bernard marcel daniel marie jeanne francoise monique catherine nathalie
 isabelle antonio jose manuel francisco juan javier carmen maria ana isabel laura jan andrzej piotr krzysztof stanislaw tomasz pawel
 jozef marcin anna katarzyna malgorzata agnieszka krystyna barbara ewa elzbieta giorgos dimitris konstantinos ioannis nikos maria eleni
 katerina vasiliki sofia mehmet ali mohammed ahmed`;

const commonFamily = new Set(family.trim().split(/\s+/).map(fold));
const commonGiven = new Set(given.trim().split(/\s+/).map(fold));

/** Whether very many people bear this folded family name. */
export function isCommonFamilyName(name: string): boolean {
  return commonFamily.has(name);
}

/** Whether very many people bear this folded given name. */
export function isCommonGivenName(name: string): boolean {
  return commonGiven.has(name);
}
