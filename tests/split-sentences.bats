#!/usr/bin/env bats
# split-sentences: where a sentence ends and where it does not, options, and what holds for any text.

# fixtures go through printf as they are; files may be called like commands
# shellcheck disable=SC2059,SC2094,SC2238
load helper

# cases [OPTION...]: each line is REASON|TEXT|SENTENCES, parted by ~, in printf's escapes.
cases() {
	local why text sentences bad=0
	while IFS='|' read -r why text sentences; do
		feed "a\t$text\n" split-sentences -p "$@"
		# shellcheck disable=SC2059
		printf "${sentences//\~/\\n}\n" >want
		diff -u want out >diff || {
			echo "case: $why"
			cat diff
			bad=1
		}
	done
	return $bad
}

@test "split-sentences: end marks" {
	cases <<-'END'
	stop|The dyke broke. The town was saved.|The dyke broke.~The town was saved.
	question|Who paid? Nobody knows.|Who paid?~Nobody knows.
	cry|Stop! The bridge is gone.|Stop!~The bridge is gone.
	several|What?! She left at once.|What?!~She left at once.
	a blank before it|How long does it take to learn it at work ? Billing takes long.|How long does it take to learn it at work ?~Billing takes long.
	no mark at the end|He came. They went|He came.~They went
	three dots before a capital|I never meant that.... She left the room.|I never meant that....~She left the room.
	three dots before a small letter|It was ... well, nothing much.|It was ... well, nothing much.
	spaced dots inside|One habit . . . was to walk at night.|One habit . . . was to walk at night.
	the character of three dots|He waited\342\200\246 Then the ship came.|He waited\342\200\246~Then the ship came.
	brackets around a sentence|It rained. (It always rains.) The game went on.|It rained.~(It always rains.)~The game went on.
	a sentence in brackets inside another|He teaches (He was a smith before.) at the school.|He teaches (He was a smith before.) at the school.
	a note's number|They have two daughters. [12] She lives in Ghent.|They have two daughters. [12]~She lives in Ghent.
	a note in words|The river froze. [citation needed] Ships were lost.|The river froze. [citation needed]~Ships were lost.
	smileys|The ship came. :)|The ship came. :)
	a title and its year|She wrote Who Paid? (1965) and lived in Ghent.|She wrote Who Paid? (1965) and lived in Ghent.
	a colon inside a line|Maes: Nobody came to the talks.|Maes: Nobody came to the talks.
	an and sign|They work for Roos & The Brill.|They work for Roos & The Brill.
	a credit|The dyke at noon Photo: Jan Roos|The dyke at noon~Photo: Jan Roos
	a credit of another kind|The dyke at noon Image: Jan Roos|The dyke at noon~Image: Jan Roos
	a semicolon|The dyke broke; the town was saved.|The dyke broke; the town was saved.
	a long word before the stop|They spoke of negotiations. Roos left.|They spoke of negotiations.~Roos left.
	a name before the stop|The ship left Odesa. President Maes waved.|The ship left Odesa.~President Maes waved.
	a short name before the stop|They moved to Fort Lee. Fort Lee is old.|They moved to Fort Lee.~Fort Lee is old.
	a word of capitals before the stop|They asked NATO. The answer was no.|They asked NATO.~The answer was no.
	a year before the stop|It began in 1998. Roos was there.|It began in 1998.~Roos was there.
	a bracket before the stop|It was late (by a week). Roos left.|It was late (by a week).~Roos left.
	an acronym before a name|They heard former FBI Director Roos on Monday.|They heard former FBI Director Roos on Monday.
	the number of a note, glued|They had grit, she wrote.12 Open minds do. They learn.|They had grit, she wrote.12~Open minds do.~They learn.
	the number of a note of three digits, glued|They had grit, she wrote.123 Open minds do. They learn.|They had grit, she wrote.123~Open minds do.~They learn.
	the number of a note, behind a blank|They had grit, she wrote. 1 In the study they did.|They had grit, she wrote. 1~In the study they did.
	the number of a section|2.1 The dyke|2.1 The dyke
	the number of a section with a stop|4.1. The dyke and the town|4.1. The dyke and the town
	the label of a caption|Figure 1. The dyke at noon.|Figure 1. The dyke at noon.
	a credit behind a stop|The dyke at noon. Photo: Jan Roos|The dyke at noon.~Photo: Jan Roos
	a day of a month|They met on Jan. 8. Roos was there on Sept. 30. Maes was not.|They met on Jan. 8.~Roos was there on Sept. 30.~Maes was not.
	a day of a month before a capital|It rained. On Feb. 21 The Ghent Times wrote of it.|It rained.~On Feb. 21 The Ghent Times wrote of it.
	a number of two digits|The oldest of the smiths was 79. Roos was younger.|The oldest of the smiths was 79.~Roos was younger.
	the sign of a note|The dyke was built late.\302\271 It broke.\342\200\240 The town was saved.|The dyke was built late.\302\271~It broke.\342\200\240~The town was saved.
	ideographic marks, and the quotes with them|\343\200\214No\343\200\202\343\200\215They left\343\200\202It was late\357\274\201 It rained.|\343\200\214No\343\200\202\343\200\215~They left\343\200\202~It was late\357\274\201~It rained.
	an ideographic mark before a small letter|The sign \343\200\214No\343\200\202\343\200\215 is old. It rained.|The sign \343\200\214No\343\200\202\343\200\215 is old.~It rained.
	letters of speakers in a line|Q: Who saw it? A: At the gate Roos did. Q: When? A: At noon.|Q: Who saw it?~A: At the gate Roos did.~Q: When?~A: At noon.
	an acronym behind a bracket, and a name|The head of the Board of Roads (BOR) CEO David Roos spoke. It rained.|The head of the Board of Roads (BOR) CEO David Roos spoke.~It rained.
	the number of a model|They wrote on the iPhone 11 Pro and the Brill S90 Pro for years. It rained.|They wrote on the iPhone 11 Pro and the Brill S90 Pro for years.~It rained.
	how many of a country|Some 200 U.S. soldiers saw it. They left.|Some 200 U.S. soldiers saw it.~They left.
	question and answer|Q. And what then?\\nA. We waited.|Q. And what then?~A. We waited.
	words in capitals|THE DYKE BROKE. THE TOWN WAS SAVED.|THE DYKE BROKE.~THE TOWN WAS SAVED.
	two stops|The dyke broke.. Maes saw it.. The town was saved.|The dyke broke..~Maes saw it..~The town was saved.
	three dots before a word that begins sentences|They would pay for the dyke... But Maes left. She waited\342\200\246 The town slept.|They would pay for the dyke...~But Maes left.~She waited\342\200\246~The town slept.
	four dots|They went with all that they had.... Ghent was far.|They went with all that they had....~Ghent was far.
	what was left out behind a sentence|It rained on the town. ... Maes left.|It rained on the town. ...~Maes left.
	a name with a cry in it|She spoke to E! Online at noon. He works for Avant! Corp. and left.|She spoke to E! Online at noon.~He works for Avant! Corp. and left.
	whose it is|Copyright \302\251 2019 The Ghent Times. All rights reserved.|Copyright \302\251 2019 The Ghent Times.~All rights reserved.
	whose it is, in a text without the sign|Copyright  2011 The Roos Press. All rights reserved.|Copyright  2011 The Roos Press.~All rights reserved.
	who reports, in brackets|(CNN) The dyke broke. It rained.|(CNN) The dyke broke.~It rained.
	the same, glued|(CNN)The dyke broke. It rained.|(CNN)The dyke broke.~It rained.
	where a report is from|GHENT (AP) — Millions of families live there. It rained.|GHENT (AP) — Millions of families live there.~It rained.
	capitals of a heading|Frequently Asked Questions\\nHow much does it cost?|Frequently Asked Questions~How much does it cost?
	a heading, a blank|Letters of Governor George W. Roos While we can't say, we will. It rained.|Letters of Governor George W. Roos~While we can't say, we will.~It rained.
	a weekday behind a number|The share stood at $75.50 Thursday, which was down.|The share stood at $75.50 Thursday, which was down.
	marks of other scripts|She asked \331\205\330\247\330\260\330\247\330\237 He left. It says \340\244\271\340\245\210\340\245\244 He read it.|She asked \331\205\330\247\330\260\330\247\330\237~He left.~It says \340\244\271\340\245\210\340\245\244~He read it.
	END
}

