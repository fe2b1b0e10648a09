# The nightly job of examples/cron: what arrived comes out once, however often it is killed.

load helper

setup() {
	nightly=$TOP/examples/cron/nightly
	spool_add=$TOP/examples/cron/spool-add
	needs flock
	cd "$BATS_TEST_TMPDIR" || return 1
}

teardown() {
	[[ -z ${memory:-} ]] || rm -rf "$memory"
}

# go where fsync costs nothing, if there is such a place
in_memory() {
	! [[ -w /dev/shm ]] || {
		memory=$(mktemp -d /dev/shm/copydesk.XXXXXX)
		cd "$memory" || return 1
	}
}

# arrivals N: N files of records, in/01.tsv ...: each has a story of its own, a copy of an earlier file's, and one that came word for word.
arrivals() {
	awk -v n="$1" '
	function pick() { return word[1 + int(15 * rand())] }
	function syllable() { return substr("bdfgklmnprst", 1 + int(12 * rand()), 1) substr("aeiou", 1 + int(5 * rand()), 1) }
	function name() { return toupper(substr("bdfgklmnprst", 1 + int(12 * rand()), 1)) "a" syllable() syllable() }
	BEGIN {
		srand(7)
		split("harbour ferry minister wheat treaty engine river council winter bridge doctor market signal teacher orchard", word, " ")
		for (i = 1; i <= n; i++) {
			text = "This is the story of number " i
			for (k = 0; k < 12; k++)
				text = text ", and the " pick() " of " name() " told the " pick() " of " name()
			story[i] = text
			file = sprintf("arriving/%02d.tsv", i)
			j = 1 + int(i * rand())
			printf "s%d\t%s. Vladimir Putin was in Oslo.\n", i, text > file
			printf "c%d\t%s. It was told by somebody else.\n", i, story[j] > file
			printf "s%d\t%s. Vladimir Putin was in Oslo.\n", j, story[j] > file
			close(file)
		}
	}'
}

# all lines of NAME in the order they were published
published() {
	find "$1/out" -name "$2" | sort -t / -k 3,3 -k 4,4n | xargs cat
}

@test "cron: stories, sentences and mentions of what arrived, and nothing twice" {
	printf 'a\tVladimir Putin met Xi Jinping in Beijing on Tuesday. They spoke about gas.\n' | "$spool_add" spool first.tsv
	printf 'b\tBEIJING - Vladimir Putin met Xi Jinping in Beijing on Tuesday. They spoke about gas.' | "$spool_add" spool second.tsv
	printf '<html><body><article><p>Ferries stayed in port in Bergen on Tuesday, where a gale blew the roof off the fish market.</p></article></body></html>' |
		"$spool_add" spool 'a page.html'
	"$nightly" spool >out 2>err
	[[ ! -s out && ! -s err ]]
	published spool stories.tsv | cut -f 1 >out
	[[ $(wc -l <out) == 2 && $(head -1 out) == a && $(tail -1 out) == *'-a page.html' ]]
	published spool articles.tsv | awk -F'\t' '$1 == "b" { print $2, $7 }' >out
	want 'a near\n'
	published spool mentions.tsv | grep -q '^a	1	PER	Vladimir Putin	0	14	Vladimir Putin$'
	# the same again, and something new
	printf 'a\tVladimir Putin met Xi Jinping in Beijing on Tuesday. They spoke about gas.\nc\tRain fell on Lima for two days, the weather office said on Tuesday, and the river rose by two metres in one night.\n' | "$spool_add" spool third.tsv
	"$nightly" spool
	"$nightly" spool
	published spool stories.tsv | cut -f 1 | grep -v html >out
	want 'a\nc\n'
	grep -q ' 2: 1 articles, 1 of them new stories$' spool/log
	[[ $(tail -1 spool/log) == *'nothing has arrived' && -z $(ls spool/in) && ! -e spool/work ]]
}

@test "cron: days count from the day that a record carries, else from that of the run" {
	# shellcheck disable=SC2016
	printf '%s\n' 'a	2025-09-09	Rain fell on Lima yesterday, the weather office said, and the river rose by two metres in one night.' \
		'b	Snow closed the road to Voss today, the mayor of Bergen said, and the ferries to the islands stayed in port.' | "$spool_add" spool feed.tsv
	"$nightly" spool
	published spool mentions.tsv | awk -F '\t' '$(NF - 4) == "DATE" { print $1, $(NF - 3) }' >out
	want "a 2025-09-08\nb $(ls spool/out)\n"
}

