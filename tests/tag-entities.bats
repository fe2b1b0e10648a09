# tag-entities(1): names, one name per thing, dates with values, damage, options.
# fixtures go through printf as they are; files may be called like commands
# shellcheck disable=SC2059,SC2094,SC2238
load helper
load filters

# cases OPTIONS...: lines "why|text|wanted": the wanted are type=name=mention, in order, parted by "; ".
cases() {
	local why in out
	while IFS='|' read -r why in out; do
		printf 'a\t%b\n' "$in" | tag-entities "$@" >found || return 1
		awk -F'\t' '{ printf "%s%s=%s=%s", (NR > 1 ? "; " : ""), $2, $3, $6 } END { print "" }' found >out
		printf '%s\n' "$out" | diff -u - out || {
			echo "case: $why"
			return 1
		}
	done
}

@test "tag-entities: one canonical name per thing" {
	cases -t PER,ORG,LOC <<-'EOF'
	the fullest name of the document|Vladimir Putin met Hakan Fidan. Fidan thanked Putin.|PER=Vladimir Putin=Vladimir Putin; PER=Hakan Fidan=Hakan Fidan; PER=Hakan Fidan=Fidan; PER=Vladimir Putin=Putin
	a later full name too|Reed said no. "We will see," Evelyn Reed told reporters.|PER=Evelyn Reed=Reed; PER=Evelyn Reed=Evelyn Reed
	spellings of one president|Volodymyr Zelensky spoke.|PER=Volodymyr Zelenskyy=Volodymyr Zelensky
	another|President Volodymyr Zelenskiy spoke.|PER=Volodymyr Zelenskyy=Volodymyr Zelenskiy
	one that no table has, by sound|President Volodymyr Zelenskyi spoke.|PER=Volodymyr Zelenskyy=Volodymyr Zelenskyi
	not by a chance of hashes|The choreographer Igor Moiseyev died.|PER=Igor Moiseyev=Igor Moiseyev
	nor where it is a name of its own|The mayor thanked Mr. Petersen on Friday.|PER=Petersen=Petersen
	nor with other words between|Mr. Mohamed El-Hassan Mohamed spoke.|PER=Mohamed El-Hassan Mohamed=Mohamed El-Hassan Mohamed
	but with one that is misspelled too|President Andres Manual Lopez Obrador left.|PER=Andrés Manuel López Obrador=Andres Manual Lopez Obrador
	accents that the text has not|President Nicolas Maduro met Recep Tayyip Erdogan.|PER=Nicolás Maduro=Nicolas Maduro; PER=Recep Tayyip Erdoğan=Recep Tayyip Erdogan
	strokes and umlauts that it has not|Lech Walesa met Gerhard Schroeder and Lars Loekke Rasmussen in Gdansk.|PER=Lech Wałęsa=Lech Walesa; PER=Gerhard Schröder=Gerhard Schroeder; PER=Lars Løkke Rasmussen=Lars Loekke Rasmussen; LOC=Gdańsk=Gdansk
	or has|Lech Wałęsa met Gerhard Schröder.|PER=Lech Wałęsa=Lech Wałęsa; PER=Gerhard Schröder=Gerhard Schröder
	by the first name in full, or in short|Edward J. Markey met Bill Barr and Ken Starr.|PER=Ed Markey=Edward J. Markey; PER=William Barr=Bill Barr; PER=Kenneth Starr=Ken Starr
	towns under old names|He flew from Kiev to Istanbul.|LOC=Kyiv=Kiev; LOC=Istanbul=Istanbul
	and under those of another tongue|Troops left Semipalatinsk for Kulyab.|LOC=Semey=Semipalatinsk; LOC=Kulob=Kulyab
	a family name that one person has|General Shalikashvili spoke.|PER=John Shalikashvili=Shalikashvili
	a town in its state|A mill in Evanston, Wyoming, burned down. Firefighters from Evanston came.|LOC=Evanston, Wyoming=Evanston; LOC=Wyoming=Wyoming; LOC=Evanston, Wyoming=Evanston
	two of one name|He went to Springfield, Illinois, and to Springfield, Missouri.|LOC=Springfield, Illinois=Springfield; LOC=Illinois=Illinois; LOC=Springfield, Missouri=Springfield; LOC=Missouri=Missouri
	a state in short; a town that needs none|He was born in Dover, Del., and moved to Boston, Massachusetts.|LOC=Dover, Delaware=Dover; LOC=Delaware=Del.; LOC=Boston=Boston; LOC=Massachusetts=Massachusetts
	not the town that everybody knows|They left Paris, Texas, on Monday.|LOC=Paris, Texas=Paris; LOC=Texas=Texas
	one that everybody knows|Police in Tulsa said so.|LOC=Tulsa, Oklahoma=Tulsa
	a town in capitals|EVERGREEN, Colorado (AP) Police left.|LOC=Evergreen, Colorado=EVERGREEN; LOC=Colorado=Colorado; ORG=Associated Press=AP
	a town and a state|She grew up in Buffalo, New York, and works in New York.|LOC=Buffalo, New York=Buffalo; LOC=New York=New York; LOC=New York City=New York
	a town in a list|It has offices in London, New York and Seattle, Washington.|LOC=London=London; LOC=New York City=New York; LOC=Seattle=Seattle; LOC=Washington=Washington
	a state by that word|Courts in New York state and in Washington state agreed.|LOC=New York=New York state; LOC=Washington=Washington state
	the two halves of a land|North Korea and South Korea met. The North agreed, the South did not.|LOC=North Korea=North Korea; LOC=South Korea=South Korea; LOC=North Korea=North; LOC=South Korea=South
	countries|Talks in Türkiye and the United States of America ended.|LOC=Turkey=Türkiye; LOC=United States=United States of America
	an acronym that the text explains|The Riverside Association for Better Streets (RABS) met. RABS officials said so.|ORG=Riverside Association for Better Streets=Riverside Association for Better Streets; ORG=Riverside Association for Better Streets=RABS; ORG=Riverside Association for Better Streets=RABS
	the legal form of a company|Executives of Odwalla Inc. and Brambles Industries Ltd. met; Odwalla gained.|ORG=Odwalla=Odwalla Inc.; ORG=Brambles Industries=Brambles Industries Ltd.; ORG=Odwalla=Odwalla
	of one that the gazetteer knows without it|Sony Corp. and Boeing Co sued; Chrysler Corp. and Morgan Stanley and Co. did not.|ORG=Sony=Sony Corp.; ORG=Boeing=Boeing Co; ORG=Chrysler=Chrysler Corp.; ORG=Morgan Stanley=Morgan Stanley and Co.
	of one that nobody knows|Shares of Odwalla Corp. rose; Odwalla gained.|ORG=Odwalla=Odwalla Corp.; ORG=Odwalla=Odwalla
	what a committee ends with|The Senate Fisheries Committee met. Later the Fisheries Committee voted.|ORG=Senate Fisheries Committee=Senate Fisheries Committee; ORG=Senate Fisheries Committee=Fisheries Committee
	an and that is written in two ways|The Bureau of Parks & Forests met. Later the Bureau of Parks and Forests voted on Johnson and Johnson.|ORG=Bureau of Parks & Forests=Bureau of Parks & Forests; ORG=Bureau of Parks & Forests=Bureau of Parks and Forests; ORG=Johnson & Johnson=Johnson and Johnson
	whose court it is|The U.S. Supreme Court met. Later the Supreme Court ruled; the Iowa Republican Party left the Republican Party.|ORG=United States Supreme Court=U.S. Supreme Court; ORG=United States Supreme Court=Supreme Court; ORG=Iowa Republican Party=Iowa Republican Party; ORG=Republican Party=Republican Party
	the last word of a paper|Reporters of the Riverside Gazette said so. The Gazette had it first.|ORG=Riverside Gazette=Riverside Gazette; ORG=Riverside Gazette=Gazette
	a family name that begins like senior|R. Srinivasan came. Srinivasan spoke. Tom Ray Sr. and Ann Lee Jr left; Lee ran.|PER=R. Srinivasan=R. Srinivasan; PER=R. Srinivasan=Srinivasan; PER=Tom Ray Sr.=Tom Ray Sr.; PER=Ann Lee Jr=Ann Lee Jr; PER=Ann Lee Jr=Lee
	the last two words of a person|Michelle Caruso Cabrera spoke. Later Caruso Cabrera left.|PER=Michelle Caruso Cabrera=Michelle Caruso Cabrera; PER=Michelle Caruso Cabrera=Caruso Cabrera
	the first of two family names|Ines Duarte Roldan spoke. Duarte left. Salva Kiir Mayardit stayed.|PER=Ines Duarte Roldan=Ines Duarte Roldan; PER=Ines Duarte Roldan=Duarte; PER=Salva Kiir=Salva Kiir Mayardit
	the last three words of a person|Damiao Vaz de Almeida spoke. Vaz de Almeida left.|PER=Damiao Vaz de Almeida=Damiao Vaz de Almeida; PER=Damiao Vaz de Almeida=Vaz de Almeida
	the first words of a person|Lena Azarova Wim Ostrava spoke. Lena Azarova left.|PER=Lena Azarova Wim Ostrava=Lena Azarova Wim Ostrava; PER=Lena Azarova Wim Ostrava=Lena Azarova
	not as a headline shouts it|WISCONSIN BELL SUES\\nThe suit by Wisconsin Bell was filed.|ORG=Wisconsin Bell=WISCONSIN BELL; ORG=Wisconsin Bell=Wisconsin Bell
	father and son|Darnell Hughes Jr. shot Darnell Hughes Sr. Hughes Jr. fled; Hughes Sr. died.|PER=Darnell Hughes Jr.=Darnell Hughes Jr.; PER=Darnell Hughes Sr.=Darnell Hughes Sr.; PER=Darnell Hughes Jr.=Hughes Jr.; PER=Darnell Hughes Sr.=Hughes Sr.
	a son by his first name|Donald Trump met Donald Trump Jr. and Eric Trump. Donald Jr. spoke.|PER=Donald Trump=Donald Trump; PER=Donald Trump Jr.=Donald Trump Jr.; PER=Eric Trump=Eric Trump; PER=Donald Trump Jr.=Donald Jr.
	the first name of two|Joe and Jill Biden arrived. Later Biden spoke.|PER=Joe Biden=Joe; PER=Jill Biden=Jill Biden; PER=Joe Biden=Biden
	but not where nobody is called so|Neighbors saw Omar and Mary Wexcombe.|PER=Omar=Omar; PER=Mary Wexcombe=Mary Wexcombe
	a letter with a stroke|President Lech Walesa spoke. Later Wałęsa left.|PER=Lech Wałęsa=Lech Walesa; PER=Lech Wałęsa=Wałęsa
	what the text has goes before an acronym of the world|The Bangladesh Nationalist Party met. The BNP won.|ORG=Bangladesh Nationalist Party=Bangladesh Nationalist Party; ORG=Bangladesh Nationalist Party=BNP
	also where the two have most words in common|The New People's Party met. The NPP won two seats.|ORG=New People's Party=New People's Party; ORG=New People's Party=NPP
	but not where it is a slip|The Bhartiya Janata Party met. The BJP won.|ORG=Bhartiya Janata Party=Bhartiya Janata Party; ORG=Bharatiya Janata Party=BJP
	an acronym is of the type of what it stands for|Crown Prince Mohammed bin Salman (MBS) was absent. MBS said no.|PER=Mohammed bin Salman=Mohammed bin Salman; PER=Mohammed bin Salman=MBS; PER=Mohammed bin Salman=MBS
	an acronym|Leaders of the EU met in Brussels.|ORG=European Union=EU; LOC=Brussels=Brussels
	a maker of cars is no army of that acronym|Shares of Kia rose in Seoul.|ORG=Kia=Kia; LOC=Seoul=Seoul
	what traders call a bank|Analysts at SocGen and the Dallas Fed agreed.|ORG=Société Générale=SocGen; ORG=Federal Reserve Bank of Dallas=Dallas Fed
	a club in a list of results|Results: Energie Cottbus 2, Greuther Fuerth 0.|ORG=Energie Cottbus=Energie Cottbus; ORG=SpVgg Greuther Fürth=Greuther Fuerth
	EOF
}