@test "split-sentences: abbreviations, initials, numbers" {
	cases <<-'END'
	titles never end|Mr. Jansen met Dr. Peeters and Gen. Maes. They spoke.|Mr. Jansen met Dr. Peeters and Gen. Maes.~They spoke.
	months before numbers|It opened on Sept. 6, after Jan. 4 was missed.|It opened on Sept. 6, after Jan. 4 was missed.
	numbers|See No. 5 and p. 55 of the report.|See No. 5 and p. 55 of the report.
	firms inside|Brill, Roos & Co. sold it at noon.|Brill, Roos & Co. sold it at noon.
	firms at the end|They sold it to Roos & Co. It closed on Monday.|They sold it to Roos & Co.~It closed on Monday.
	measures before a small letter|A house of 300 sq. ft and 2 tbsp. butter was all. It rained.|A house of 300 sq. ft and 2 tbsp. butter was all.~It rained.
	two in a row|He led the Brill Mfg. Co. for years.|He led the Brill Mfg. Co. for years.
	two firms in a row|It rained. Bear Brill Cos. Inc. cut it.|It rained.~Bear Brill Cos. Inc. cut it.
	initials of a firm|It is the best of all, said J.P. Morgan analyst Jan Roos.|It is the best of all, said J.P. Morgan analyst Jan Roos.
	countries before a name|The U.S. Navy sent two ships.|The U.S. Navy sent two ships.
	countries before a verb|The U.S. has sent two ships.|The U.S. has sent two ships.
	countries at the end|She moved to the U.S. He stayed behind.|She moved to the U.S.~He stayed behind.
	where a report is from|ASTORIA, Ore. - A ship ran aground. -- Nobody was hurt.|ASTORIA, Ore. - A ship ran aground.~-- Nobody was hurt.
	the same, and who reports|It rained.\\nKALAMAZOO, Mich. (Reuters) - In the town a ship ran aground.|It rained.~KALAMAZOO, Mich. (Reuters) - In the town a ship ran aground.
	the same, glued|ASTORIA, Ore.—The ship ran aground.|ASTORIA, Ore.—The ship ran aground.
	the same, below a headline|Ship aground\\n\\nASTORIA, Ore. - A federal judge freed it.|Ship aground~ASTORIA, Ore. - A federal judge freed it.
	hours|At 5 a.m. Mr. Maes went home. He left at 6 p.m. Monday.|At 5 a.m. Mr. Maes went home.~He left at 6 p.m. Monday.
	initials|J. R. Maes and D.H. Roos wrote it.|J. R. Maes and D.H. Roos wrote it.
	the pronoun|We are a good team, you and I. Did you see it?|We are a good team, you and I.~Did you see it?
	decimals|It cost 3.5 million. That was 2.25 too much.|It cost 3.5 million.~That was 2.25 too much.
	decimals without a first digit|It fell by .75 points to $.50 ($1=.62 pound).|It fell by .75 points to $.50 ($1=.62 pound).
	time zones|Polls close at 8 p.m. ET in the north.|Polls close at 8 p.m. ET in the north.
	time zones in words|Polls close at 8 p.m. Eastern in the north.|Polls close at 8 p.m. Eastern in the north.
	a weekday and its month|Polls open on Tues. Nov. 3 in Ghent.|Polls open on Tues. Nov. 3 in Ghent.
	titles of other countries|They met Shri. Lal, Engr. Bello and Cllr. Roe in Sta. Cruz.|They met Shri. Lal, Engr. Bello and Cllr. Roe in Sta. Cruz.
	titles begin a sentence|It rained. Mrs. Roos came too.|It rained.~Mrs. Roos came too.
	titles of learning|She has a Ph.D. from Ghent.|She has a Ph.D. from Ghent.
	titles of learning of two parts|He wrote his M.Sc. thesis in Ghent.|He wrote his M.Sc. thesis in Ghent.
	firms before a small letter|The share of Roos Corp. fell.|The share of Roos Corp. fell.
	what never ends a sentence|The case Maes vs. The People came up, i.e. Roos v. Brill.|The case Maes vs. The People came up, i.e. Roos v. Brill.
	but an initial may|They read of Henry V. The king was dead.|They read of Henry V.~The king was dead.
	titles in a text without capitals|they met sen. maes and gov. roos on monday.|they met sen. maes and gov. roos on monday.
	the last of a list ends|They sold ropes, sails, etc. Then they left.|They sold ropes, sails, etc.~Then they left.
	a state before an office|They sued Ariz. Gov. Roos and Pa. Sen. Maes.|They sued Ariz. Gov. Roos and Pa. Sen. Maes.
	a town and its state before an office|They met in Aurora, Ill. Rep. Roos spoke.|They met in Aurora, Ill.~Rep. Roos spoke.
	a member's party and state before an office|With them was Jan Maes, D-Ill. Rep. Roos spoke.|With them was Jan Maes, D-Ill.~Rep. Roos spoke.
	a firm before an office|They heard Brill Corp. Chairman Jan Roos and Maes Inc. Vice President Tom Lind.|They heard Brill Corp. Chairman Jan Roos and Maes Inc. Vice President Tom Lind.
	a firm before a weekday|Brill Corp. Monday said that it left. Maes Inc. Thursday unveiled it.|Brill Corp. Monday said that it left.~Maes Inc. Thursday unveiled it.
	a firm before its sign at the exchange|It rained. The steps of Apple Inc. AAPL 2.52%% and Microsoft Corp. MSFT -0.89%% , are part of it.|It rained.~The steps of Apple Inc. AAPL 2.52%% and Microsoft Corp. MSFT -0.89%% , are part of it.
	a country before an office|The state of Ohio has two of them, U.S. Sen. Roos and U.S. Sen. Maes.|The state of Ohio has two of them, U.S. Sen. Roos and U.S. Sen. Maes.
	a country before an acronym, at the beginning|The U.S. TV show ended. It rained.|The U.S. TV show ended.~It rained.
	a post office box|Write to P.O. Box 12 in Ghent. It rained.|Write to P.O. Box 12 in Ghent.~It rained.
	books of the Bible|She read Deut. 6:4 and Ps. 23 twice. It rained.|She read Deut. 6:4 and Ps. 23 twice.~It rained.
	a country begins a sentence|U.S. Democrats met.|U.S. Democrats met.
	a firm of brothers|They sold it to Roos Bros. Entertainment at noon.|They sold it to Roos Bros. Entertainment at noon.
	a firm at the end|They work for Brill Corp. The firm is old.|They work for Brill Corp.~The firm is old.
	a younger namesake's day and school|It rained. The Hugh F. Culver Jr. School of Law kept Jan Roos Jr. Day in Ghent.|It rained.~The Hugh F. Culver Jr. School of Law kept Jan Roos Jr. Day in Ghent.
	a younger namesake at the end|They heard Jan Roos Jr. The town was saved.|They heard Jan Roos Jr.~The town was saved.
	national and international, shortened|It is run by the Natl. Park Service and the Int'l. Dyke Board.|It is run by the Natl. Park Service and the Int'l. Dyke Board.
	a part's number, and I|It was told in Part I. I will not tell it again.|It was told in Part I.~I will not tell it again.
	capitals with a semicolon|TL;DR: the dyke broke.|TL;DR: the dyke broke.
	hours of another place|The trial began at 9 a.m. (0800 GMT) on Monday. It ended at 2 p.m. (Central time).|The trial began at 9 a.m. (0800 GMT) on Monday.~It ended at 2 p.m. (Central time).
	time zones in words, no stops|The sale ends at 7:00 AM Eastern Standard Time. It rained.|The sale ends at 7:00 AM Eastern Standard Time.~It rained.
	hours at the end|They left at 5 p.m. The town was asleep.|They left at 5 p.m.~The town was asleep.
	a state at the end|The dyke broke in St. Lind, Mo. The town was saved.|The dyke broke in St. Lind, Mo.~The town was saved.
	a weekday at the end|They arrived Sat. The town was asleep.|They arrived Sat.~The town was asleep.
	months and bracketed days that follow each other|It rained in Ghent (Aug. 3), Brill (Aug. 4) and Lind (Sept. 5).|It rained in Ghent (Aug. 3), Brill (Aug. 4) and Lind (Sept. 5).
	pages that follow each other|The first of them is on pg. 3. The others are in ch. 4. The book is long.|The first of them is on pg. 3.~The others are in ch. 4.~The book is long.
	offices and leagues before a name|They met the F.B.I. Director, the N.F.L. Commissioner and the U.S. Air Force on the G.I. Bill.|They met the F.B.I. Director, the N.F.L. Commissioner and the U.S. Air Force on the G.I. Bill.
	offices at the end|They called the F.B.I. The town was saved.|They called the F.B.I.~The town was saved.
	END
}

