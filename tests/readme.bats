#!/usr/bin/env bats
load helper

# The commands of the README, as they stand there, run from the top folder; BLESS=1 writes their output into it.
@test "readme: its commands print what it says" {
	ln -s "$TOP/tests" .
	awk -v bless="${BLESS:-}" '
		function run(command,   line) {
			command = "{ " command "\n} 2>&1"
			while ((command | getline line) > 0) print "    " line
			close(command)
		}
		/^    \$ / { print; run(substr($0, 7)); skipping = 1; next }
		/^    / && skipping { next }
		{ skipping = 0; print }
	' "$TOP/README.md" >made
	[ -z "${BLESS:-}" ] || cp made "$TOP/README.md"
	diff -u "$TOP/README.md" made
}

@test "readme: the first commands for one's own page, JSON Lines and feed each print something" {
	needs jq sfeed
	mkdir bin
	cp "$TOP/tests/feed/10-turkish-rates.html" page
	text='The talks between Vladimir Putin and Xi Jinping ended on a quay in Oslo.'
	printf '{"id":1,"date":"2025-09-09","text":"%s"}\n' "$text" >feed.jsonl
	printf '<rss><channel><item><title>Talks</title><link>https://example.org/1</link><description>%s</description></item></channel></rss>' "$text" >rss.xml
	# shellcheck disable=SC2016
	printf '#!/bin/sh\ncase $2 in *.xml) cat rss.xml ;; *) cat page ;; esac\n' >bin/curl
	chmod +x bin/curl
	sed -n '/^    make && PATH/,/^$/s/^    //p' "$TOP/README.md" | sed 1d >commands
	[ "$(wc -l <commands)" = 3 ]
	while read -r command; do
		PATH=$PWD/bin:$TOP/examples:$PATH bash -eo pipefail -c "$command" >out 2>err </dev/null && [[ -s out && ! -s err ]] || {
			echo "$command"
			cat err
			return 1
		}
	done <commands
}

@test "readme: its targets and files are there" {
	grep -oE '\]\([A-Za-z0-9./_-]+\)' "$TOP/README.md" | tr -d '()]' >paths
	sed -n 's/^    make \([a-z ]*\)#.*/\1/p' "$TOP/README.md" | tr -s ' ' '\n' | grep . >targets
	[[ -s paths && -s targets ]]
	while read -r path; do
		[ -e "$TOP/$path" ] || { echo "no $path"; return 1; }
	done <paths
	while read -r target; do
		grep -qE "^$target:+( |$)" "$TOP/Makefile" || { echo "no target $target"; return 1; }
	done <targets
}

@test "readme: what the other pages name is there" {
	local page target file bad=0
	# shellcheck disable=SC2046
	for page in $(cd "$TOP" && echo CHANGELOG.md CONTRIBUTING.md SECURITY.md SCALE.md */README.md tools/*/*.md); do
		grep -oE '\]\([A-Za-z0-9./_-]+\)' "$TOP/$page" | tr -d '()]' | sed "s,^,$(dirname "$page")/," >files || true
		# shellcheck disable=SC2016
		grep -oE '`(tools|tests|common|man|examples|packaging)/[A-Za-z0-9./*_-]+`' "$TOP/$page" | tr -d '`' | grep -v NAME >>files || true
		while read -r file; do
			compgen -G "$TOP/$file" >/dev/null || {
				echo "$page: no $file"
				bad=1
			}
		done <files
		# shellcheck disable=SC2016
		grep -oE '(`|^    )make [a-z0-9 -]+[a-z0-9]' "$TOP/$page" | sed 's/.*make //' | tr -s ' ' '\n' | grep . >targets || true
		while read -r target; do
			grep -qE "^$target:+( |$)" "$TOP/Makefile" "$TOP"/tools/*/tool.mk || {
				echo "$page: no target $target"
				bad=1
			}
		done <targets
	done
	[ $bad = 0 ]
}
