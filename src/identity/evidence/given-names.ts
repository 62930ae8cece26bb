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
 vivian volker waltraud wanda wendy wenke werner wiebke wilma wim wolf xaver yannick yara yasmin ylva yann yuri yves yvette yvonne zara zoe
 abbey addison aiden aidan alana alexandra alice alison alistair alyssa amalie amanda amelia angus annabel annabelle annalise archie ashlee ashleigh
 ashley ashton aubrey audrey austin bailey beau bella bethany blaine blair blake bonnie braden bradley brandon brayden breanna brenda brent brett
 bridget brock brodie bronte brooke bryce bryn cade caitlin caitlyn callum cameron carl carly cassandra chad chelsea cheyenne claire clay clayton clinton
 clyde connor cooper corey courtney crystal curtis dakota damien danielle danny darcy darren dawn deborah declan denise dominic donna doug douglas drew dwayne
 eden elise elliot elliott elsie eloise erica ewan faith felicity fergus fern fletcher freddie garrett gemma georgia georgie georgina glenn grace hailey hamish harper
 harriet harrison harvey hayden hayley heath heather holly hope hudson hugh hunter imogen india indiana isaac isabella isla isobel jackson jacqueline jaden
 jai jaime jamison jarrod jarvis jasmine jasper jaxon jay jayden jaylen jed jeff jenifer jess jett jock joe jolie jordan joy judy juliet kane kasey kate
 katelyn kathryn katie kay kaya kayla keely keira kelsey kendall kiara kieran kiera kirra kody kristen kristy kurtis kylie kyle lachlan lacey lance latoya
 lauren leslie levi lewis lilly lincoln logan lola louie lucinda lucy lyla mackenzie madalyn maddison madeleine madeline madison makayla maggie mandy marissa mary
 maddie matilda maxwell megan mercedes mia mikayla mike miller miranda mitch mitchell molly monique morgan nash natasha nate neil neve neville nicholas noel olive
 olly owen paige patrick pearl penelope phoebe pippa poppy preston quinn rachael rachel raymond rebekah reece reese reuben rhys ricky riley robbie rory rosie ross
 rowan roxanne ruby russell ryder samantha savannah scarlett scott seth shane shannon shari sheila sienna skye sonny sophie spencer stacey stanley
 stephanie stuart summer susannah sybil tahlia talia tamsin tania tayla tegan teresa tessa theodore toby tracey tracy travis trent trinity tristan troy
 tyson vanessa vaughn violet wade warren wayne wesley will willow xavier yvonne zac zach zachary zali zane zara zoey
 ahmad ahmet aisha ali amira amit anjali anil arjun ayse bilal burak can cem deniz dilara ebru elif emine emre esra fatma hakan halil hamza hassan hatice huseyin ibrahim imran ismail
 kadir kemal khalid leyla mahmoud maryam mehmet melek melis merve mohamed mohammad mohammed muhammad murat mustafa nadir naim nasir nour omer osman ozan pinar priya rahul raj ravi rashid
 sanjay selim serkan sevgi sibel sunil tariq tuncay vijay volkan yusuf zainab zeynep wei ming hui jing yan li xin mei hiroshi yuki kenji minh linh thanh nguyet
 alejandro alicia alonso ainhoa alvaro andres angeles araceli belen begona blanca candela carlota catalina cesar consuelo cristina cruz diana domingo elisabet
 emilio encarnacion enrique ernesto estela esteban esther eugenia fatima felipe fermin gema gerardo german gonzalo gloria gregorio hector hugo ignacio inmaculada inaki ismael javier
 joaquin jorge josefina julio lorenzo lourdes lucas luisa magdalena mariano mario mateo mercedes miguel miriam montserrat nerea nicolas nuria oscar paloma paula pilar purificacion ramon raul
 remedios ricardo rocio rodrigo rosario rosa salvador santiago sergio silvia sofia sonia susana teresa tomas vicente victor virginia yolanda
 adrien agathe amandine anais antoine arnaud aurelie aurore axelle baptiste bastien benoit brice camille capucine cedric celine charlene chantal clemence clement coralie corentin cyril damien
 delphine didier dominique edouard elodie eloise emeline emmanuel enzo estelle etienne eva fabien fabrice fanny flavie florence franck gaelle gaston gaspard geraldine gilles guillaume guy helene
 herve hugo ines jeanne jeremy jerome jocelyne josiane julien justine laetitia laurence laurent lea ludovic lucie mael maelle maeva manon margaux marion martine mathieu mathilde maude maxence
 melanie mickael muriel noemie oceane odile pascale pauline quentin raymonde regis remi remy renaud romain sandrine serge severine solange solene stephane sylvain sylvie tanguy theo thibault
 thierry tristan valentin valerie veronique virginie xavier yannick yvan zoe
 adrianna alicja aleksander aleksandra amelia aneta arkadiusz artur bartlomiej bartosz beata bogdan boguslaw boguslawa bozena cezary czeslaw damian danuta daria dariusz dawid dominik dominika
 dorota edyta elzbieta emilia eryk ewelina filip franciszek grazyna grzegorz halina henryk hubert igor irena iwona izabela jacek jadwiga jakub jaroslaw janina janusz jolanta joanna julia justyna
 kacper kamil kamila karol karolina kazimierz kinga klaudia krystian lech lena leszek lidia lucjan lucyna lukasz maciej maja marcel marek mariola mariusz marlena marta marzena mateusz michal
 mikolaj milena miroslaw mieczyslaw monika natalia nikola norbert oskar oliwia patryk paulina piotr przemyslaw radoslaw rafal renata robert roman ryszard sebastian slawomir stefan sylwia
 szymon tadeusz teresa tomasz urszula waclaw waldemar wanda weronika wiktor wiktoria wieslaw wieslawa witold wlodzimierz wojciech zbigniew zdzislaw zenon zofia zuzanna zygmunt
 aggeliki alexandros alexandra anastasia anastasios andreas angeliki anna antonia antonis apostolos aris aristea artemis athanasios athina charalampos christina christos chrysa despina dimitra
 dimitris dionysis eirini eleftheria eleftherios eleni elisavet emmanouil evangelia evangelos fotini fotis georgia georgios giannis giorgos grigoris ilias ioanna ioannis kalliopi kleio konstantina
 konstantinos kostas kyriaki kyriakos lefteris leonidas magdalini manolis margarita maria marina michalis nektarios nikolaos nikoleta nikos niki olga panagiota panagiotis panos paraskevi
 pavlos pelagia petros rania sofia sotiria sotiris spyros stamatia stavros stelios stella thanasis theodora theodoros thomas vaia vangelis varvara vasiliki vasilis xenia zoi
 elfriede hannelore hedwig heidemarie hildegard horst hubert ingeborg irmgard jorg jurgen karin karlheinz kathe lieselotte liselotte ludger manfred margarete marga margarethe mechthild
 reinhard reinhold roswitha rosemarie rosa rudiger siegfried sieglinde theresia traute trude ursel volker waldemar walter waltraud wilfried wilhelm wilhelmine willi winfried wolfram gertrud gertrude
 gunther gunter guenther herta hertha hermine hermann herbert heinrich heribert gisela gislinde friedhelm friedrich friederike eberhard egon elke ernst erich erika erna ewald dieter detlef dietmar
 dorothea annegret annelie anneliese annemarie anton arnold august alfons alfred adolf agnes albert alois burkhard cornelia christel christoph edith edeltraud eckhard
 abigayle adelaide adele aimee alannah alberto aleisha alexa alisha allen allison alma alvin amari amber andre angelina angelo annette annie april ariana ariel arlene arlo armando arnold arthur arturo asher
 ashton autumn ava barry bayden beatriz becky benita bernadette bernard bertha bessie betty beverly bianca billy bobby bonita boyd bradford brady brandy brayan breanna brianna briana bridgette brittany brittney brody brooklyn bruce bryan
 bryant byron calvin carlos carlton carmen carmela carole caroline carroll carter casey cassidy cecil celeste chance chantelle charity charlene charmaine chase chelsey cherie cheryl chris claude claudia clayton cleveland clifton clint
 cody colleen colton connie conrad cora corinne cory courtney craig cristian cruz curtis cynthia daisy dakota dallas damon dana darla darlene darnell darryl daryl deandre deanna debbie delia della delores demarcus dena denis derick desiree destiny devin devon dexter
 diana dianna dianne dillon dixie dolores dominique donnie dora doreen doris dorothy duane dustin dwight earl ebony edna eduardo edwin edwina eileen elaine elias elijah elisha ella elliot elmer eloise elsa elvira emerson emmett erick erin ernest ernestine essie estelle ethan
 eugene eunice eva evelyn everett felicia fernando finlay finley floyd forrest frances francois francine francis frankie fraser freddy gabriella gail garry gavin gayle genesis geneva genevieve geoffrey george geraldine gilbert ginger gladys glenda glenn gloria gordon graham grant grayson greg gretchen guy gwen hannah harley
 harold harriet harry hazel heidi herman holden homer horace howard hugh hunter ida imani inez irma isaiah isis israel iva ivan jackie jaclyn jacquelyn jade jamal janet janice jared jasper javier jayla jeanette jeanne jeannie jemima jenna jerald jeremiah jermaine jerome jerry jess jimmie jo joachim joann joanne jodi jodie
 jody joel johanna johnnie johnny jonathon jordyn josh josiah joy joyce juan juana juanita judith judy julian juliana june kaitlin kaitlyn kameron karina karla kathleen kathy katrina kay kayden kaylee keegan keisha kelley kellie kelvin kendra kendrick kenneth kent kerri kerry kevin kimberley kimberly kirk kristie kristopher kristy krystal kyla kylee
 lakeisha lamar lana lane larry laverne layla leah leland lena leon leona leroy lester leticia lillian lillie lindsay lindsey lionel lloyd logan loic lois lonnie lora loren lorena lorene loretta lori lorraine louis lowell lucille lucy luis luther luz lydia lyle mabel mable mack mae maisie malcolm malik mallory mamie mandy mara marcella marcia
 marguerite maria mariah maribel marie marilyn marjorie marlene marlon marsha marshall marta martha marty marvin mathew maureen maurice max maxine mckenzie melanie melba melinda melody melvin meredith messiah micah michele milagros mildred milton mindy minnie miriam misty mitchell molly mollie mona monica mohammed morris muriel myra myrtle myron nadine nancy
 naomi nathaniel neal nelson nettie nicolas nina noah noelle nora norman nova ollie olive omar opal orlando oscar otis owen pam pamela paris parker patsy patti paulette pauline payton pearl pedro peggy penny percy perry peyton phyllis preston priscilla rachelle rafael ralph ramona randal randall randy raven raymond reagan rebekah regina reginald rene renee
 rex rhonda ricardo ricky rita roberta robyn rochelle roderick rodney rodolfo roger roland roman ron ronald ronnie roosevelt rosa rosalie rosemary rosetta roslyn ross roxanne roy ruben ruby rudy rufus russell ruth rylee sabrina sadie sally salvador salvatore samantha sandy santiago santos savannah saul sebastien selena selma serena shane shanna shannon
 shari sharon shaun shawna sheldon shelia shelley sheri sherman sherri sherry sheryl shirley sidney silas simon skyler sonia sonja sonya sophie spencer stacey stella stewart stuart sue susie suzanne sylvester tabitha tamara tami tammy tanner tara tasha tate taylah teagan terence terrance terrell terri terry thelma theresa tiana tiffany timmy tina todd toni tonia tonya traci tracy
 travis trenton trevor tricia tristan troy tyrone ty tyler valerie vanessa velma vera verna vernon veronica vicki vickie vicky victor vincent viola violet virgil virginia vivian wallace wanda warren wayne wendell wesley whitney wilbert wilbur willard willie wilma winifred winston woodrow yesenia yolanda yvette yvonne zachariah zoey
 jedrzej zaneta joachim gudrun antje barbel hartmut thorsten desiree gaby anatol agata kaja kornelia roksana blazej fabian ignacy marzanna bernadeta celestyna jeremi joana iga aniela borys`;

const known = new Set(names.trim().split(/\s+/).map(fold));

/** Whether this folded word is a given name that somebody chose, not a slip of the pen. */
export function isKnownGivenName(name: string): boolean {
  return known.has(name) || isCommonGivenName(name) || isInNameGroups(name);
}