@test "split-sentences: quotations" {
	cases <<-'END'
	ends inside them are ends|"It is late. We must go," she said.|"It is late.~We must go," she said.
	the tag of a question|"Is it true?" she asked. Nobody spoke.|"Is it true?" she asked.~Nobody spoke.
	the tag of a cry|"Never!" Maes shouted. He ran.|"Never!" Maes shouted.~He ran.
	the mark before the quote|He said "no." She went home.|He said "no."~She went home.
	the mark behind the quote|He said "no". She went home.|He said "no".~She went home.
	curly quotes|He said \342\200\234no.\342\200\235 She left.|He said \342\200\234no.\342\200\235~She left.
	guillemets|He said \302\253no.\302\273 She left.|He said \302\253no.\302\273~She left.
	quotes that close as they open elsewhere|\342\200\236It is late.\342\200\234 She left. He said \342\200\234no.\342\200\234 She left.|\342\200\236It is late.\342\200\234~She left.~He said \342\200\234no.\342\200\234~She left.
	curly apostrophes|He began: \342\200\234Welcome! It\342\200\231s wonderful to be here.\342\200\235 She works for the Int\342\200\231l. Dyke Board.|He began: \342\200\234Welcome!~It\342\200\231s wonderful to be here.\342\200\235~She works for the Int\342\200\231l. Dyke Board.
	a cry of one word|"No!" "Yes!" she said. Me! Who else? They left.|"No!"~"Yes!" she said.~Me!~Who else?~They left.
	mixed pairs|It was a \302\253trap.\342\200\235 She left.|It was a \302\253trap.\342\200\235~She left.
	a title before a name|She wrote \342\200\234How the Trade Fights the Dyke.\342\200\235 Ghent Journal printed it.|She wrote \342\200\234How the Trade Fights the Dyke.\342\200\235~Ghent Journal printed it.
	commas behind them|He wrote "Slums", "Dykes" , "Lind" and "Towns". It rained.|He wrote "Slums", "Dykes" , "Lind" and "Towns".~It rained.
	a question in one, the mark behind|He wrote of "Lind"? She came. It rained.|He wrote of "Lind"?~She came.~It rained.
	the next one opens|He left. "It is late," she said.|He left.~"It is late," she said.
	a dash behind a question|The word "Huh?" - so short - is known to all.|The word "Huh?" - so short - is known to all.
	curly quotes, the mark behind|They called it \342\200\234voted\342\200\235. Roos left.|They called it \342\200\234voted\342\200\235.~Roos left.
	two single quotes for a double one|It is late,\342\200\231\342\200\231 Maes said. They left.|It is late,\342\200\231\342\200\231 Maes said.~They left.
	one that was opened in another paragraph|"It is late.\\nIt is cold."|"It is late.~It is cold."
	a quote that opens, detached|She said \342\200\234 I saw it break \342\200\235 on Monday. She left.|She said \342\200\234 I saw it break \342\200\235 on Monday.~She left.
	a quote that closes, detached|He called it \302\253 late. \302\273 She left.|He called it \302\253 late. \302\273~She left.
	a quote inside another, a blank between their ends|\342\200\234I was told \342\200\230no.\342\200\231 \342\200\235 She left.|\342\200\234I was told \342\200\230no.\342\200\231 \342\200\235~She left.
	the same, a narrow blank|\342\200\234I was told \342\200\230no.\342\200\231\342\200\211\342\200\235 She left.|\342\200\234I was told \342\200\230no.\342\200\231\342\200\211\342\200\235~She left.
	single quotes behind a colon|Jan Maes said: 'Being late is no crime.' It rained. Roos to Brill: 'Long List' of Smiths|Jan Maes said: 'Being late is no crime.'~It rained.~Roos to Brill: 'Long List' of Smiths
	END
}

