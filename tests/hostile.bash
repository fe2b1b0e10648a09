# Loaded by hostile.bats and read by hostile.sh: texts that somebody made to be slow.

# The shapes, and what one is made of: a piece that is repeated. In printf's escapes, as text of a record.
shapes() {
	cat <<-'END'
	word|x
	wide word|\304\201
	sentence|and the word 
	dots|.
	dots and spaces|. 
	double quotes|"
	quotes|'
	opening quotes|\342\200\234A 
	brackets|(
	square brackets|[
	closing brackets|)
	capitals|A. 
	names|Ban Ki Moon 
	commas|a, 
	digits|7
	sums|$1,000 
	dates|May 5 
	hyphens|-
	dashes|\342\200\224
	lines|\\n
	paragraphs|Share\\n\\n
	backslashes|\\\\
	combining|\314\201
	backticks|`
	hosts|www.
	mails|a@
	opening tags|<div>
	closing tags|</div>
	open angles|<
	comments|<!--
	attributes| a=b
	entities|&amp;
	references|&#
	tables|<table><td>
	formatting|<b><p>
	scripts|<script>
	lists|<ul><li>
	END
}

# repeat BYTES PIECE: the piece (printf'd) again and again
repeat() {
	# shellcheck disable=SC2059
	yes "$(printf "$2")" | tr -d '\n' | head -c "$1"
}
