#!/usr/bin/env bats
# The pages are the product: their examples run, their options are those there are.

load helper

# examples PAGE: its literal blocks that hold commands, as BLOCK TAB LINE, with mdoc's escapes undone.
examples() {
	awk '
		/^\.Bd .*-literal/ { on = 1; block++; next }
		/^\.Ed/ { on = 0 }
		on { print block "\t" $0 }
	' "$1" | sed 's/\\&//g; s/\\-/-/g; s/\\(dq/"/g; s/\\(aq/'"'"'/g; s/\\(ga/`/g; s/\\(ti/~/g; s/\\(ha/^/g; s/\\ / /g; s/\\[e\\]/\\/g'
}

# runs PAGE: each command of its examples writes what stands below it. The commands of a block are run
# by one shell, in a folder of their own; a line that ends with | \ or && goes on in the next.
runs() {
	local page=$1 block line at='' n=0 i=0 bad=0 more=''
	rm -rf block && mkdir block
	# the block that was read: run it, compare
	judge() {
		local j
		mkdir block/here
		# shellcheck disable=SC2016
		(cd block/here && bash -c 'for ((j = 1; j <= $1; j++)); do . "../command.$j" >"../got.$j"; done' bash "$i" </dev/null 2>../err) || true
		for ((j = 1; j <= i; j++)); do
			diff -u "block/want.$j" "block/got.$j" || {
				echo "$page: $(cat "block/command.$j")"
				cat block/err
				bad=1
			}
		done
		n=$((n + i)) i=0
		rm -rf block && mkdir block
	}
	while IFS= read -r line; do
		block=${line%%	*} line=${line#*	}
		[[ $block == "$at" ]] || judge
		at=$block
		if [[ -n $more ]]; then
			printf '%s\n' "$line" >>"block/command.$i"
		elif [[ $line == '$ '* ]]; then
			i=$((i + 1))
			printf '%s\n' "${line#'$ '}" >"block/command.$i"
			: >"block/want.$i"
		else
			((i == 0)) || printf '%s\n' "$line" >>"block/want.$i"
			continue
		fi
		more=
		[[ $line != *[\|\\] && $line != *'&&' ]] || more=yes
	done < <(examples "$page" && printf 'end\t\n')
	echo "$page: $n commands"
	return $bad
}

# options of --help (own or shared) as lines of flags: "-j --jobs"
own() { "$1" --help | sed '/^shared by all/,$d' | flags; }
shared() { "$1" --help | sed '1,/^shared by all/d' | flags; }
flags() { sed -n 's/^  *\(-[A-Za-z0-9], \)\{0,1\}\(--[a-z0-9-]*\).*/\1\2/p' | tr -d ','; }

# the same of a page's lists of options
documented() {
	awk '$1 == ".It" && $2 == "Fl" {
		line = ""
		for (i = 2; i < NF; i++)
			if ($i == "Fl") {
				sub(/,$/, "", $(i + 1))
				line = line (line == "" ? "" : " ") "-" $(i + 1)
			}
		print line
	}' "$1"
}

page_of() {
	[[ -e $TOP/man/$1.1 ]] || {
		echo "no page man/$1.1"
		return 1
	}
}

@test "man: every tool has a page, with the sections of all of them" {
	sections() {
		page_of "$1" && grep -qx ".Nm $1" "$TOP/man/$1.1" || return 1
		for section in NAME SYNOPSIS DESCRIPTION 'EXIT STATUS' EXAMPLES DIAGNOSTICS 'SEE ALSO' CAVEATS; do
			grep -qx ".Sh $section" "$TOP/man/$1.1" || {
				echo "no section $section"
				return 1
			}
		done
		grep -q '^\.Xr copydesk 5' "$TOP/man/$1.1" || {
			echo "no word of copydesk(5)"
			return 1
		}
		examples "$TOP/man/$1.1" | grep -q '	\$ ' || {
			echo "no example with a command"
			return 1
		}
	}
	each sections
}