@test "split-sentences: glue" {
	cases <<-'END'
	a stop|The talks failed.President Maes left.|The talks failed.~President Maes left.
	a question mark|Who won the vote?Nobody can say today.|Who won the vote?~Nobody can say today.
	behind a quote that closes|He called it "a trap."The talks went on.|He called it "a trap."~The talks went on.
	before a quote that opens|The talks failed."It is late," she said.|The talks failed.~"It is late," she said.
	a heading|The talks failed.Who comes to the talksUkraine said it would send a team.|The talks failed.~Who comes to the talks~Ukraine said it would send a team.
	a word cut off|The talks failed.They halted in March 2022.e also accused the West.|The talks failed.~They halted in March 2022.~e also accused the West.
	a title is none|We met Dr.Peeters at the gate.|We met Dr.Peeters at the gate.
	initials|The U.S.A. and the U.N. met.|The U.S.A. and the U.N. met.
	behind a quote that closes, in a text with marks inside and outside|It was "late". It was "cold". He said "no." Maes called it "a trap."The talks went on.|It was "late".~It was "cold".~He said "no."~Maes called it "a trap."~The talks went on.
	before a quote that opens, in a text with marks outside|It was "late". It was "cold". Maes called it "a trap and left."The talks failed," he said.|It was "late".~It was "cold".~Maes called it "a trap and left.~"The talks failed," he said.
	names with capitals inside|McDonald bought an iPhone on YouTube.|McDonald bought an iPhone on YouTube.
	names that come back|The site wikiHow is old. Many like wikiHow.|The site wikiHow is old.~Many like wikiHow.
	hosts and files|See www.example.com and notes.txt for more.|See www.example.com and notes.txt for more.
	a host that is a word, too|The site Hide.me is old. She left.|The site Hide.me is old.~She left.
	a name with a capital inside, and one behind|The end was near, said McRoos.McRoos left at noon.|The end was near, said McRoos.~McRoos left at noon.
	hosts beside glue|HealthCare.gov failed.It was closed.|HealthCare.gov failed.~It was closed.
	titles of any case|We met Mrs.Peeters and Gov.Roos there.|We met Mrs.Peeters and Gov.Roos there.
	names behind Mc|It was McAllister who paid.|It was McAllister who paid.
	handles|It was late, wrote Jan Roos (@JanRoosGhent) on Monday.|It was late, wrote Jan Roos (@JanRoosGhent) on Monday.
	handles and dates|No sleep again. \342\200\224 Jan Roos (@RoosJan) April 4, 2020|No sleep again.~\342\200\224 Jan Roos (@RoosJan) April 4, 2020
	handles inside a sentence|It rained. NEWS: Senator @TomMaes tells @Roos_News that it rained.|It rained.~NEWS: Senator @TomMaes tells @Roos_News that it rained.
	handles with a sign in them|It was late. Jan Roos (@JanRoos_DC) November 27, 2017\\nIt rained.|It was late.~Jan Roos (@JanRoos_DC) November 27, 2017~It rained.
	mail|Write to Jan.Maes@example.com today.|Write to Jan.Maes@example.com today.
	mail to any host|Write to the desk: jan@maes.example today.|Write to the desk: jan@maes.example today.
	behind a quotation with the stop outside|He called it "a trap".The talks went on.|He called it "a trap".~The talks went on.
	numbers|It rose by 3.5 points, to 12.25 in all.|It rose by 3.5 points, to 12.25 in all.
	hosts with capitals|Go to www.RoosNews.org or see it there.|Go to www.RoosNews.org or see it there.
	what a host is asked|See https://www.example.com/events?eventId=25 for more.|See https://www.example.com/events?eventId=25 for more.
	initials with an ending|A share of B.A.T's business was sold for the G.O.P.\342\200\231s sake.|A share of B.A.T's business was sold for the G.O.P.\342\200\231s sake.
	initials with an ending whose apostrophe was lost|It is the U.S.s role to pay. It rained.|It is the U.S.s role to pay.~It rained.
	END
}