@test "cron: what every page of a site says is not news, from the second night on" {
	page() { printf 'https://example.org/%s\tThe harbour of %s will close for three days next week while divers inspect the wall, officials said on Tuesday.\\n\\nWho wants to leave %s by sea will have to take the ferry from the fishing quay, and buses will run between the two harbours.\\n\\nYou are reading the work of our reporters in the north, who spend days on every story.\n' "$1" "$1" "$1"; }
	for town in Bergen Hamar Oslo Tromso; do page $town; done | "$spool_add" spool monday.tsv
	"$nightly" spool
	page Narvik | "$spool_add" spool tuesday.tsv
	"$nightly" spool
	published spool articles.tsv | grep Narvik >out
	[[ $(wc -l <out) == 1 ]]
	[[ $(grep -c 'our reporters' out) == 0 ]]
	[[ -d spool/sites ]]
}

@test "cron: an article that quotes an older one at length is new, a cut one is not" {
	words() { awk -v seed="$1" 'BEGIN { srand(seed); for (i = 0; i < 90; i++) printf "the %c%c%c%c went on, ", 97+26*rand(), 97+26*rand(), 97+26*rand(), 97+26*rand() }'; }
	a=$(words 1)
	printf 'a\t%s\nb\t%s %s %s\nc\t%s\n' "$a" "$(words 2)" "${a:0:500}" "$(words 3)" "${a:0:700}" | "$spool_add" spool feed.tsv
	"$nightly" spool
	published spool articles.tsv | cut -f 1,2,7 >out
	want 'a\t-\t-\nb\ta\tpart\nc\ta\tpart\n'
	published spool stories.tsv | cut -f 1 >out
	want 'a\nb\n'
	[[ $(published spool stories.tsv | awk -F'\t' '{ print NF }' | sort -u) == 2 ]]
}

@test "cron: a file that is no page is told and does not hold up the others" {
	printf 'a\0b\0c\1\2' | "$spool_add" spool program
	printf 'a\tRain fell on Lima for two days, the weather office said on Tuesday, and the river rose by two metres in one night.\n' | "$spool_add" spool feed.tsv
	"$nightly" spool 2>err
	[[ ! -s err && $(published spool stories.tsv | wc -l) == 1 ]]
	grep -q 'program: binary file' spool/log
}

@test "cron: what arrives under the name of an option" {
	mkdir -p spool/in
	printf 'a\tRain fell on Lima for two days, the weather office said on Tuesday, and the river rose by two metres in one night.\n' >spool/in/-n.tsv
	printf 'Ferries stayed in port in Bergen on Tuesday, where a gale blew the roof off the fish market.\n' >spool/in/-
	printf 'Schools stay shut in Hamar until Friday, the mayor said, since the snow has taken down the lines.\n' >spool/in/-0
	"$nightly" spool </dev/null
	published spool stories.tsv | cut -f 1 | sort >out
	want '\0550\n./-\na\n'
}

@test "cron: a failure is told on standard error, and nothing is lost by it" {
	mkdir fake
	printf 'a\tRain fell on Lima for two days, the weather office said on Tuesday, and the river rose by two metres in one night.\n' | "$spool_add" spool feed.tsv
	for tool in strip-chrome fingerprint find-copies split-sentences tag-entities; do
		printf '#!/bin/sh\nexit 3\n' >"fake/$tool"
		chmod +x "fake/$tool"
		status=0
		PATH=$PWD/fake:$PATH "$nightly" spool 2>err || status=$?
		[[ $status != 0 && -z $(find spool/out -name stories.tsv) ]] && said 'failed, see log' || {
			echo "case: $tool"
			return 1
		}
		rm "fake/$tool"
	done
	"$nightly" spool
	[[ $(published spool stories.tsv | wc -l) == 1 ]]
}

