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
	# longer one not even within a line.
	awk -F'\t' '
		NR == FNR {
			gsub(/\\[nrt]/, "\n", $2)
			n = split($2, line, "\n")
			all = ""
			for (i = 1; i <= n; i++) {
				gsub(/[ \302\240]+/, " ", line[i])
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

@test "chain: glued sentences are split" {
	local id sentence
	while IFS='|' read -r id sentence; do
		grep -qF "$(printf '%s\t' "$id")" sentences && cut -f1,3 sentences | grep -qxF "$(printf '%s\t%s' "$id" "$sentence")" || {
			echo "not a sentence of $id: $sentence"
			return 1
		}
	done <<-'END'
	END
}