@test "tag-entities: possessives are no part of a name" {
	cases -t PER,ORG,LOC <<-'EOF'
	apostrophe|Officials rejected Kyiv's offer.|LOC=Kyiv=Kyiv
	curly apostrophe|Officials rejected Ukraine’s offer.|LOC=Ukraine=Ukraine
	lost apostrophe|Officials rejected Kyivs offer.|LOC=Kyiv=Kyiv
	of a name of two words|Guards left Saudi Arabias border.|LOC=Saudi Arabia=Saudi Arabia
	before another name|They met Ukraines Volodymyr Zelenskyy.|LOC=Ukraine=Ukraine; PER=Volodymyr Zelenskyy=Volodymyr Zelenskyy
	several|Russias offer and Chinas answer came before Turkeys Recep Tayyip Erdogan spoke.|LOC=Russia=Russia; LOC=China=China; LOC=Turkey=Turkey; PER=Recep Tayyip Erdoğan=Recep Tayyip Erdogan
	of an acronym|Shells hit the border, and NATOs answer came late.|ORG=NATO=NATO
	a plural|Talks between the two Koreas went on.|LOC=Koreas=Koreas
	a name that ends in s|He lives in Athens now.|LOC=Athens=Athens
	EOF
}

@test "tag-entities: damage" {
	cases -t PER,LOC <<-'EOF'
	a lost space|He spoke about the talksUkraine wanted.|LOC=Ukraine=Ukraine
	a lost space behind a full stop|The talks ended.Russia left.|LOC=Russia=Russia
	a year that lost its space|It ended on June 1, 2009United States President Barack Obama said.|LOC=United States=United States; PER=Barack Obama=Barack Obama
	two names that ran together|They flew to WarsawRussia said nothing.|LOC=Warsaw=Warsaw; LOC=Russia=Russia
	a name that is written so|He lives in McLean now.|LOC=McLean=McLean
	a line's end inside a name with a hyphen|President Jean- Bertrand Aristide left. LONDON- Britain won.|PER=Jean-Bertrand Aristide=Jean- Bertrand Aristide; LOC=London=LONDON; LOC=United Kingdom=Britain
	no capitals at all|president bill clinton told us that talks in northern ireland may go on, and flew to paris|PER=Bill Clinton=bill clinton; LOC=Northern Ireland=northern ireland; LOC=Paris=paris
	a line of capitals|UKRAINE AND RUSSIA HOLD TALKS, SAYS MACRON\\nMore follows.|LOC=Ukraine=UKRAINE; LOC=Russia=RUSSIA; PER=Emmanuel Macron=MACRON
	a name does not cross a line|Talks in Ankara\\nRussia agreed.|LOC=Ankara=Ankara; LOC=Russia=Russia
	nor one with CR LF|Talks in Ankara\\r\\nRussia agreed.|LOC=Ankara=Ankara; LOC=Russia=Russia
	EOF
}

@test "tag-entities: what is no part of a name, and one kind for one thing" {
	cases -t PER,ORG,LOC <<-'EOF'
	the letters of a currency behind another name|Buyers of Volvo's US$27 billion debt left.|ORG=Volvo=Volvo
	hyphens of a word processor, U+2011 and U+2010|Rosa‑Maria Quendley flew to Guinea‑Bissau. Kim Jong‐un did not; U.S.‑led forces came.|PER=Rosa‑Maria Quendley=Rosa‑Maria Quendley; LOC=Guinea-Bissau=Guinea‑Bissau; PER=Kim Jong Un=Kim Jong‐un; LOC=United States=U.S.
	given names with a hyphen|Officials said Kim Jong-un met Wong Kwok-kin.|PER=Kim Jong Un=Kim Jong-un; PER=Wong Kwok-kin=Wong Kwok-kin
	an office|He met UN Secretary-General Antonio Guterres.|ORG=United Nations=UN; PER=António Guterres=Antonio Guterres
	lost letters|He met Antnio Guterres.|PER=António Guterres=Antnio Guterres
	whose it is|In Kiev the Commission proposed it.|LOC=Kyiv=Kiev; ORG=Commission=Commission
	lost apostrophe|The Kremlins spokesman said so.|ORG=Kremlin=Kremlin
	one kind|The European Union met; the EU agreed.|ORG=European Union=European Union; ORG=European Union=EU
	place in capitals at the head|ANKARA Negotiators met again.|LOC=Ankara=ANKARA
	with a dash|VILNIUS – Talks went on.|LOC=Vilnius=VILNIUS
	with a colon|ISTANBUL: Talks went on.|LOC=Istanbul=ISTANBUL
	an office in short|The FM said no.|
	a rank|The ship sailed, said Lt. Cmdr. Nathan Miller.|PER=Nathan Miller=Nathan Miller
	a rank in short|They buried Pfc. Lena Moss on Friday.|PER=Lena Moss=Lena Moss
	who has a rank is a person|MR. RUSSERT: We thank Gov. Weld.|PER=RUSSERT=RUSSERT; PER=Weld=Weld
	an office in short|FM Lavrov met the PM on Friday.|PER=Sergey Lavrov=Lavrov
	what somebody is called by|Reverend Horace Tipple and Cde Thokozani Ncube met H.E. Idriss Moyo.|PER=Horace Tipple=Horace Tipple; PER=Thokozani Ncube=Thokozani Ncube; PER=Idriss Moyo=Idriss Moyo
	a rank of the police|A report of ASP Aliyu Bello reached them.|PER=Aliyu Bello=Aliyu Bello
	ranks of the police and of the sea|DI Gail Morrow met Commodore Bob Hay.|PER=Gail Morrow=Gail Morrow; PER=Bob Hay=Bob Hay
	a rank in short that is no name by itself|Smt. Indira Rao and Engr. Sani Musa met 43 MCAs and an MSP.|PER=Indira Rao=Indira Rao; PER=Sani Musa=Sani Musa
	nor is one that something else is called, with its full stop|SEC. PERRY: Yes. I asked Sec. Perry of the SEC.|PER=PERRY=PERRY; PER=PERRY=Perry; ORG=Securities and Exchange Commission=SEC
	who is spoken to by his office|Thank you, Mr. Speaker. Yes, Madam President. Q Mr. Prime Minister, what now?|
	offices in short of Africa and Asia|He wrote to the IGP, the CM and the PM.|
	firms called by a list|Abigail Kresge of Kresge, Mott & Dunleavy met the lawyers of Jones, Day & Reavis.|PER=Abigail Kresge=Abigail Kresge; ORG=Kresge, Mott & Dunleavy=Kresge, Mott & Dunleavy; ORG=Jones, Day & Reavis=Jones, Day & Reavis
	a ministry of several things|He left the Ministry of Agriculture, Fisheries and Food on Friday. He went to Paris, Rome and Bonn.|ORG=Ministry of Agriculture, Fisheries and Food=Ministry of Agriculture, Fisheries and Food; LOC=Paris=Paris; LOC=Rome=Rome; LOC=Bonn=Bonn
	The|The Associated Press said so.|ORG=Associated Press=Associated Press
	two persons|The Trump-Putin summit ended.|PER=Donald Trump=Trump; PER=Vladimir Putin=Putin
	two persons, whatever is before them|A Zelenskyy-Putin meeting? He hopes for a Zelenskyy-Putin summit.|PER=Volodymyr Zelenskyy=Zelenskyy; PER=Vladimir Putin=Putin; PER=Volodymyr Zelenskyy=Zelenskyy; PER=Vladimir Putin=Putin
	what somebody leads|He met Senate Majority Leader Chuck Schumer.|ORG=United States Senate=Senate; PER=Chuck Schumer=Chuck Schumer
	a type in doubt|The bulk carriers left Chornomorsk and Pivdennyi for the strait.|LOC=Chornomorsk=Chornomorsk; LOC=Pivdennyi=Pivdennyi
	a question|Can Ukraine hold on? Will Putin agree?|LOC=Ukraine=Ukraine; PER=Vladimir Putin=Putin
	two countries|They spoke of the Ukraine-Russia talks in Guinea-Bissau.|LOC=Ukraine=Ukraine; LOC=Russia=Russia; LOC=Guinea-Bissau=Guinea-Bissau
	whose members|The Illinois Republican said so.|LOC=Illinois=Illinois
	a name that ends with a small word|They left the Crimean peninsula and the Democratic party.|LOC=Crimea=Crimean peninsula; ORG=Democratic Party=Democratic party
	of a party, of a people|Dozens of Democratic congressmen and Pashtun elders met.|
	contractions|I'll stay. You're right. Heres why. Thats all.|
	a currency|He paid US$ 20 for it.|
	events, faiths, treaties|In Ramadan he read the Koran and watched the World Cup.|
	EOF
}

