# The whole chain over tests/feed, held to the gold beside it.

load helper

setup_file() {
	cd "$TOP/tests/feed" || return 1
	strip-chrome [0-9]* >"$BATS_FILE_TMPDIR/articles"
	cd "$BATS_FILE_TMPDIR" || return 1
	fingerprint -k <articles | find-copies >stories
	split-sentences <articles >sentences
	tag-entities <sentences >names
}

setup() {
	feed=$TOP/tests/feed
	cd "$BATS_FILE_TMPDIR" || return 1
}

@test "chain: every file of the feed comes out, in order" {
	diff -u <(cd "$feed" && printf '%s\n' [0-9]*) <(cut -f1 articles)
}

@test "chain: articles are whole, chrome is gone" {
	# White space is not compared. A short line must not be left as a line, a
	# longer one not even within a line. Rows with a ? are known misses.
	awk -F'\t' '
		NR == FNR {
			gsub(/\\[nrt]/, "\n", $2)
			n = split($2, line, "\n")
			all = ""
			for (i = 1; i <= n; i++) {
				gsub(/\302\240/, " ", line[i])
				gsub(/ +/, " ", line[i])
				gsub(/^ | $/, "", line[i])
				has[$1, line[i]]
				all = all line[i] " "
			}
			text[$1] = all
			next
		}
		$2 == "keep" && !index(text[$1], $3) { print "lost: " $0; bad = 1 }
		$2 == "drop" && (($1, $3) in has || length($3) > 24 && index(text[$1], $3)) { print "left: " $0; bad = 1 }
		END { exit bad }
	' articles "$feed/lines.tsv"
}

@test "chain: the copies found are those there are" {
	diff -u <(cut -f1,2 "$feed/copies.tsv") <(awk -F'\t' -v OFS='\t' '$2 != "-" { print $1, $2 }' stories)
}

@test "chain: glued sentences and headings come apart" {
	local id sentence bad=0
	while IFS='|' read -r id sentence; do
		cut -f1,3 sentences | grep -qxF "$(printf '%s\t%s' "$id" "$sentence")" || {
			echo "no sentence of $id: $sentence"
			bad=1
		}
	done <<-'END'
	06-euphrates-interview.txt|Is 420 cubic metres a second a lot?
	06-euphrates-interview.txt|Dr. Haddad, thank you for being with us.
	13-grain-corridor-glued.txt|"A corridor is only as safe as the crew believes it to be."
	13-grain-corridor-glued.txt|The Kremlins account of the call was cooler.
	13-grain-corridor-glued.txt|What has changed since 2023
	13-grain-corridor-glued.txt|Farmers are counting on it.
	13-grain-corridor-glued.txt|Sticking points
	13-grain-corridor-glued.txt|The money would come from Norway, Japan and Qatar.
	17-el-fasher-convoy.txt|At least 358 patients have died.
	17-el-fasher-convoy.txt|What happens next
	17-el-fasher-convoy.txt|Khartoum has not yet said which of the two offers it will accept.
	END
	[ "$bad" = 0 ]
}

@test "chain: a thing has one name under all its spellings" {
	local type spellings bad=0
	while IFS='|' read -r type spellings; do
		awk -F'\t' -v type="$type" -v spellings="$spellings" '
			BEGIN {
				n = split(spellings, s, / *, */)
				for (i = 1; i <= n; i++)
					wanted[s[i]] = 1
			}
			$7 in wanted {
				found[$7]++
				name[$3 " " $4]++
			}
			END {
				for (w in wanted)
					if (!found[w]) {
						print "never found: " w
						bad = 1
					}
				for (x in name)
					if (++names > 1 || x !~ "^" type " ")
						bad = 1
				if (bad)
					for (x in name)
						print name[x] " times " x
				exit bad
			}
		' names || {
			echo "case: $spellings"
			bad=1
		}
	done <<-'END'
	PER|Zelensky, Volodymyr Zelensky, Volodymyr Zelenskyy, Volodymyr Zelenskiy, Vladimir Zelensky
	PER|Recep Tayyip Erdogan, Recep Tayyip Erdoğan
	PER|Vladimir Putin
	PER|Dmitry Peskov
	PER|Mark Rutte
	LOC|Kyiv, Kiev
	LOC|Turkey, Türkiye, Turkiye
	LOC|Odesa
	ORG|World Health Organization, WHO
	END
	[ "$bad" = 0 ]
}

@test "chain: one pipe gives what the steps give, on one core and on four" {
	(cd "$feed" && strip-chrome -j4 [0-9]*) | split-sentences -j4 | tag-entities -j4 | cmp - names
}

@test "demo: says what there is, plain where nobody watches" {
	COLUMNS=80 sh "$TOP/tests/demo.sh" >out
	run ! grep -q "$(printf '\033')" out
	grep -q 'Volodymyr Zelensky' out
	status=0
	sh "$TOP/tests/demo.sh" 'Nobody Atall' >/dev/null 2>err || status=$?
	[ "$status" = 1 ]
	grep -q 'Nobody Atall: not named in the feed' err
}