@test "cron: a failure is told where not even the log can be written" {
	printf 'a\tRain fell on Lima for two days, the weather office said on Tuesday, and the river rose by two metres in one night.\n' | "$spool_add" spool feed.tsv
	[[ -w /dev/full ]] || skip 'no /dev/full'
	ln -s /dev/full spool/log
	run -1 "$nightly" spool
	[[ $output == *"nightly: $PWD/spool: failed"* ]]
	rm spool/log
	"$nightly" spool
	[[ $(published spool stories.tsv | wc -l) == 1 ]]
}

@test "cron: two runs do not meet" {
	printf 'a\tRain fell on Lima for two days, the weather office said on Tuesday, and the river rose by two metres in one night.\n' | "$spool_add" spool feed.tsv
	flock spool/lock "$nightly" spool
	grep -q 'another run is at it' spool/log
	[[ -z $(find spool/out -name stories.tsv) ]]
}

@test "cron: what is empty, as when a fetch failed, does not arrive" {
	"$spool_add" spool page.html </dev/null
	[[ -z $(find spool -type f) ]]
}

@test "cron: what cannot be written to its end does not arrive, and takes no room" {
	# a limit of a file's size, as a disk that is full
	head -c 99999 /dev/zero | tr '\0' x >page
	# shellcheck disable=SC2016
	run ! sh -c 'ulimit -f 8 && "$0" spool page.html <page' "$spool_add"
	[[ -z $(find spool -type f) ]]
}

@test "cron: where nothing can be locked a run fails, and says so" {
	mkdir bin spool
	for status in 127 71; do
		rm -f spool/log
		printf '#!/bin/sh\nexit %s\n' $status >bin/flock
		chmod +x bin/flock
		PATH=$PWD/bin:$PATH run -1 "$nightly" spool
		[[ $output == *'cannot be locked'* && ! -e spool/log ]]
	done
}

@test "cron: killed at every command of the script" {
	in_memory
	mkdir arriving
	arrivals 2
	for f in arriving/*; do "$spool_add" once "${f##*/}" <"$f"; done
	"$nightly" once
	published once stories.tsv | cut -f 2 | sort >want
	[[ $(wc -l <want) == 2 ]]
	# one run that is killed before its first command, its second, and so on; then the same for its subshells
	cat >killed <<-'END'
	set -T
	trap '((BASH_SUBSHELL == LEVEL && ++ncommand == K)) && kill -9 $BASHPID' DEBUG
	. "$nightly" spool
	END
	export nightly
	for f in arriving/*; do "$spool_add" whole "${f##*/}" <"$f"; done
	for LEVEL in 0 1; do
		K=1
		while [[ $LEVEL == 0 || $K -lt 13 ]]; do
			rm -rf spool
			cp -r whole spool
			status=0
			LEVEL=$LEVEL K=$K bash killed spool 2>/dev/null || status=$?
			[[ $status != 0 || $LEVEL != 0 ]] || break
			flock -w 10 spool/lock true
			"$nightly" spool
			published spool stories.tsv | cut -f 2 | sort | cmp - want || {
				echo "case: level $LEVEL, command $K"
				return 1
			}
			K=$((K + 1))
		done
		[[ $K -gt 12 ]]
	done
}

@test "cron: killed at random moments, whole or only the script, while more arrives" {
	in_memory
	mkdir arriving
	arrivals 10
	for f in arriving/*; do "$spool_add" once "${f##*/}" <"$f"; done
	"$nightly" once
	published once stories.tsv | grep -o 'story of number [0-9]*' | sort >want
	[[ $(uniq want | wc -l) == 10 ]]
	RANDOM=4711
	for f in arriving/*; do
		"$spool_add" spool "${f##*/}" <"$f"
		setsid "$nightly" spool &
		sleep "0.$(printf %03d $((RANDOM % 150)))"
		# the whole group of processes, or the shell alone with its pipeline left running
		pid=$!
		{
			if ((RANDOM % 2)); then kill -9 -- -$pid || true; else kill -9 $pid || true; fi
			wait $pid || true
		} 2>/dev/null
	done
	flock -w 10 spool/lock true
	"$nightly" spool
	flock -w 10 spool/lock true
	"$nightly" spool
	published spool stories.tsv | grep -o 'story of number [0-9]*' | sort | diff want -
	find-copies -d spool/seen --check
}