@test "tag-entities: what is a company by its legal form is one in all of the text" {
	cases -t PER,ORG,LOC <<-'EOF'
	a comma before the form|Shares of Sandoval, Inc. fell. The board of Sandoval met.|ORG=Sandoval=Sandoval, Inc.; ORG=Sandoval=Sandoval
	a legal form alone|Shares in Roche Holding AG fell.|ORG=Roche Holding=Roche Holding AG
	but not of its founder|Henry Calder left Calder Motors Inc. on Friday. "I am tired," Calder told his wife.|PER=Henry Calder=Henry Calder; ORG=Calder Motors=Calder Motors Inc.; PER=Henry Calder=Calder
	nor of its town|Shares of Boston Corp. rose. Its office in Boston is closed.|ORG=Boston Corp.=Boston Corp.; LOC=Boston=Boston
	EOF
}

@test "tag-entities: names that stand in one are parted" {
	cases -t PER,ORG,LOC <<-'EOF'
	where it is based|Shares of Vienna-based Odwalla Systems Inc. rose.|LOC=Vienna=Vienna; ORG=Odwalla Systems=Odwalla Systems Inc.
	two places|He told the Prague and Bonn governments so.|LOC=Prague=Prague; LOC=Bonn=Bonn
	but one land|He flew to Trinidad and Tobago.|LOC=Trinidad and Tobago=Trinidad and Tobago
	two towns of several words|The San Diego-Tijuana region grew.|LOC=San Diego=San Diego; LOC=Tijuana=Tijuana
	whose ties with whom|He spoke of Sino-U.S. ties.|LOC=United States=U.S.
	a state, an office, a person|Officials met Louisiana Gov. Bobby Jindal on Friday.|LOC=Louisiana=Louisiana; PER=Bobby Jindal=Bobby Jindal
	a party before the state|They asked Republican Florida Rep. Matt Gaetz on Friday.|LOC=Florida=Florida; PER=Matt Gaetz=Matt Gaetz
	ranks in the plural|He met GOP Reps. Jason Chaffetz and Ann Lee.|ORG=Republican Party=GOP; PER=Jason Chaffetz=Jason Chaffetz; PER=Ann Lee=Ann Lee
	a judge|They sent it to Judge Dana Sabraw, who has yet to rule.|PER=Dana Sabraw=Dana Sabraw
	the end of a sentence that a state in short hides|They met in Tampa, Fla. But the others stayed.|LOC=Tampa, Florida=Tampa; LOC=Florida=Fla.
	members of a chamber|The House Republicans met the Senate Democrats.|ORG=United States House of Representatives=House; ORG=United States Senate=Senate
	a word as a name behind a rank|Sen. Young met Rep. Love on Monday.|PER=Young=Young; PER=Love=Love
	a rank of two words|The U.S. Navy Rear Adm. Joe Lee met them.|ORG=United States Navy=U.S. Navy; PER=Joe Lee=Joe Lee
	small words in names|Daniel arap Koech left Dar es Salaam for Stoke-by-Nayland.|PER=Daniel arap Koech=Daniel arap Koech; LOC=Dar es Salaam=Dar es Salaam; LOC=Stoke-by-Nayland=Stoke-by-Nayland
	a name with a small letter in it|They spoke at Mar-a-Lago on Monday.|LOC=Mar-a-Lago=Mar-a-Lago
	a paper in capitals|By Joey Garrison, USA TODAY|PER=Joey Garrison=Joey Garrison; ORG=USA Today=USA TODAY
	a nickname in it|Robert S. "Steve" Miller spoke.|PER=Robert S. "Steve" Miller=Robert S. "Steve" Miller
	a possessive in it, set apart|He leads the Korean Metal Workers ' Union in Seoul.|ORG=Korean Metal Workers ' Union=Korean Metal Workers ' Union; LOC=Seoul=Seoul
	a saint's, but not a town's|A spokesman for St Wendolin's said so in St. Petersburg's port.|ORG=St Wendolin's=St Wendolin's; LOC=Saint Petersburg=St. Petersburg
	a brand of two words|Shares of VimpelCom rose.|ORG=VimpelCom=VimpelCom
	EOF
}

@test "tag-entities: states in short, behind a town and a party, countries by their codes" {
	cases -t PER,LOC <<-'EOF'
	behind a party, whatever the weights say|Sen. Joe Lee, D-Del., met Rep. Ann Lee, R-Wash., and Jo Ek (I-Ohio).|PER=Joe Lee=Joe Lee; LOC=Delaware=Del.; PER=Ann Lee=Ann Lee; LOC=Washington=Wash.; PER=Jo Ek=Jo Ek; LOC=Ohio=Ohio
	postal, in brackets|He met Ted Cruz (R-TX) and Chris Murphy (D-CT).|PER=Ted Cruz=Ted Cruz; LOC=Texas=TX; PER=Chris Murphy=Chris Murphy; LOC=Connecticut=CT
	with a full stop|Sen. John Kennedy, R-La., and Angus King, I-Maine, said so.|PER=John Kennedy=John Kennedy; LOC=Louisiana=La.; PER=Angus King=Angus King; LOC=Maine=Maine
	behind a town|She lives in Athens, Ga., and he lives in Bethesda, Md.|LOC=Athens, Georgia=Athens; LOC=Georgia=Ga.; LOC=Bethesda, Maryland=Bethesda; LOC=Maryland=Md.
	the town and the state of one name|He flew from Seattle, Washington, to Washington on Friday.|LOC=Seattle=Seattle; LOC=Washington=Washington; LOC=Washington, D.C.=Washington
	a town that nobody knows heads a dispatch|CAYCE, S.C. (Reuters) - A train came.|LOC=Cayce, South Carolina=CAYCE; LOC=South Carolina=S.C.
	a country by its code|1. Ann Lee (SUI) 2:01.3; 2. Bo Ek (SWE) 2:04.8|PER=Ann Lee=Ann Lee; LOC=Switzerland=SUI; PER=Bo Ek=Bo Ek; LOC=Sweden=SWE
	EOF
}

@test "tag-entities: who is who" {
	cases -t PER,ORG,LOC <<-'EOF'
	a family name that is a place|Doug Maine spoke to reporters. Later Maine said no.|PER=Doug Maine=Doug Maine; PER=Doug Maine=Maine
	initials|Shots were fired, J. K. Ulmanis said, as N. Korea saw them.|PER=J. K. Ulmanis=J. K. Ulmanis; LOC=North Korea=N. Korea
	a storm is nobody|Hurricane Elsa came in May. They left before Elsa hit.|
	two of one family name: the one that goes by it|Ann Romney met Mitt Romney. Later Romney said no.|PER=Ann Romney=Ann Romney; PER=Mitt Romney=Mitt Romney; PER=Mitt Romney=Romney
	of a couple the one that Mr and Mrs tell|Jonas Rutter and his wife, Rachel Rutter, arrived. Mrs Rutter spoke. Mr. Rutter left with his son Paul Rutter.|PER=Jonas Rutter=Jonas Rutter; PER=Rachel Rutter=Rachel Rutter; PER=Rachel Rutter=Rutter; PER=Jonas Rutter=Rutter; PER=Paul Rutter=Paul Rutter
	but nobody who is not there|Melania Trump arrived. Later Ms. Trump said no.|PER=Melania Trump=Melania Trump; PER=Melania Trump=Trump
	an initial in the middle|He met Paul D. Ryan on Friday.|PER=Paul Ryan=Paul D. Ryan
	a chamber is not one of its committees|The House Budget Committee met. Later the House voted.|ORG=House Budget Committee=House Budget Committee; ORG=United States House of Representatives=House
	a place in capitals|TAMPA, Fla. (AP) - They came to Tampa.|LOC=Tampa, Florida=TAMPA; LOC=Florida=Fla.; ORG=Associated Press=AP; LOC=Tampa, Florida=Tampa
	an entity of HTML|Shares of AT&amp;T Corp. rose.|ORG=AT&T=AT&amp;T Corp.
	the full stop is the sentence's|They work for AT&T. Others do not.|ORG=AT&T=AT&T
	EOF
}

@test "tag-entities: headlines in Title Case, tables of results" {
	cases -t PER,ORG,LOC <<-'EOF'
	small words of a headline|Peace Talks Between Ukraine And Russia Collapse Again After Meeting In Istanbul|LOC=Ukraine=Ukraine; LOC=Russia=Russia; LOC=Istanbul=Istanbul
	names of several words stay|World Bank Gives Large Loan To Farmers In Kenya|ORG=World Bank=World Bank; LOC=Kenya=Kenya
	teams and countries|Everton 14 9 3 2\\nGhana 2 Togo 1|ORG=Everton=Everton; LOC=Ghana=Ghana; LOC=Togo=Togo
	not what is sold|Sales 12 14 15|
	nor the place and day of a dispatch|LONDON 1996-08-30|LOC=London=LONDON
	a name of small words in capitals|TRAINS FROM KANSAS CITY TO SEATTLE ARE LATE|LOC=Kansas City, Missouri=KANSAS CITY; LOC=Seattle=SEATTLE
	a seed|3-Jana Holm beat Mary Holt.|PER=Jana Holm=Jana Holm; PER=Mary Holt=Mary Holt
	who plays whom, in capitals|CRICKET - ENGLAND V SRI LANKA|LOC=England=ENGLAND; LOC=Sri Lanka=SRI LANKA
	who speaks in a transcript|LARRY KING, HOST: Good evening.\\nKING: Go ahead.|PER=Larry King=LARRY KING; PER=Larry King=KING
	a row with the scorers|Leicester 3 (Heskey 2, Claridge 77) Derby 1|ORG=Leicester=Leicester; PER=Heskey=Heskey; PER=Claridge=Claridge; ORG=Derby=Derby
	a list of names is no headline|Squad: Ronnie Irani, Mark Ilott, Peter Such, Ashley Cowan, Neil Williams|PER=Ronnie Irani=Ronnie Irani; PER=Mark Ilott=Mark Ilott; PER=Peter Such=Peter Such; PER=Ashley Cowan=Ashley Cowan; PER=Neil Williams=Neil Williams
	nor is a row|5. Hilde Synnove Lid (Norway) 163.10|PER=Hilde Synnove Lid=Hilde Synnove Lid; LOC=Norway=Norway
	EOF
}