@test "split-sentences: lines" {
	cases <<-'END'
	lines are paragraphs|Dyke breaks\\nThe town was saved.|Dyke breaks~The town was saved.
	blank lines always|Dyke breaks\\n\\nThe town was saved.|Dyke breaks~The town was saved.
	CR LF|Dyke breaks\\r\\nThe town was saved.|Dyke breaks~The town was saved.
	wrapped lines are not|The dyke broke on\\nMonday and the water came\\ninto the town.|The dyke broke on Monday and the water came into the town.
	wrapped lines, no-break spaces around|The dyke broke on\302\240\\n\302\240 \302\240Monday and the water came\\ninto the town.|The dyke broke on Monday and the water came into the town.
	wrapped lines, a blank line|The dyke broke on\\nthe coast\\n\\nThe town was\\nsaved|The dyke broke on the coast~The town was saved
	a line cut behind an abbreviation|It would oblige the U.S.\\nand its allies to act.\\nThey refused.|It would oblige the U.S. and its allies to act.~They refused.
	marks without width around|\342\200\213Rain fell.\357\273\277 The dyke broke.\342\200\215\\n\342\200\213\\n\342\200\216It held.\342\201\240|Rain fell.~The dyke broke.~It held.
	a mark without width in a word|The dy\342\200\213ke broke.|The dy\342\200\213ke broke.
	a blank that begins a line|It rained!\\n The dyke broke!\\n\\n It held.|It rained!~The dyke broke!~It held.
	blanks around|  The dyke broke. \\n\302\240\\n  It rained.  |The dyke broke.~It rained.
	a date behind a headline|Talks end in Ghent Sunday, May 28, 2006\\nNobody came.|Talks end in Ghent~Sunday, May 28, 2006~Nobody came.
	a date behind a headline, and glue|Talks end in Ghent\\nSunday, May 28, 2006Nobody came.|Talks end in Ghent~Sunday, May 28, 2006~Nobody came.
	wrapped lines, a name at the cut|They met the mayor of\\nGhent and said that he\\nwould come. Roos\\nagreed.|They met the mayor of Ghent and said that he would come.~Roos agreed.
	END
}

