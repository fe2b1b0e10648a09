#!/bin/bash
# Looks for texts on which a tool is slow: pieces drawn from what the tools look at, repeated to SIZE bytes in four ways.
# Work that grows by the square shows as seconds of processor time where others take hundredths. What is found
# becomes a shape of hostile.bash.
#
# usage: slow.sh [TOOL ...]   (a tool with its options in one word)
#
# BIN     folder with the tools (build/bin)
# TEXTS   how many (300)
# SEED    of their drawing (1)
# SIZE    bytes of each (200000)
# MOST    seconds of processor time for one (0.4)
#
# Status 1 when one took longer; it is told, and kept as slow-N in the current folder.
set -u
: "${BIN:=$(dirname "$0")/../build/bin}" "${TEXTS:=300}" "${SEED:=1}" "${SIZE:=200000}" "${MOST:=0.4}"
BIN=$(cd "$BIN" && pwd)
PATH=$BIN:$PATH
[ $# -gt 0 ] || set -- strip-chrome 'strip-chrome --html --metadata' split-sentences \
	'split-sentences --keep-quotes --newline=space' fingerprint tag-entities 'tag-entities --annotate'
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
bad=0

# text N: the Nth record
text() {
	awk -v seed="$SEED" -v number="$1" -v size="$SIZE" '
		function piece(   i, n, s) {
			n = 1 + int(4 * rand())
			for (i = 0; i < n; i++)
				s = s token[1 + int(ntoken * rand())]
			return s
		}
		# s again and again; # in it counts up
		function again(s, size,   t, i, one, part) {
			one = s
			for (i = 0; length(t) < size; i++) {
				part = part ((index(s, "#") == 0) ? one : sprintf("%s", counted(s, i)))
				if (length(part) > 4000) { t = t part; part = "" }
			}
			return t
		}
		function counted(s, i) {
			gsub(/#/, i, s)
			return s
		}
		{ token[++ntoken] = $0 }
		END {
			srand(seed * 100003 + number)
			p = piece()
			q = piece()
			how = int(4 * rand())
			printf "a\t"
			if (how == 0) print again(p, size)
			else if (how == 1) print again(p, size / 2) again(q, size / 2)
			else if (how == 2) print q again(p, size)
			else print again(p q, size / 2) again(q "# " p, size / 2)
		}' "$tmp/tokens"
}

# a token a line, as a record has it; # counts
cat >"$tmp/tokens" <<'END'
a
A
aB
#
a#
W#
 
  
.
. 
..
?
!
,
, 
;
: 
'
"
“
”
’
(
)
[
]
-
–
—
 - 
*
•
/
&
&amp;
&#39;
@
%
$
$1
€
7
1.
1,000
May 
May 5
Monday
Mr. 
U.S.
St. 
said 
and 
the 
of 
President Putin 
Ban Ki Moon 
Bank of 
http://
www.a.b
a@b.c
#a
\n
\n\n
\t
\r
\\
é
É
İ
א
́
­
​
 
中
<
>
</
<p>
</p>
<b>
<div class=a>
</div>
<li>
<ul>
<table>
<td>
<tr>
<a href=x>
</a>
<br>
<h1>
<script>
</script>
<script type="application/ld+json">
{
}
"@type":"Article",
"articleBody":"
"author":[
<!--
-->
<![CDATA[
]]>
<title>
</title>
<textarea>
<plaintext>
<pre>
<svg>
<meta name=author content=
<time datetime=
 class="
 a=
 x#=
<!doctype
Share
Read more 
By A. B
| 
Copyright
END

for ((i = 1; i <= TEXTS; i++)); do
	text "$i" >"$tmp/in"
	for tool; do
		TIMEFORMAT=%U
		# shellcheck disable=SC2086 # a tool and its options
		used=$({ time timeout 60 $tool <"$tmp/in" >/dev/null 2>&1; } 2>&1)
		if awk -v used="$used" -v most="$MOST" 'BEGIN { exit !(used > most) }'; then
			bad=1
			cp "$tmp/in" "slow-$i"
			echo "slow-$i: $tool: $used s: $(head -c 80 "$tmp/in")"
		fi
	done
done
exit $bad