@test "tag-entities: a long text is read in windows, its offsets are those of the whole" {
	awk 'BEGIN { printf "a\t"; for (i = 0; i < 40000; i++) printf "as they said é "; print "in Kyiv today." }' >in
	tag-entities -t LOC <in >out
	want 'a\tLOC\tKyiv\t600003\t600007\tKyiv\n'
}

@test "tag-entities: dates and durations with values" {
	cases --date 2025-05-16 -t DATE,TIME,DURATION,SET <<-'EOF'
	a whole date|on Monday, May 12, 2025, he|DATE=2025-05-12=Monday, May 12, 2025
	the other way|on 12 May 2025 he|DATE=2025-05-12=12 May 2025
	no year: the nearest|on January 5 he|DATE=2025-01-05=January 5
	a date in brackets|on Monday (Jun 2) he left|DATE=2025-06-02=Monday (Jun 2)
	a weekday is the last one|on Thursday he left|DATE=2025-05-15=Thursday
	a number with minutes behind it is a time, no day|in 2012 May 12:30 was late|DATE=2012=2012; TIME=T12:30=12:30
	or the next behind will|he will leave on Monday|DATE=2025-05-19=Monday
	today and yesterday|today and yesterday|DATE=2025-05-16=today; DATE=2025-05-15=yesterday
	last month|he left last month|DATE=2025-04=last month
	this week|he left this week|DATE=2025-W20=this week
	in capitals|SATURDAY, AUGUST 24TH; August 24TH, 1996, he|DATE=2025-08-24=SATURDAY, AUGUST 24TH; DATE=1996-08-24=August 24TH, 1996
	not the figures of a bowler|Younis 17-4-45-2 and 3-17-4-45 he|
	years|in 1998 and the 1990s|DATE=1998=1998; DATE=199=1990s
	month and year|in March 2022 he|DATE=2022-03=March 2022
	ago|three years ago he|DATE=2022=three years ago
	nights and quarters ago|two nights ago, two quarters ago, five hours ago|TIME=2025-05-14TNI=two nights ago; DATE=2024-Q4=two quarters ago; DATE=2025-05-16=five hours ago
	duration|a 30-day truce of three years|DURATION=P30D=30-day; DURATION=P3Y=three years
	the next years|in the next four years he|DURATION=P4Y=next four years
	numbers|on 2024-02-29 he|DATE=2024-02-29=2024-02-29
	a time|at 5 p.m. he|TIME=T17:00=5 p.m.
	a morning|on Thursday morning he|TIME=2025-05-15TMO=Thursday morning
	a set|every week he|SET=P1W=every week
	a quarter|in the first quarter of 2009 it|DATE=2009-Q1=first quarter of 2009
	quarters of many looks|Sales rose in Q1 2019, 2019-Q1 and Q1 of 2019.|DATE=2019-Q1=Q1 2019; DATE=2019-Q1=2019-Q1; DATE=2019-Q1=Q1 of 2019
	halves, and a quarter of this year|from H1 2022 and in Q3 it|DATE=2022-H1=H1 2022; DATE=2025-Q3=Q3
	small letters|on 14 nov 2023, december 5 or monday|DATE=2023-11-14=14 nov 2023; DATE=2024-12-05=december 5; DATE=2025-05-12=monday
	a month and its day in one|by Dec31 he|DATE=2024-12-31=Dec31
	the year in words|in March last year, June of next year|DATE=2024-03=March last year; DATE=2026-06=June of next year
	up to now|in the past decade, over the past week|DURATION=P10Y=past decade; DURATION=P1W=past week
	a day of this month is no month|(This Feb. 4 story corrects it)|DATE=2025-02-04=Feb. 4
	years that go on|the 1997/98 budget, in 1938-45|DATE=1997/1998=1997/98; DATE=1938/1945=1938-45
	an age|a 22-year-old man, 30 years old|DURATION=P22Y=22-year-old; DURATION=P30Y=30 years old
	this past week|he left this past week|DATE=2025-W19=this past week
	the weekend before|they met over the weekend|DATE=2025-W19-WE=weekend
	not of somebody's age|a man in his sixties, on the last night of the fair|
	decades in words, with an apostrophe|in the sixties and the 1930's|DATE=196=sixties; DATE=193=1930's
	a day that goes by its number|since 9/11 he|DATE=2001-09-11=9/11
	four digits of a time|at 0800 UTC, at 11.00am|TIME=T08:00Z=0800 UTC; TIME=T11:00=11.00am
	sets|once a week, every other day, every morning|SET=P1W=once a week; SET=P2D=every other day; SET=TMO=every morning
	durations with a word between|five straight days, two more weeks|DURATION=P5D=five straight days; DURATION=P2W=two more weeks
	one of them where it is counted|for a year, a quarter of all|DURATION=P1Y=a year
	shares are none|Three quarters of voters, three-quarters of them and one quarter of a mile, for three quarters of 2019|DURATION=P3Q=three quarters; DATE=2019=2019
	weeks and years in others|for three fortnights, two decades ago, six centuries|DURATION=P6W=three fortnights; DATE=2005=two decades ago; DURATION=P600Y=six centuries
	parts of months, years and weeks|in early May 2024, mid-2011, late last year, earlier this week, later today, early on|DATE=2024-05=early May 2024; DATE=2011-06=mid-2011; DATE=2024=late last year; DATE=2025-W20=earlier this week; DATE=2025-05-16=later today
	units from today|this century, next decade, this quarter, last weekend, next weekend|DATE=20=this century; DATE=203=next decade; DATE=2025-Q2=this quarter; DATE=2025-W19-WE=last weekend; DATE=2025-W21-WE=next weekend
	in one word, in fractions|30min, 3 1/2 years|DURATION=PT30M=30min; DURATION=P3.5Y=3 1/2 years
	still to come|It is due to end on Monday.|DATE=2025-05-19=Monday
	the number of a year before a day|at the Cup in 2018 day five|DATE=2018=2018
	days of no week, names|the shops that opened on Black Friday, the paper USA Today said in their report|
	may is a verb|they may march again and wait a second|
	may behind a number|The first may be late, at least 5 may come.|
	before the calendar|2200000000 days ago, 2147483648 months ago, 900 trillion weeks ago|DATE=PAST_REF=days ago; DATE=PAST_REF=months ago; DATE=PAST_REF=weeks ago
	what was told before is counted on from|In 1724 he left. Two years later he died. On May 3, 2019, they met. The next day they left, and four days later she did, as in the previous month.|DATE=1724=1724; DATE=1726=Two years later; DATE=2019-05-03=May 3, 2019; DATE=2019-05-04=next day; DATE=2019-05-08=four days later; DATE=2019-04=previous month
	but not from a dateline, nor from a year in days|PARIS, May 16 - He fled. Two days later he died. In 1724 he fled. Two days later he died.|DATE=2025-05-16=May 16; DATE=FUTURE_REF=Two days later; DATE=1724=1724; DATE=FUTURE_REF=Two days later
	each unit from what is known as well as that|On 10 March 2019 it fell; another had in November 2018. The following day, three years later, that June and that year they flew.|DATE=2019-03-10=10 March 2019; DATE=2018-11=November 2018; DATE=2019-03-11=following day; DATE=2022=three years later; DATE=2022-06=June; DATE=2022=that year
	evenings and weekdays of what was told|On May 3, 2019, he fell. The next morning he rose; the following Monday he left. The same evening he came.|DATE=2019-05-03=May 3, 2019; TIME=2019-05-04TMO=next morning; DATE=2019-05-06=following Monday; TIME=2019-05-06TEV=same evening
	beyond a day|the day before yesterday, the day after tomorrow|DATE=2025-05-14=day before yesterday; DATE=2025-05-18=day after tomorrow
	a week of a month is not counted from today|the last week of May, the last day of 2024, the last quarter of 2023|DATE=2025-05=May; DATE=2024=2024; DATE=2023=2023
	how many is not said|weeks ago, hundreds of years ago|DATE=PAST_REF=weeks ago; DATE=PAST_REF=years ago
	with a half|two-and-a-half hours, an hour and a half, 2½ years|DURATION=PT2.5H=two-and-a-half hours; DURATION=PT1.5H=an hour and a half; DURATION=P2.5Y=2½ years
	some day|One day he will come. One day later he came. He had one day.|DATE=FUTURE_REF=One day later; DURATION=P1D=one day
	every so many|every two weeks, every Monday morning, every other Friday|SET=P2W=every two weeks; SET=XXXX-WXX-1TMO=every Monday morning; SET=XXXX-WXX-5=every other Friday
	decades in short|the late 70s, the 1960s and 70s, the mid-80s, in her 30s, the ’90s|DATE=197=late 70s; DATE=196=1960s; DATE=197=70s; DATE=198=mid-80s; DATE=199=90s
	no decades|in the 4200s|
	years in short|May ’68, 12 May '25, the class of '99|DATE=1968-05=May ’68; DATE=2025-05-12=12 May '25; DATE=1999=99
	eras|in 500 BC, 776 BCE and 79 AD|DATE=-0500=500 BC; DATE=-0776=776 BCE; DATE=0079=79 AD
	halves of a year, of a game|in the first half of 2024, the second half of last year, the second half|DATE=2024-H1=first half of 2024; DATE=2024-H2=second half of last year
	of one that goes over two|the first half of 1996/97|DATE=1996/1997=1996/97
	years of a firm|FY2024 and FY25; Q3 revenue, not the Audi Q3 nor an A4 2019|DATE=2024=FY2024; DATE=2025=FY25; DATE=2025-Q3=Q3; DATE=2019=2019
	machines' dates|2025-05-14T10:30:00Z, 14-May-2025|TIME=2025-05-14T10:30Z=2025-05-14T10:30:00Z; DATE=2025-05-14=14-May-2025
	zones|8 p.m. ET, 20:00 CET, 2030 BST, 9:30 et al.|TIME=T20:00=8 p.m. ET; TIME=T20:00=20:00 CET; TIME=T20:30=2030 BST; TIME=T09:30=9:30
	hours of the army|at 1730 hrs, 0530 hours, 0530hrs, zero hour|TIME=T17:30=1730 hrs; TIME=T05:30=0530 hours
	times in other ways|at 8p.m., 8.30p.m., three o'clock, 3 o’clock|TIME=T20:00=8p.m.; TIME=T20:30=8.30p.m.; TIME=T03:00=three o'clock; TIME=T03:00=3 o’clock
	no times, no days, no years|won in 2:04:55, 448-6 dec, Resolution 1701, Flight 1549, lows in the mid-50s|
	not the number of a directive|Directive 2006/24/EC|DATE=2006=2006
	a weekday with its stop|on Mon., May 12, and on Wed. night|DATE=2025-05-12=Mon., May 12; TIME=2025-05-14TNI=Wed. night
	a day that few years have|on Feb. 29 he|DATE=2024-02-29=Feb. 29
	not long after its beginning|40000 weeks ago, 700000 days ago|DATE=1258-W40=40000 weeks ago; DATE=0108-11-02=700000 days ago
	two dates of one year|From March to May 2019; Jan. 5 and Feb. 10, 2019; 3 to 9 May 2019; May 3-June 4, 2019; December to January 2020; May 3 and 4, 2019|DATE=2019-03=March; DATE=2019-05=May 2019; DATE=2019-01-05=Jan. 5; DATE=2019-02-10=Feb. 10, 2019; DATE=2019-05-09=9 May 2019; DATE=2019-05-03=May 3; DATE=2019-06-04=June 4, 2019; DATE=2019-12=December; DATE=2020-01=January 2020; DATE=2019-05-03=May 3; DATE=2019=2019
	but not of a year of its own|in May and 2019, in June or 12 of them in 2019|DATE=2025-05=May; DATE=2019=2019; DATE=2025-06=June; DATE=2019=2019
	a weekday of another week|on Thursday next week, Tuesday of last week, Monday this week|DATE=2025-05-22=Thursday next week; DATE=2025-05-06=Tuesday of last week; DATE=2025-05-12=Monday this week
	one of several weekdays of a month|the first Monday of May, the last Thursday in November 2024, the final Sunday in May, the 2nd Tuesday of June last year|DATE=2025-05-05=first Monday of May; DATE=2024-11-28=last Thursday in November 2024; DATE=2025-05-25=final Sunday in May; DATE=2024-06-11=2nd Tuesday of June last year
	centuries side by side, and before Christ|in the 18th and 19th centuries, 5th- or 4th-century BC, a third century AD|DATE=17=18th; DATE=18=19th centuries; DATE=-04=5th; DATE=-03=4th-century BC; DATE=02=third century AD
	an era before its year|in AD 79 and A.D. 1066, an ad 30 seconds long|DATE=0079=AD 79; DATE=1066=A.D. 1066; DURATION=PT30S=30 seconds
	parts of fiscal years|Q4 of fiscal 2024, the third quarter of FY24, first half of fiscal year 2023, last fiscal year|DATE=2024-Q4=Q4 of fiscal 2024; DATE=2024-Q3=third quarter of FY24; DATE=2023-H1=first half of fiscal year 2023; DATE=2024=last fiscal year
	half a year's profit, half a game's goal|First-half net profit, second-half pre-tax profit, a first-half goal, Q3 operating income|DATE=2025-H1=First-half; DATE=2025-H2=second-half; DATE=2025-Q3=Q3
	machines' zones|2025-05-14T10:30:00+02:00, 2025-05-14T10:30-0700, 2025-05-14T10:30 - 0700|TIME=2025-05-14T10:30+02:00=2025-05-14T10:30:00+02:00; TIME=2025-05-14T10:30-0700=2025-05-14T10:30-0700; TIME=2025-05-14T10:30=2025-05-14T10:30
	from hour to hour|from 7:30 to 9 p.m., 11-1pm, between 2 and 4:30 am, 11 to 5 a.m., 5 and 6 p.m., 13-2 p.m.|TIME=T19:30=7:30; TIME=T21:00=9 p.m.; TIME=T11:00=11; TIME=T13:00=1pm; TIME=T02:00=2; TIME=T04:30=4:30 am; TIME=T23:00=11; TIME=T05:00=5 a.m.; TIME=T18:00=6 p.m.; TIME=T14:00=2 p.m.
	half of the day in words|ten o'clock at night, 3 o'clock in the morning, 7:15 in the evening, at 12 at night, at 10 in the afternoon, shot 10 in the morning, 2 o'clock at night|TIME=T22:00=ten o'clock at night; TIME=T03:00=3 o'clock in the morning; TIME=T19:15=7:15 in the evening; TIME=T00:00=12 at night; TIME=T22:00=10 in the afternoon; TIME=T02:00=2 o'clock at night
	four digits with a zero|at 0600, some 0600|TIME=T06:00=0600
	so many times|three times a day, 10 times a year, several times an hour, at times a day|SET=P1D=three times a day; SET=P1Y=10 times a year; SET=PT1H=several times an hour
	not how many of them|in the coming months, in recent times|DATE=FUTURE_REF=coming months
	earlier than today, where no date is told|Sales rose from a year earlier.|DATE=2024=a year earlier
	half of one|a half-hour, half-a-century, half an hour|DURATION=PT0.5H=half-hour; DURATION=P50Y=half-a-century; DURATION=PT0.5H=half an hour
	seasons|in the summer of 2012, by autumn 2022, in winter, during the summer, the spring, a fall|DATE=2012-SU=summer of 2012; DATE=2022-FA=autumn 2022; DATE=2025-WI=winter; DATE=2025-SU=summer
	every so often in a word|sold daily and weekly, not annually in the Daily Gazette|SET=P1D=daily; SET=P1W=weekly; SET=P1Y=annually
	a quarter of a century|a quarter of a century ago, for a quarter-century, the past quarter century, a quarter ago|DATE=2000=a quarter of a century ago; DURATION=P25Y=a quarter-century; DURATION=P25Y=past quarter century; DATE=2025-Q1=a quarter ago
	feasts|on Christmas Eve, at Christmas 2022, New Year's Day, New Years Eve, on St. Patrick's Day, Thanksgiving Day, 2023, since May Day|DATE=2024-12-24=Christmas Eve; DATE=2022-12-25=Christmas 2022; DATE=2025-01-01=New Year's Day; DATE=2024-12-31=New Years Eve; DATE=2025-03-17=St. Patrick's Day; DATE=2023-11-23=Thanksgiving Day, 2023; DATE=2025-05-01=May Day
	feasts that move|on Good Friday, Easter Monday 2024, Memorial Day, Ash Wednesday of 2000, Martin Luther King Day|DATE=2025-04-18=Good Friday; DATE=2024-04-01=Easter Monday 2024; DATE=2025-05-26=Memorial Day; DATE=2000-03-08=Ash Wednesday of 2000; DATE=2025-01-20=Martin Luther King Day
	the last one, the next one|last Christmas, this Christmas, next Easter, last Halloween, before Easter|DATE=2024-12-25=last Christmas; DATE=2025-12-25=this Christmas; DATE=2026-04-05=next Easter; DATE=2024-10-31=last Halloween; DATE=2025-04-20=Easter
	all the others|on Christmas Day, on Boxing Day, on Halloween, on Valentine's Day, on International Women's Day, on Women's Day, on Earth Day, on Anzac Day, on Australia Day, on Canada Day, on Bastille Day, on Armistice Day, on Veterans Day, on Presidents' Day, on Labor Day, on Columbus Day, on Thanksgiving Day, on Palm Sunday, on Maundy Thursday, on Easter Sunday|DATE=2024-12-25=Christmas Day; DATE=2024-12-26=Boxing Day; DATE=2025-10-31=Halloween; DATE=2025-02-14=Valentine's Day; DATE=2025-03-08=International Women's Day; DATE=2025-03-08=Women's Day; DATE=2025-04-22=Earth Day; DATE=2025-04-25=Anzac Day; DATE=2025-01-26=Australia Day; DATE=2025-07-01=Canada Day; DATE=2025-07-14=Bastille Day; DATE=2025-11-11=Armistice Day; DATE=2025-11-11=Veterans Day; DATE=2025-02-17=Presidents' Day; DATE=2025-09-01=Labor Day; DATE=2025-10-13=Columbus Day; DATE=2024-11-28=Thanksgiving Day; DATE=2025-04-13=Palm Sunday; DATE=2025-04-17=Maundy Thursday; DATE=2025-04-20=Easter Sunday
	no feasts|the Good Friday Agreement, Easter Island, Christmas trees, Eve Lorne, a day for us, Labour Day|
	more than can be told|for 900 trillion centuries, the next 90 trillion trillion decades|
	a year of people|about 2000 people came|
	quarters and halves of the year before them|fiscal 1997's third quarter, the 2019 fourth quarter, the 1998 first-half profit, the third quarter|DATE=1997=1997; DATE=1997-Q3=third quarter; DATE=2019=2019; DATE=2019-Q4=fourth quarter; DATE=1998=1998; DATE=1998-H1=first-half; DATE=2025-Q3=third quarter
	of what was told|On May 3, 2019, they met. That same day she left; that same year he won. On that day and that night it rained. That week was cold.|DATE=2019-05-03=May 3, 2019; DATE=2019-05-03=same day; DATE=2019=same year; DATE=2019-05-03=that day; TIME=2019-05-03TNI=that night; DATE=2019-W18=That week
	before and after that|On May 3, 2019, they met. He had come the day before. She left the week after, but not the year before he did; rates fell from the month before.|DATE=2019-05-03=May 3, 2019; DATE=2019-05-02=the day before; DATE=2019-W19=the week after; DATE=2019-04=the month before
	where nothing was told|He had come the day before, and left that night, that year.|
	the nearest of the weekdays to come|On May 3, 2019, they met; the following Saturday and the following Friday they did not. This coming Monday, next Sunday, the Sunday|DATE=2019-05-03=May 3, 2019; DATE=2019-05-04=following Saturday; DATE=2019-05-10=following Friday; DATE=2025-05-19=coming Monday; DATE=2025-05-25=next Sunday; DATE=2025-05-11=Sunday
	early in what is next|early next year, later next week, early coming years|DATE=2026=early next year; DATE=2025-W21=later next week; DATE=FUTURE_REF=coming years
	early and late in decades and centuries|the early 1990s, the late 19th century, mid-1980s, the early sixties, in late summer 2015, an early 5km run|DATE=199=early 1990s; DATE=18=late 19th century; DATE=198=mid-1980s; DATE=196=early sixties; DATE=2015-SU=late summer 2015
	a time beside a day is of that day|at 5 p.m. Monday, Sunday at 9 a.m., 7.00 a.m., Saturday; today, at 1400 GMT; noon on May 5, 2020|TIME=2025-05-12T17:00=5 p.m.; DATE=2025-05-12=Monday; DATE=2025-05-11=Sunday; TIME=2025-05-11T09:00=9 a.m.; TIME=2025-05-10T07:00=7.00 a.m.; DATE=2025-05-10=Saturday; DATE=2025-05-16=today; TIME=2025-05-16T14:00Z=1400 GMT; TIME=2020-05-05T12:00=noon; DATE=2020-05-05=May 5, 2020
	each of its own|9 a.m. Tuesday, 10 a.m. Wednesday, in 2019 at 8 a.m., Friday, 5 p.m., Friday and at 6 p.m.|TIME=2025-05-13T09:00=9 a.m.; DATE=2025-05-13=Tuesday; TIME=2025-05-14T10:00=10 a.m.; DATE=2025-05-14=Wednesday; DATE=2019=2019; TIME=2025-05-16T08:00=8 a.m.; DATE=2025-05-16=Friday; TIME=2025-05-16T17:00=5 p.m.; DATE=2025-05-16=Friday; TIME=T18:00=6 p.m.
	zones of noon, of four digits|at noon EST, midnight GMT, at 0800 local time|TIME=T12:00=noon EST; TIME=T00:00Z=midnight GMT; TIME=T08:00=0800 local time
	the last day of something|on his last day at school, last night|TIME=2025-05-15TNI=last night
	from now|a year from now, three weeks from now, two hours from now, a few years from now, two miles from now on|DATE=2026=a year from now; DATE=2025-W23=three weeks from now; DATE=2025-05-16=two hours from now; DATE=FUTURE_REF=a few years from now
	a month in a year|June in 1981, May 5 in 1999, in May in 200 towns|DATE=1981-06=June in 1981; DATE=1999-05-05=May 5 in 1999; DATE=2025-05=May
	past more likely than future, where nothing says so|He resigned in November. She had left in October. He will resign in January. It is to open on December 4. The vote was set for August.|DATE=2024-11=November; DATE=2024-10=October; DATE=2026-01=January; DATE=2025-12-04=December 4; DATE=2025-08=August
	months of one sentence are near each other|He plays in August, in Rome in October, in Oslo in December and on January 5. In January he rests; sales fell in February after rising in December|DATE=2025-08=August; DATE=2025-10=October; DATE=2025-12=December; DATE=2026-01-05=January 5; DATE=2025-01=January; DATE=2025-02=February; DATE=2024-12=December
	months and parts of days that are shifted|last March, last May, this May, next June, last July, next May, this afternoon|DATE=2025-03=last March; DATE=2024-05=last May; DATE=2025-05=this May; DATE=2025-06=next June; DATE=2024-07=last July; DATE=2026-05=next May; TIME=2025-05-16TAF=this afternoon
	numbers in words without hyphens|twenty five years, two hundred twenty five days, five six hours, sixty seventy weeks|DURATION=P25Y=twenty five years; DURATION=P225D=two hundred twenty five days; DURATION=PT6H=six hours; DURATION=P70W=seventy weeks
	the first day|the first of May, on the 1st of June 2019|DATE=2025-05-01=first of May; DATE=2019-06-01=1st of June 2019
	how many is vague|in the past few decades, the last several weeks, the past few year|DURATION=PXY=past few decades; DURATION=PXW=last several weeks
	hours at somewhere|5 o'clock at sea|TIME=T05:00=5 o'clock
	midnight is no day either|in 2012 May 12:00 was late|DATE=2012=2012; TIME=T12:00=12:00
	EOF
}