@test "split-sentences: texts of one case" {
	cases <<-'END'
	small letters|the dyke broke. the town was saved. mr. j. roos of the u.s. army left on sept. 6. he was 79. nobody knows why.|the dyke broke.~the town was saved.~mr. j. roos of the u.s. army left on sept. 6.~he was 79.~nobody knows why.
	capitals, wrapped|THE DYKE BROKE ON MONDAY AND THE WATER OF\\nTHE RIVER CAME INTO THE TOWN. THE MAYOR OF\\nGHENT SAID THAT HE WOULD COME AND SEE THE\\nDAMAGE. IT IS NOT KNOWN WHO WILL REPAIR\\nTHE DYKE.|THE DYKE BROKE ON MONDAY AND THE WATER OF THE RIVER CAME INTO THE TOWN.~THE MAYOR OF GHENT SAID THAT HE WOULD COME AND SEE THE DAMAGE.~IT IS NOT KNOWN WHO WILL REPAIR THE DYKE.
	capitals, titles and others|MR. AND MRS. ROOS MET DET. MAES IN ST. LIND AT 5 P.M. ON DEC. 4. THE DYKE BROKE.|MR. AND MRS. ROOS MET DET. MAES IN ST. LIND AT 5 P.M. ON DEC. 4.~THE DYKE BROKE.
	capitals, an acronym|THE U.S. TV SHOW ENDED.THE TOWN WAS SAVED.|THE U.S. TV SHOW ENDED.~THE TOWN WAS SAVED.
	capitals, hosts|THE DYKE BROKE. GO TO WWW.ROOS.COM OR SEE GHENT.ORG ABOUT IT.|THE DYKE BROKE.~GO TO WWW.ROOS.COM OR SEE GHENT.ORG ABOUT IT.
	capitals, days and numbers|THE DYKE BROKE. ON FEB. 21 THE COUNCIL MET. IT WAS NO. 1 IN THE WORLD.|THE DYKE BROKE.~ON FEB. 21 THE COUNCIL MET.~IT WAS NO. 1 IN THE WORLD.
	capitals among other sentences|The dyke broke. MR. AND MRS. ROOS WERE SAVED.|The dyke broke.~MR. AND MRS. ROOS WERE SAVED.
	capitals, headings|DYKE BREAKS ON MONDAY NEAR THE TOWN OF GHENT\\nNOBODY HURT\\nWHO PAYS\\nTHE RIVER\\nMORE NEWS|DYKE BREAKS ON MONDAY NEAR THE TOWN OF GHENT~NOBODY HURT~WHO PAYS~THE RIVER~MORE NEWS
	END
}

@test "split-sentences: character references are read, and written as they are" {
	cases <<-'END'
	quotes|&quot;It is late.&quot; They left.|&quot;It is late.&quot;~They left.
	numbers|He said &#8220;no.&#8221; She left.|He said &#8220;no.&#8221;~She left.
	a sign inside a name|The share of A&amp;B fell.|The share of A&amp;B fell.
	escaped twice|&amp;quot;It is late,&amp;quot; she said.|&amp;quot;It is late,&amp;quot; she said.
	blanks stay with what they follow|It is late.&nbsp; They left.&nbsp;\\n&nbsp;\\nIt rained.|It is late.&nbsp;~They left.&nbsp; &nbsp;~It rained.
	blanks alone|&nbsp; &#160;|&nbsp; &#160;
	END
	feed 'a\tIt was &quot;late.&quot; \303\211t\303\251 came.\n' split-sentences --offsets
	want 'a\t0\t24\t1\tIt was &quot;late.&quot;\na\t25\t34\t2\t\303\211t\303\251 came.\n'
}