@test "man: the examples run, and write what the pages say" {
	local bad=0
	needs jq
	for page in "$TOP"/man/*.[157]; do
		runs "$page" || bad=1
	done
	[[ $bad == 0 ]]
}

@test "man: the pipelines of copydesk(7) run, and each finds something" {
	needs jq parallel
	mkdir spool
	cp "$TOP"/tests/feed/[01]*.* spool
	cp spool/01-* page.html
	strip-chrome --text spool/* >feed.tsv
	jq -cR 'split("\t") | {id: .[0], date: "2025-09-09", text: .[1]}' feed.tsv >feed.jsonl
	# no pager, no database and no other machines here: psql reads the file it is told, parallel works without ssh
	mkdir bin
	printf '#!/bin/sh\nexec cat\n' >bin/less
	cat >bin/psql <<-'END'
	#!/bin/sh
	[ "$*" = "-c \\copy mentions from 'mentions.tsv'" ] && cat mentions.tsv
	END
	cat >bin/parallel <<-'END'
	#!/bin/sh
	n=$#
	while [ $n -gt 0 ]; do
		case $1 in
		-S) shift; n=$((n - 1)) ;;
		*) set -- "$@" "$1" ;;
		esac
		shift
		n=$((n - 1))
	done
	PATH=${PATH#*:} exec parallel "$@"
	END
	chmod +x bin/*
	sed -n '/^\.Ss Pipelines/,/^\.Ss What/p' "$TOP/man/copydesk.7" >pipelines
	examples pipelines >blocks
	[[ $(cut -f 1 blocks | uniq | wc -l) == 8 ]]
	for n in 1 2 3 4 5 6 7 8; do
		sed -n "s/^$n	//p" blocks >pipeline
		HOME=$PWD PATH=$PWD/bin:$PATH bash -eo pipefail pipeline >out 2>err </dev/null && [[ -s out && ! -s err ]] || {
			cat pipeline err
			return 1
		}
	done
}

@test "man: the options of --help are on the page, and no others" {
	same_options() {
		page_of "$1" && diff <(own "$1" | sort) <(documented "$TOP/man/$1.1" | sort) &&
			diff <(shared "$1" | sort) <(documented "$TOP/man/copydesk.5" | sort)
	}
	each same_options
}

@test "man: options stand in the order of the alphabet" {
	for page in "$TOP"/man/*.[15]; do
		documented "$page" | sed 's/^-*\([^ ]*\).*/\1/' >got
		sort -sf got | diff got - || {
			echo "$page"
			return 1
		}
	done
}

@test "man: --help lists no option that is refused, with an argument or without as it says" {
	taken() {
		local letter name arg flag
		"$1" --help | grep -qE '^  (-., |    )--' || return 1
		while read -r letter name arg; do
			for flag in $letter $name; do
				[[ $flag != - ]] || continue
				if [[ $arg == - ]]; then
					"$1" "$flag" --version >out 2>err </dev/null && [[ -s out ]] && [[ ! -s err ]]
				else
					# without its argument it is refused
					! "$1" "$flag" >out 2>err </dev/null && grep -q 'requires an argument' err || return 1
					"$1" "$flag" 1 --version >out 2>err </dev/null
					! grep -E "(unrecognized|invalid|unknown) option|requires an argument|doesn't allow|ambiguous" err
				fi || {
					echo "option: $flag $arg"
					cat err
					return 1
				}
			done
		done < <("$1" --help | sed -nE 's/^  (-.), (--[a-z0-9-]+)(=([^ ]+))? .*/\1 \2 \4/p; s/^      (--[a-z0-9-]+)(=([^ ]+))? .*/- \1 \3/p' | sed 's/ $/ -/')
	}
	each taken
}

@test "man: the defaults that --help gives in brackets are on copydesk(5)" {
	local name default
	"${TOOLS%% *}" --help | sed '1,/^shared by all/d' | sed -nE 's/^.*--([a-z0-9-]+).* \(([^ ]+)\)$/\1 \2/p' >defaults
	[[ -s defaults ]]
	while read -r name default; do
		awk -v name="-$name" -v value="$default" '
			/^\.It Fl/ { on = index($0, "Fl " name) > 0 }
			on && index($0, value) { found = 1 }
			END { exit !found }
		' "$TOP/man/copydesk.5" || {
			echo "--$name: $default is not on the page"
			return 1
		}
	done <defaults
}

@test "man: the messages of copydesk(5) are those that tools say, word for word" {
	sed -n '/^\.Sh DIAGNOSTICS/,/^\.Sh SEE/p' "$TOP/man/copydesk.5" | sed -n 's/^\.It "\(.*\)"$/\1/p' >page
	printf 'a\tIt rained.\n' >doc.tsv
	printf '{"text": "It rained."}\n' >doc.json
	printf '<!doctype html>\n<p>It rained.\n' >doc.html
	printf '<rss><item>It rained.\n' >feed.xml
	printf '\0' >picture
	{
		printf 'It rained.\n\tIt rained.\na\t\377 rained \377.\n' | split-sentences
		split-sentences --max-record 9 <doc.tsv
		split-sentences doc.tsv doc.json doc.html feed.xml picture
		printf '1\tRain\tx\tIt rained.\thtml\t\t\t\tnews\n' | split-sentences
		printf '\376\377' | split-sentences
		split-sentences --max-record 9 doc.json
	} 2>&1 >out | sed -E 's/[0-9]+ (parts|bytes)/n \1/' >said || true
	while IFS= read -r line; do
		grep -qF ": $line" said || {
			echo "none says: $line"
			cat said
			return 1
		}
	done <page
	[[ $(grep -vcFf page said) == 0 && $(grep -c . page) == 12 ]]
}

@test "man: mandoc finds nothing to complain about" {
	needs mandoc
	mandoc -T lint -W warning "$TOP"/man/*.[157]
}