@test "tag-entities: without a date the first whole one counts, or nothing" {
	cases -t DATE <<-'EOF'
	dateline|May 16, 2025\\nHe left on Thursday.|DATE=2025-05-16=May 16, 2025; DATE=2025-05-15=Thursday
	none|He left on Thursday.|DATE=XXXX-WXX-4=Thursday
	feasts without a year|He left on Christmas Eve, on Good Friday and on Easter Sunday 2019.|DATE=XXXX-12-24=Christmas Eve; DATE=2019-04-21=Easter Sunday 2019
	that of a birth|Born: June 11, 1988\\nHe left on Thursday. Norton (June 11, 1818) left.|DATE=1988-06-11=June 11, 1988; DATE=XXXX-WXX-4=Thursday; DATE=1818-06-11=June 11, 1818
	the date of something else|Under a draft presented on Monday imports would end on January 1, 2027.|DATE=XXXX-WXX-1=Monday; DATE=2027-01-01=January 1, 2027
	EOF
}

@test "tag-entities: amounts" {
	cases -t MONEY,PERCENT,QUANTITY <<-'EOF'
	money|a loan of 1.2 billion euros|MONEY=EUR 1200000000=1.2 billion euros
	a sign before|cost $40 million in all|MONEY=USD 40000000=$40 million
	another sign|cost £3.5m in all|MONEY=GBP 3500000=£3.5m
	percent|rose 15% and 3.5 percent|PERCENT=15 %=15%; PERCENT=3.5 %=3.5 percent
	whose pounds|4 million Sudanese pounds were paid|MONEY=SDG 4000000=4 million Sudanese pounds
	quantity|some 30 kilometres away|QUANTITY=30 kilometre=30 kilometres
	in one word|a 5km run, a 128GB card|QUANTITY=5 kilometre=5km; QUANTITY=128 gigabyte=128GB
	a weight|a 90-pound door, 5 pounds, a 5-million-pound door|QUANTITY=90 pound=90-pound; MONEY=GBP 5=5 pounds; MONEY=GBP 5000000=5-million-pound
	all decimals of what is scaled|1.2345 billion dollars, $1.23456bn, £2.34567m, 1.23456 lakh crore rupees, $1.5 million|MONEY=USD 1234500000=1.2345 billion dollars; MONEY=USD 1234560000=$1.23456bn; MONEY=GBP 2345670=£2.34567m; MONEY=INR 1234560000000=1.23456 lakh crore rupees; MONEY=USD 1500000=$1.5 million
	pounds that weigh|He weighs about 200 pounds. It was 3,400 pounds (1,500 kg), or 300 pounds (136kg), a 7-pound, 5-ounce baby; for 50 pounds ($75), 200,000 pounds|QUANTITY=200 pound=200 pounds; QUANTITY=3400 pound=3,400 pounds; QUANTITY=1500 kilogram=1,500 kg; QUANTITY=300 pound=300 pounds; QUANTITY=136 kilogram=136kg; QUANTITY=7 pound=7-pound; QUANTITY=5 ounce=5-ounce; MONEY=GBP 50=50 pounds; MONEY=USD 75=$75; MONEY=GBP 200000=200,000 pounds
	squares and cubes in signs|500 km², 35 m2, 20 m², 5 m³, 3 cm3, 10 F16 jets, 4 kg2|QUANTITY=500 square kilometre=500 km²; QUANTITY=35 square metre=35 m2; QUANTITY=20 square metre=20 m²; QUANTITY=5 cubic metre=5 m³; QUANTITY=3 cubic centimetre=3 cm3
	the second of two with one sign|$15-18 billion, $3.5 - 4 billion, 15-18 billion|MONEY=USD 15000000000=$15; MONEY=USD 18000000000=18 billion; MONEY=USD 3500000000=$3.5
	halves with a hyphen, without an article|a half-million dollars, half million euros, half-a-million pounds, a half-mile away, a half-percentage-point cut, half percent, half the pounds, the second half - a million saw it|MONEY=USD 500000=half-million dollars; MONEY=EUR 500000=half million euros; MONEY=GBP 500000=half-a-million pounds; QUANTITY=0.5 mile=half-mile; PERCENT=0.5 %=half-percentage-point; PERCENT=0.5 %=half percent
	fractions|a 1/2 mile, 7/8 percent, 9-1/2 pct|QUANTITY=0.5 mile=1/2 mile; PERCENT=0.875 %=7/8 percent; PERCENT=9.5 %=9-1/2 pct
	basis points, hundredths of a percent|by 12.5 basis points, a 25-basis-point cut, 5 bps, 50bps, minus 25 bps, on a 5 basis|PERCENT=0.125 %=12.5 basis points; PERCENT=0.25 %=25-basis-point; PERCENT=0.05 %=5 bps; PERCENT=0.5 %=50bps; PERCENT=-0.25 %=minus 25 bps
	rates have more decimals|at $1.0845, 7.12340 yuan, -0.00125%, $1.0000, 12345678901234567890.12345 yen, 0.12345678901234567890123 km|MONEY=USD 1.0845=$1.0845; MONEY=CNY 7.1234=7.12340 yuan; PERCENT=-0.00125 %=-0.00125%; MONEY=USD 1=$1.0000; QUANTITY=0.1234567890123456789 kilometre=0.12345678901234567890123 km
	either way|plus or minus 3 percent, plus/minus 4 percent|PERCENT=3 %=3 percent; PERCENT=4 %=4 percent
	below nought|fell by -0.5%, minus five percent, 3-5%|PERCENT=-0.5 %=-0.5%; PERCENT=-5 %=minus five percent; PERCENT=5 %=5%
	dollars by letters|US$10m, A$5, C$ 20, HK$3bn, NT$5, R$7|MONEY=USD 10000000=US$10m; MONEY=AUD 5=A$5; MONEY=CAD 20=C$ 20; MONEY=HKD 3000000000=HK$3bn; MONEY=TWD 5=NT$5; MONEY=BRL 7=R$7
	nor is a letter of its own|a Series B $25 million round|MONEY=USD 25000000=$25 million
	an article is no letter of a land|A $5 million loan|MONEY=USD 5000000=$5 million
	dollars by lands|20 Hong Kong dollars, 10 us dollars|MONEY=HKD 20=20 Hong Kong dollars; MONEY=USD 10=10 us dollars
	currencies of yesterday|9 pesetas, 9 lire, 9 guilders, 9 escudos, 9 deutschmarks|MONEY=ESP 9=9 pesetas; MONEY=ITL 9=9 lire; MONEY=NLG 9=9 guilders; MONEY=PTE 9=9 escudos; MONEY=DEM 9=9 deutschmarks
	lira by the land|9 Turkish lira, 9 Italian lira|MONEY=TRY 9=9 Turkish lira; MONEY=ITL 9=9 Italian lira
	francs where it is certain|9 Swiss francs, 9 French francs, 9 francs|MONEY=CHF 9=9 Swiss francs; MONEY=FRF 9=9 French francs; MONEY=XXX 9=9 francs
	marks of Germany, and of a school|9 German marks, 9 marks|MONEY=DEM 9=9 German marks
	a sign behind the number|50€ or 100 €|MONEY=EUR 50=50€; MONEY=EUR 100=100 €
	a code, in one word and before a stop|USD50, 115USD, Rs. 20|MONEY=USD 50=USD50; MONEY=USD 115=115USD; MONEY=INR 20=Rs. 20
	two of one scale|from $3 to $4 billion, £5-10m|MONEY=USD 3000000000=$3; MONEY=USD 4000000000=$4 billion; MONEY=GBP 5000000=£5
	scales in one word, of whatever case|$5M, $5B, $5T, $5K, $5mn, £5.5bn|MONEY=USD 5000000=$5M; MONEY=USD 5000000000=$5B; MONEY=USD 5000000000000=$5T; MONEY=USD 5000=$5K; MONEY=USD 5000000=$5mn; MONEY=GBP 5500000000=£5.5bn
	scales of scales|Rs 5 lakh crore, a hundred million dollars, Rs5cr, Rs1,000|MONEY=INR 5000000000000=Rs 5 lakh crore; MONEY=USD 100000000=a hundred million dollars; MONEY=INR 50000000=Rs5cr; MONEY=INR 1000=Rs1,000
	as agencies wrote once|17.6 mln dlrs, 9.3 cts, 5 bln stg, DM 5, Sfr 5|MONEY=USD 17600000=17.6 mln dlrs; MONEY=USc 9.3=9.3 cts; MONEY=GBP 5000000000=5 bln stg; MONEY=DEM 5=DM 5; MONEY=CHF 5=Sfr 5
	short names of Africa and Asia|Ksh500, Shs 500, Rp 500, RMB 5m, NIS 5, GHS 5, Dh500|MONEY=KES 500=Ksh500; MONEY=XXX 500=Shs 500; MONEY=IDR 500=Rp 500; MONEY=CNY 5000000=RMB 5m; MONEY=ILS 5=NIS 5; MONEY=GHS 5=GHS 5; MONEY=AED 500=Dh500
	one letter, where it can only be money|N5 million, R1.2bn, N5,000, P5m, the N5 road, R500|MONEY=NGN 5000000=N5 million; MONEY=ZAR 1200000000=R1.2bn; MONEY=NGN 5000=N5,000; MONEY=PHP 5000000=P5m
	not of broadcasters and ministries|In 2019 NPR and 9 DHS officers met|
	degrees|20 degrees Celsius, 20°C, minus 5 degrees, 68°F|QUANTITY=20 degree Celsius=20 degrees Celsius; QUANTITY=20 degree Celsius=20°C; QUANTITY=-5 degree=minus 5 degrees; QUANTITY=68 degree Fahrenheit=68°F
	speeds, and barrels of a day|100 km/h, 60 miles per hour, 80 kilometers an hour, 5 bpd|QUANTITY=100 kph=100 km/h; QUANTITY=60 mph=60 miles per hour; QUANTITY=80 kph=80 kilometers an hour; QUANTITY=5 barrel per day=5 bpd
	no year of nine digits|5 trillion metres|QUANTITY=5000000000000 metre=5 trillion metres
	measures of two words|5 metric tons, 5 sq. km, 5 light years, 5 kilowatt hours, 5 GWh|QUANTITY=5 tonne=5 metric tons; QUANTITY=5 square kilometre=5 sq. km; QUANTITY=5 light-year=5 light years; QUANTITY=5 kilowatt hour=5 kilowatt hours; QUANTITY=5 gigawatt hour=5 GWh
	so many and a half|two and a half million dollars, one-and-a-half percent, three and a half kilos|MONEY=USD 2500000=two and a half million dollars; PERCENT=1.5 %=one-and-a-half percent; QUANTITY=3.5 kilogram=three and a half kilos
	halves and nothing|half a percentage point, half a mile, zero percent, 2½ miles|PERCENT=0.5 %=half a percentage point; QUANTITY=0.5 mile=half a mile; PERCENT=0 %=zero percent; QUANTITY=2.5 mile=2½ miles
	EOF
}