@test "split-sentences: lists inside a line" {
	cases <<-'END'
	numbers and stops|1. The first one 2. The second one|1. The first one~2. The second one
	numbers and brackets|1) The first one 2) The second one|1) The first one~2) The second one
	numbers in brackets|(1) The first one (2) The second one|(1) The first one~(2) The second one
	numbers behind a colon|To answer in order: 1) It is late. 2) It rains.|To answer in order: 1) It is late.~2) It rains.
	both|1.) The first one. 2.) The second one.|1.) The first one.~2.) The second one.
	letters|a. The first one b. The second one|a. The first one~b. The second one
	bullets|\342\200\242 The first one \342\200\242 The second one|\342\200\242 The first one~\342\200\242 The second one
	no list|It scored 3. The others had 2. That was all.|It scored 3.~The others had 2.~That was all.
	END
}

@test "split-sentences: --newline says what a newline is" {
	feed 'a\tThe dyke\\nbroke.\\nIt rained.\\n\\nAll day\n' split-sentences -p --newline=paragraph
	want 'The dyke\nbroke.\nIt rained.\nAll day\n'
	feed 'a\tThe dyke\\nbroke.\\nIt rained.\\n\\nAll day\n' split-sentences -p --newline=space
	want 'The dyke broke.\nIt rained.\nAll day\n'
	feed 'a\tb\n' split-sentences --newline=never
	[[ $status == 2 ]]
	said 'not auto, paragraph or space'
}

@test "split-sentences: --keep-quotes does not split inside double quotes" {
	cases --keep-quotes <<-'END'
	straight|"It is late. We must go," she said. They went.|"It is late. We must go," she said.~They went.
	curly|\342\200\234It is late. We must go,\342\200\235 she said. They went.|\342\200\234It is late. We must go,\342\200\235 she said.~They went.
	an open quote ends with its paragraph|"It is late.\\nWe must go. They went.|"It is late.~We must go.~They went.
	END
}

@test "split-sentences: --abbreviations adds words that never end a sentence" {
	printf '# our own\nfoobar.\nBaz\n\n' >list
	feed 'a\tThe foobar. Then the baz. Then Baz. Then no.\n' split-sentences -p --abbreviations list
	want 'The foobar. Then the baz.\nThen Baz. Then no.\n'
	printf '\357\273\277foobar\n' >list
	feed 'a\tThe foobar. Then no.\n' split-sentences -p --abbreviations list
	want 'The foobar. Then no.\n'
	feed 'a\tb\n' split-sentences --abbreviations /nowhere
	[[ $status == 2 ]]
	said '/nowhere: No such file'
	printf 'two words\n' >list
	feed 'a\tb\n' split-sentences --abbreviations list
	[[ $status == 2 ]]
	said 'list:1: more than one word'
	printf 'ok\n\377\n' >list
	feed 'a\tb\n' split-sentences --abbreviations list
	[[ $status == 2 ]]
	said 'list:2: not UTF-8'
	printf 'abcdefghijklmnopqrstuvwxyz\n' >list
	feed 'a\tb\n' split-sentences --abbreviations list
	[[ $status == 2 ]]
	said 'list:1: more than 16 bytes'
}

@test "split-sentences: --offsets stand before the number, in code points or bytes" {
	feed 'a\tdate\t \303\211t\303\251 came. It left.\n' split-sentences --offsets
	want 'a\tdate\t1\t10\t1\t\303\211t\303\251 came.\na\tdate\t11\t19\t2\tIt left.\n'
	feed 'a\tdate\t \303\211t\303\251 came. It left.\n' split-sentences --offsets -b
	want 'a\tdate\t1\t12\t1\t\303\211t\303\251 came.\na\tdate\t13\t21\t2\tIt left.\n'
	feed 'a\tb\n' split-sentences --bytes
	[[ $status == 2 ]]
	said '--offsets'
}

@test "split-sentences: a record for each sentence, none for an empty text" {
	feed 'a\tx\tOne came. Two left.\nb\ty\t\nc\tz\t  \nd\tw\tLast one\n' split-sentences
	want 'a\tx\t1\tOne came.\na\tx\t2\tTwo left.\nd\tw\t1\tLast one\n'
}

@test "split-sentences: ids of any length, numbers of any length, and what has to be escaped" {
	local id escape
	for id in a "$(printf '%070d' 7)"; do
		for escape in '' '\\x' '\tx'; do
			{
				printf '%s\t' "$id"
				for ((i = 1; i <= 1001; i++)); do printf 'Ship %d%s came late. ' $i "$escape"; done
				echo
			} >long
			split-sentences <long >out
			for ((i = 1; i <= 1001; i++)); do printf '%s\t%d\tShip %d%s came late.\n' "$id" $i $i "$escape"; done | cmp - out
		done
	done
}

