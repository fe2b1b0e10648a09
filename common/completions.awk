# SPDX-License-Identifier: ISC
# completions.awk - turn a tool's --help into a completion for one shell
#
# usage: TOOL --help | awk -v shell=bash|zsh|fish -f completions.awk
#
# reads   option lines of --help: "  -x, --name=ARG   help" or "      --name   help"
# writes  the completion file; FILE and DIR arguments complete to paths, operands to files

# bash 3.2, which macOS has, knows no mapfile
function offers(what) { return "while IFS= read -r w; do COMPREPLY+=(\"$w\"); done < <(compgen " what " -- \"$cur\")" }
function quoted(s) { gsub(/'/, "'\\''", s); return "'" s "'" }

NR == 1 { tool = $2 }

/^ +(-[A-Za-z], )?--[a-z0-9-]+/ {
	n++
	line = $0
	if (match(line, /-[A-Za-z], /)) letter[n] = substr(line, RSTART + 1, 1)
	match(line, /--[a-z0-9-]+/)
	name[n] = substr(line, RSTART + 2, RLENGTH - 2)
	line = substr(line, RSTART + RLENGTH)
	if (line ~ /^=/) { match(line, /^=[^ ]+/); arg[n] = substr(line, 2, RLENGTH - 1); line = substr(line, RLENGTH + 1) }
	sub(/^ +/, "", line)
	about[n] = line
}

END {
	if (shell == "bash") {
		f = "_" tool; gsub(/-/, "_", f)
		print "# bash completion for " tool "(1), made from its --help"
		print f "()\n{"
		print "\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} w"
		print "\tCOMPREPLY=()"
		print "\tif [[ $cur == = ]]; then cur=; elif [[ $prev == = ]]; then prev=${COMP_WORDS[COMP_CWORD-2]}; fi"
		print "\tcase $prev in"
		for (i = 1; i <= n; i++) {
			if (arg[i] == "") continue
			p = "--" name[i] (letter[i] != "" ? " | -" letter[i] : "")
			if (arg[i] ~ /^(FILE|DIR)/) print "\t" p ") " offers(arg[i] ~ /^DIR/ ? "-d" : "-f") "; return ;;"
			else if (arg[i] ~ /\|/) { w = arg[i]; gsub(/\|/, " ", w); print "\t" p ") " offers("-W '" w "'") "; return ;;" }
			else print "\t" p ") return ;;"
		}
		print "\tesac"
		for (i = 1; i <= n; i++) w = (i > 1 ? w " " : "") "--" name[i] (letter[i] != "" ? " -" letter[i] : "")
		print "\tif [[ $cur == -* ]]; then\n\t\t" offers("-W '" w "'") "\n\telse\n\t\t" offers("-f") "\n\tfi\n}"
		print "complete -o filenames -F " f " " tool
	} else if (shell == "zsh") {
		print "#compdef " tool "\n# made from its --help\n_arguments -s \\"
		for (i = 1; i <= n; i++) {
			d = about[i]; gsub(/[\[\]:]/, "\\\\&", d)
			a = arg[i] == "" ? "" : ":" arg[i] ":" (arg[i] ~ /^FILE/ ? "_files" : arg[i] ~ /^DIR/ ? "_files -/" : arg[i] ~ /\|/ ? "(" arg[i] ")" : "")
			if (arg[i] ~ /\|/) { sub(/:[^:]*:\(/, ":value:(", a); gsub(/\|/, " ", a) }
			if (letter[i] != "") print "\t'(-" letter[i] " --" name[i] ")'{-" letter[i] (arg[i] != "" ? "+" : "") ",--" name[i] (arg[i] != "" ? "=" : "") "}" quoted("[" d "]" a) " \\"
			else print "\t" quoted("--" name[i] (arg[i] != "" ? "=" : "") "[" d "]" a) " \\"
		}
		print "\t'*:file:_files'"
	} else {
		print "# fish completion for " tool "(1), made from its --help"
		for (i = 1; i <= n; i++) {
			r = arg[i] == "" ? "" : arg[i] ~ /^(FILE|DIR)/ ? " -r -F" : " -x"
			if (arg[i] ~ /\|/) { w = arg[i]; gsub(/\|/, " ", w); r = " -x -a " quoted(w) }
			print "complete -c " tool (letter[i] != "" ? " -s " letter[i] : "") " -l " name[i] r " -d " quoted(about[i])
		}
	}
}