@test "cron: a page of the day's articles, with every awk" {
	{
		printf 'a\t2025-09-09\tLevant Wire\tVladimir Putin met Xi Jinping in Beijing on Tuesday. They spoke about gas for six hours, and signed nothing at all.\n'
		printf 'b\t2025-09-09\tThe Courier\tVladimir Putin met Xi Jinping in Beijing on Tuesday. They spoke about gas for six hours, and signed nothing at all.\n'
	} >feed.tsv
	mkdir bin
	for awk in mawk gawk 'busybox awk' original-awk; do
		command -v "${awk%% *}" >/dev/null || continue
		printf '#!/bin/sh\nexec %s "$@"\n' "$awk" >bin/awk
		chmod +x bin/awk
		rm -rf spool
		# shellcheck disable=SC2094
		"$spool_add" spool feed.tsv <feed.tsv
		PATH=$PWD/bin:$PATH "$nightly" spool
		PATH=$PWD/bin:$PATH "$TOP/examples/cron/morning" spool
		published spool stories.tsv | cut -f 1-3 >out
		want 'a\t2025-09-09\tLevant Wire\n'
		grep -q '1 story in 2 articles' spool/brief.html && grep -q 'The Courier' spool/brief.html || {
			echo "case: $awk"
			return 1
		}
	done
}

@test "cron: a page that cannot be made leaves the last one, and nothing beside it" {
	mkdir -p "spool/out/$(date +%Y-%m-%d)/1" bin
	printf 'a\t-\t-\t-\t-\t-\t-\tRain fell on Lima.\n' >"spool/out/$(date +%Y-%m-%d)/1/articles.tsv"
	echo old >spool/brief.html
	printf '#!/bin/sh\nexit 1\n' >bin/tag-entities
	chmod +x bin/tag-entities
	PATH=$PWD/bin:$PATH run ! "$TOP/examples/cron/morning" spool
	[[ $(cat spool/brief.html) == old && $(find spool -maxdepth 1 -type f) == spool/brief.html ]]
}

@test "cron: the lines of the crontab, twice, with nothing to do the second time" {
	printf 'a\tRain fell on Lima for two days, the weather office said on Tuesday, and the river rose by two metres in one night.\n' | "$spool_add" spool feed.tsv
	sed -n 's/^[0-9]* [0-9]* \* \* \*	//p' "$TOP/examples/cron/crontab" | sed "s,/var/spool/news,$PWD/spool,g" >lines
	[[ $(wc -l <lines) == 2 ]]
	mkdir -p bin .sfeed/feeds
	printf '#!/bin/sh\necho fetched\n' >bin/sfeed_update
	chmod +x bin/sfeed_update
	printf '%s\tGale\thttps://example.org/1\t<p>Ferries stayed in port in Bergen on Tuesday, where a gale blew the roof off the fish market.</p>\thtml\t\t\t\t\n' "$(date +%s)" >.sfeed/feeds/post
	export HOME=$PWD
	PATH=$PWD/bin:$TOP/examples/cron:$TOP/examples:$PATH sh lines >out 2>&1
	grep -q '2 stories in 2 articles' spool/brief.html
	grep -q 'example\.org' spool/brief.html
	rm -r spool/out
	PATH=$PWD/bin:$TOP/examples/cron:$TOP/examples:$PATH sh lines >>out 2>&1
	[[ ! -s out && -s spool/brief.html ]]
	[[ $(cat spool/out/*/*/articles.tsv | wc -l) == 0 ]]
}

@test "cron: the commands of examples/README.md" {
	sed -n '/^## Every night/,/^## In the morning/s/^    //p' "$TOP/examples/README.md" | sed "s,/var/spool/news,$PWD/spool,g" >commands
	[[ $(wc -l <commands) -ge 4 ]]
	cd "$TOP"
	sh -e "$OLDPWD/commands"
	grep -q '1 story in 1 article' "$OLDPWD/spool/brief.html"
}

@test "cron: the timer and the service are what systemd reads" {
	needs systemd-analyze
	cp "$TOP"/examples/cron/nightly.* .
	# by a path without the blank that the sources' may have
	ln -s "$TOP/examples" .
	sed -i "s,/usr/local/share/doc/copydesk,$PWD," nightly.service
	systemd-analyze verify ./nightly.service ./nightly.timer 2>&1 | grep -i nightly >out || true
	want ''
}