@test "tag-entities: offsets count code points, or bytes with -b" {
	feed 'a\tÀ Kyiv, ça.\n' tag-entities -t LOC
	want 'a\tLOC\tKyiv\t2\t6\tKyiv\n'
	feed 'a\tÀ Kyiv, ça.\n' tag-entities -t LOC -b
	want 'a\tLOC\tKyiv\t3\t7\tKyiv\n'
}

@test "tag-entities: carried fields stay, the date may be one" {
	feed 'a\t2025-05-16\tx\tHe left yesterday.\n' tag-entities --date-field 2
	want 'a\t2025-05-16\tx\tDATE\t2025-05-15\t8\t17\tyesterday\n'
	feed 'a\t-\tHe left yesterday.\n' tag-entities --date-field 2 --date 2025-05-11
	want 'a\t-\tDATE\t2025-05-10\t8\t17\tyesterday\n'
}

@test "tag-entities: a field of --date-field that holds no date is told, once" {
	local j
	while IFS='|' read -r args in where count; do
		for j in 1 2; do
			# shellcheck disable=SC2086 # several options
			feed "$in" tag-entities -j "$j" $args
			if [[ -z $where ]]; then
				[[ ! -s err ]]
			else
				said "$where: $count, this was the first" && [[ $(wc -l <err) == 1 ]]
			fi && [[ $status == 0 ]] || {
				echo "case: $args: $in"
				cat err
				return 1
			}
		done
	done <<-'EOT'
	--date-field 2|a\t2025-05-16\tHe left.\nb\t2025-05-16T10:00:00Z\tHe left.\n||
	--date-field 2|a\t-\tHe left.\nb\t\tHe left.\n||
	--date-field 3|a\t2025-05-16\tHe left.\nb\t2025-05-17\tHe left.\n|stdin:1: field 3 is no date (--date-field)|2 records
	--date-field 2|a\t2025-05-16\tHe left.\nb\tFri, 16 May 2025\tHe left.\n|stdin:2: field 2 is no date (--date-field)|1 record
	-g --date-field 2|a\tMay\tHe left.\na\tMay\tHe left.\nb\tMay\tHe left.\n|stdin:1: field 2 is no date (--date-field)|2 records
	--date-field 7 --date 2025-05-16|a\tHe left.\n||
	EOT
	printf 'He left.\n' >doc
	tag-entities --date-field 2 doc 2>err
	said 'doc: field 2 is no date (--date-field): 1 record, this was the first'
}