# texts: records of every kind of damage, made of the sample feed and of marks.
texts() {
	local i marks=('.' '"' '. ' '." ' "'" '?!' ' . . .' '\\n' '\\r\\n' '(' ')' '[1]' ' ' '\302\240' '\342\200\234' '\342\200\235'
		'\342\200\231' '\342\200\246' ':' ';' ' - ' 'a' 'B' 'Mr.' ' U.S.' '12' ' 1) ' '\303\211' '\360\237\230\200' ' the' ' The' 'aB' ','
		'&quot;' '&nbsp;' '&amp;')
	RANDOM=7
	for ((i = 0; i < 400; i++)); do
		local t='' k
		for ((k = RANDOM % 30; k >= 0; k--)); do t+=${marks[RANDOM % ${#marks[@]}]}; done
		# shellcheck disable=SC2059
		printf "r$i\t$t\n"
	done
}

# the same again and again, as the shell takes long to make them, under ids of their own
eight_times() {
	texts >some
	cat some some some some some some some some | awk '{ print NR $0 }'
}

@test "split-sentences: no byte but blanks is added, lost or changed" {
	texts >in
	split-sentences <in >out
	strip() { sed 's/^[^	]*	//' | sed 's/\\[nrt]//g; s/\xc2\xa0//g' | tr -d ' \n'; }
	strip <in >a
	sed 's/^\([^	]*\)	[0-9]*	/\1	/' out | strip >b
	cmp a b
}

@test "split-sentences: a sentence by itself is one sentence" {
	texts | grep -v '	$' >in
	split-sentences --newline=paragraph "$TOP/tests/feed"/[0-9]* 2>/dev/null >some || true
	split-sentences <some | awk -F'\t' '$3 != 1' >more
	# what one document shows of itself (glue, loose capitals) is not seen in a sentence alone: one in 1,000 at most
	(($(wc -l <some) > 400))
	(($(wc -l <more) * 1000 <= $(wc -l <some)))
	cat >in <<-'END'
	a	The U.S. Navy met Mr. Maes at 5 p.m. on Sept. 6, and No. 5 of the J. R. Roos Co. was there.
	b	"Is it true?" she asked.
	c	He wrote to Jan.Maes@example.com (see www.example.com) about it ... twice.
	d	They have two daughters. [12]
	END
	split-sentences <in >out
	awk -F'\t' '$2 != 1' out >more
	[[ ! -s more ]]
}

@test "split-sentences: offsets cut the sentence out of the text" {
	needs python3
	texts >in
	for b in '' -b; do
		split-sentences --offsets $b <in >out
		python3 - "$b" <<-'END'
		import re, sys
		U = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\"}
		un = lambda s: re.sub(r"\\(.)", lambda m: U[m[1]], s)
		text = {}
		for line in open("in", encoding="utf-8", newline="\n"):
		    i, t = line.rstrip("\n").split("\t")
		    text[i] = un(t)
		n = 0
		for line in open("out", encoding="utf-8", newline="\n"):
		    i, a, e, k, s = line.rstrip("\n").split("\t")
		    t = text[i].encode()[int(a):int(e)].decode() if sys.argv[1] else text[i][int(a):int(e)]
		    assert re.sub(r"\s*\n\s*", " ", t) == un(s), (i, t, s)
		    n += 1
		assert n > 400
		END
	done
}

@test "split-sentences: the same with any -j" {
	eight_times >in
	split-sentences <in >one
	split-sentences -j 4 <in | cmp - one
}

@test "split-sentences: a sentence without an end mark inside is never split again" {
	# whatever else it has: glue, names, headings, lists begun
	cat >in <<-'END'
	a	Talks end in Ghent Nobody came to see it
	b	The answer of wikiHow and TurkStream
	c	2) Rinse the dish 2 Preheat the oven
	d	The share rose to 10 Roos sold it
	e	Donate Back to top
	END
	split-sentences <in >out
	awk -F'\t' '$2 != 1' out >more
	[[ ! -s more ]]
}

@test "split-sentences: the same for any size of blocks" {
	eight_times >in
	split-sentences <in >one
	# each line by a write of its own; a file in pieces of 1000 bytes; one of many blocks
	head -200 in | awk '{ print; fflush() }' | split-sentences >two
	head -"$(wc -l <two)" one | cmp - two
	dd if=in bs=1000 2>/dev/null | split-sentences | cmp - one
	for i in 1 2 3 4 5 6 7 8 9 10; do cat in; done >large
	(($(wc -c <large) > 1000000))
	for i in 1 2 3 4 5 6 7 8 9 10; do cat one; done >want
	split-sentences <large | cmp - want
}

@test "split-sentences: linear in a million marks" {
	for mark in . '"' '(' ']' '[' ':' '. ' '" ' 'A.' 'a.A' '1) ' '\342\200\234' '. . ' '.[1]' ' A' ' The' '.\\n' 'aA' ' a.'; do
		# shellcheck disable=SC2059
		{ printf 'a\t' && yes "$(printf "$mark")" | head -c 1000000 | tr -d '\n' | iconv -c -f UTF-8 -t UTF-8 && printf '\n'; } >in
		timeout 60 split-sentences <in >out || { echo "mark: $mark"; return 1; }
	done
}