@test "tag-entities: --annotate marks the text" {
	feed 'a\tPoland\\nand [France]\n' tag-entities --annotate
	want 'a\t[LOC Poland]\\nand [[LOC France]]\n'
	feed 'a\tnothing here\n' tag-entities --annotate
	want 'a\tnothing here\n'
}

@test "tag-entities: --annotate is in colour on a terminal, unless NO_COLOR says no" {
	needs script
	script --version >/dev/null 2>&1 || skip 'script(1) is not of util-linux'
	printf 'Kyiv' >doc
	while IFS='|' read -r set wanted; do
		script -qec "env $set tag-entities -p --annotate doc" /dev/null </dev/null | tr -d '\r' >out
		want "$wanted\n"
	done <<-'EOF'
	-u NO_COLOR|\033[32mKyiv\033[m
	NO_COLOR=|\033[32mKyiv\033[m
	NO_COLOR=1|[LOC Kyiv]
	EOF
}

@test "tag-entities: --gazetteer" {
	printf '# mine\n\nAcme Widgets\tORG\tAcme\tthe widget maker\nKyiv Ring Road\tLOC\n' >g.tsv
	feed 'a\tAcme sued; the widget maker won on Kyiv Ring Road.\n' tag-entities --gazetteer g.tsv
	want 'a\tORG\tAcme Widgets\t0\t4\tAcme\na\tORG\tAcme Widgets\t11\t27\tthe widget maker\na\tLOC\tKyiv Ring Road\t35\t49\tKyiv Ring Road\n'
	feed 'a\tnobody sued ACME.\n' tag-entities -t ORG --gazetteer g.tsv --ignore-case
	want 'a\tORG\tAcme Widgets\t12\t16\tACME\n'
	while IFS='|' read -r line says; do
		printf "Acme\tORG\n$line\n" >bad.tsv
		feed 'a\tAcme\n' tag-entities --gazetteer bad.tsv
		[[ $status == 2 && ! -s out ]]
		said "bad.tsv:2: $says"
	done <<-EOF
	Acme|want a name, a TAB and a type
	Acme\tPERSON|"PERSON" is not a type
	Advent\tDATE|"DATE" is not a type
	\tORG|want a name, a TAB and a type
	 \tORG|want a name, a TAB and a type
	\377\tORG|not UTF-8
	$(yes Ab | head -n 65 | tr '\n' ' ')\tORG|a name of more than 64 words and marks
	EOF
	printf 'Quorum \tORG\tquorum\t QUORUM \tO\342\200\231Quorum\t\n' >same.tsv
	feed "a\tQUORUM, quorum, Quorum, qUorum, O'Quorum.\n" tag-entities -t ORG --gazetteer same.tsv
	want "a\tORG\tQuorum\t0\t6\tQUORUM\na\tORG\tQuorum\t8\t14\tquorum\na\tORG\tQuorum\t16\t22\tQuorum\na\tORG\tQuorum\t32\t40\tO'Quorum\n"
	printf '\357\273\277# a comment\nAcme Widgets\tORG\tACME\n' >bom.tsv
	feed 'a\tnobody sued ACME.\n' tag-entities -t ORG --gazetteer bom.tsv
	want 'a\tORG\tAcme Widgets\t12\t16\tACME\n'
	feed 'a\tThe Danube rose.\n' tag-entities --gazetteer /dev/null
	want 'a\tLOC\tDanube\t4\t10\tDanube\n'
	feed 'a\tAcme\n' tag-entities --gazetteer missing.tsv
	[ "$status" -eq 2 ] && said 'missing.tsv: No such file'
}

@test "tag-entities: bad arguments are status 2" {
	for option in --types=PLACE --date=yesterday --date=2025-13-01 --date=2025-02-30 --date-field=0 --ignore-case; do
		feed 'a\tx\n' tag-entities "$option"
		[ "$status" -eq 2 ] && [ ! -s out ] || { echo "$option"; return 1; }
	done
}

@test "tag-entities: --types leaves out lines and changes none" {
	printf 'a\tTheresa May said on Monday (Jun 2), not in May, that she paid U.S.\0447 for two books.\n' >in
	tag-entities <in >all
	grep -q "$(printf '\tDATE\t')" all
	for types in PER PER,ORG,LOC DATE,MONEY; do
		awk -F '\t' -v types="$types" 'index("," types ",", "," $2 ",")' all >filtered
		tag-entities -t "$types" <in | cmp - filtered
	done
}

@test "tag-entities: the same for every -j" {
	for i in 1 2 3 4 5 6 7 8; do
		for j in 1 2 3 4 5 6 7 8 9; do
			printf 'd%d%d\tVladimir Putin met Hakan Fidan in Ankara %d days ago. Putin left.\n' $i $j $j
		done
	done >in.tsv
	tag-entities <in.tsv >one && tag-entities -j 3 <in.tsv >three && cmp one three && [ -s one ]
}

@test "tag-entities: --group takes the records of one id for one document" {
	printf 'a\t1\tEvelyn Reed leads the talks \342\200\223 in \303\230stervik.\na\t2\t\na\t3\t\303\251 Reed met Tom Hale on Monday.\nb\t1\tMr. Reed slept.\na\t4\tMr. Reed rose.\n' >in
	tag-entities --group --types PER <in >out
	want 'a\t1\tPER\tEvelyn Reed\t0\t11\tEvelyn Reed\na\t3\tPER\tEvelyn Reed\t2\t6\tReed\na\t3\tPER\tTom Hale\t11\t19\tTom Hale\nb\t1\tPER\tReed\t4\t8\tReed\na\t4\tPER\tReed\t4\t8\tReed\n'
	tag-entities -bgt PER <in | sed -n 2,3p >out
	want 'a\t3\tPER\tEvelyn Reed\t3\t7\tReed\na\t3\tPER\tTom Hale\t12\t20\tTom Hale\n'
	tag-entities -g --annotate <in | sed -n 2,3p >out
	want 'a\t2\t\na\t3\t\303\251 [PER Reed] met [PER Tom Hale] on [DATE Monday].\n'
	tag-entities -gp --annotate <in | wc -l | grep -qx ' *5'
	# the day is the first record's
	printf 'a\t2025-05-16\tReed came on Thursday.\na\t-\tShe left yesterday.\n' | tag-entities -gt DATE --date-field 2 | cut -f 4 >out
	want '2025-05-15\n2025-05-15\n'
	# a raw document is one as before
	printf 'Evelyn Reed leads.\nReed is wary.\n' >doc
	cmp <(tag-entities doc) <(tag-entities -g doc)
}

@test "tag-entities: --group finds in lines what it finds in their document, also over windows" {
	for i in 1 2 3; do
		for j in $(seq 1500); do
			printf '%d\tOn %d May %d Ann\303\251 Lee of Acme%d Corp. met Hakan Fidan; Lee and Fidan \342\200\234left\342\200\235 for Ankara, %d days late, with $%d million, \303\241\303\251\303\255.\n' \
				"$i" $((j % 28 + 1)) $((1990 + j % 30)) $((j % 7)) "$j" "$j"
		done
	done >lines
	awk -F '\t' '$1 != id { if (id) printf "\n"; printf "%s\t%s", $1, $2; id = $1; next } { printf "\\n%s", $2 } END { print "" }' lines >whole
	tag-entities <whole | cut -f 1-3,6 >want
	for option in -g -gb -gj3; do
		tag-entities "$option" <lines >out
		cut -f 1-3,6 out | cmp want -
	done
	# each mention stands in its line where it is said to
	awk -F '\t' -v OFS='\t' '{ print $1, NR, $2 }' lines >numbered
	tag-entities -gb <numbered | awk -F '\t' '
		NR == FNR { text[$2] = $3; next }
		substr(text[$2], $5 + 1, $6 - $5) != $7 { print; bad = 1 }
		END { exit bad || FNR < 4500 * 7 }' numbered -
	tag-entities -g --annotate <lines | sed 's/\[[A-Z]* \([^]]*\)\]/\1/g' | cmp lines -
}

@test "tag-entities: hostile input ends, and soon" {
	needs perl timeout
	while read -r what; do
		perl -e "print qq(a\t), $what, qq(\n)" >in.tsv
		timeout 20 tag-entities --max-record 64M <in.tsv >out || { echo "$what"; return 1; }
	done <<-'EOF'
	"A" x 8000000
	"A " x 500000
	"." x 1000000
	"Aa-" x 500000
	"\x27" x 1000000
	"of the Of " x 300000
	"1 " x 500000
	"Xa\\\\n" x 300000
	"two hundred " x 200000
	"last " x 200000
	EOF
}

# Akbszfhaalkgspxn has the hash of Khartoum, where what is known of words is kept from document to document
@test "tag-entities: no text says what is found in the next one" {
	printf 'b\tFighting went on in Khartoum State on Monday.\n' >next
	printf 'a\tThey met Akbszfhaalkgspxn there.\n' | cat - next | tag-entities | grep -v '^a' >behind
	tag-entities <next | diff - behind && [[ -s behind ]]
}

# where the C library fills what malloc gives: with bytes that look like a name
@test "tag-entities: nothing that nobody wrote is read before the first token" {
	printf "a\t' said Ann Lee\n" >in.tsv
	MALLOC_PERTURB_=254 tag-entities <in.tsv >out && grep -q 'PER	Ann Lee' out
}

# The functions of the tool by themselves, with vectors and without.
@test "tag-entities: fast paths say what plain ones say" {
	tool=$TOP/tools/tag-entities
	compile_with() {
		compile tag-test -I"$tool" -I"${OBJ%/common}/gen" -Wa,-I"$TOP" "$tool"/{tokens,runs,joints,parts,headlines,feats,decode,typing,rules,offices,tables,names,model}.c "$@"
		needs tag-test
	}
	compile_with
	tag-test
	mv "$FILTERS/tag-test" with
	compile_with -DVEC_PLAIN # SSE2 alone
	tag-test
	mv "$FILTERS/tag-test" narrow
	compile_with -U__SSE2__
	tag-test
	mv "$FILTERS/tag-test" without
	cat "$TOP"/tests/feed/0*.txt >text
	printf "\n\nTHE EU'S ENVOY \303\211mile O\342\200\231Neill-van der Berg MET NATO chiefs in Washington, D.C., on US\$5m, e.g. abc" >>text
	./with text >one
	./narrow text >two
	./without text >three
	[[ $(wc -l <one) -gt 100000 ]]
	cmp one two
	cmp one three
}

@test "tag-entities: in the texts it learns from names are marked as they should be" {
	[[ -d $TOP/tools/tag-entities/written ]] || skip "not in a source tree"
	run awk '{ line = $0; gsub(/\[(PER|ORG|LOC) [^][ ]([^][]*[^][ ])?\]/, "") } /[][]/ { print FILENAME ":" FNR ": " line }' \
		"$TOP"/tools/tag-entities/written/*.txt
	[[ $status -eq 0 && -z $output ]]
}

@test "tag-entities: the labels it learns from stand in order, inside their texts" {
	[[ -d $TOP/tools/tag-entities/labels ]] || skip "not in a source tree"
	run awk -F '\t' '
		$1 == "" || $2 !~ /^[1-9][0-9]*$/ || seen[$1]++ { print FILENAME ":" FNR ": " $1 }
		{
			end = 0
			for (i = 3; i <= NF; i++) {
				if ($i !~ /^(PER|ORG|LOC|UNK) [0-9]+ [0-9]+$/ || split($i, at, " ") != 3 || at[2] + 0 < end || at[3] + 0 <= at[2] + 0 || at[3] + 0 > $2 + 0)
					print FILENAME ":" FNR ": " $i
				end = at[3] + 0
			}
		}' "$TOP"/tools/tag-entities/labels/*.tsv
	[[ $status -eq 0 && -z $output ]]
}

@test "tag-entities: what is wrong with the tables that the build compiles is told, with its line" {
	local host=$OBJ/../host why with file in out
	[[ -x $host/tag-names-gen && -x $host/tag-when-gen ]] || skip 'no generators here'
	while IFS='|' read -r why with file in out; do
		printf "$in" >"$file"
		status=0
		"$host/$with" "$file" >out 2>err || status=$?
		[[ $status == 1 ]] && said "$out" || {
			echo "case: $why, status $status"
			return 1
		}
	done <<-'EOF'
	a name without a kind|tag-names-gen|a.tsv|# names\nJo Reed\tperson\nDana Reed\n|tag-names-gen: a.tsv:3: no TAB and kind
	a kind that there is not|tag-names-gen|a.tsv|Jo Reed\tpersons\n|tag-names-gen: a.tsv:1: no kind "persons": want country, city,
	a list of such|tag-names-gen|persons.txt|Jo Reed\n|tag-names-gen: persons.txt: no kind is called like the file
	a word of dates without a value|tag-when-gen|a.tsv|# words\nmay\tx\njune\n|when-gen: a.tsv:3: not a word, a TAB and a value
	a word that stands twice|tag-when-gen|a.tsv|may\tx\nmay\ty\n|when-gen: a.tsv: a word stands twice
	EOF
	mkdir folder.tsv
	for with in tag-names-gen tag-when-gen; do
		for out in 'missing.tsv: No such file' 'folder.tsv: Is a directory'; do
			status=0
			"$host/$with" "${out%%:*}" >out 2>err || status=$?
			[[ $status == 1 ]]
			said "$out"
		done
	done
}
