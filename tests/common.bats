#!/usr/bin/env bats
# The functions of common/, by tables of cases in fixtures/NAME-test.c.

load helper
load filters

# passes NAME [FLAG...]: fixtures/NAME-test.c finds nothing wrong.
passes() {
	compile "$1-test" "${@:2}"
	needs "$1-test"
	"$1-test"
}

@test "common: UTF-8, classes, lower case and folding" {
	passes u8
}

@test "common: fields and escapes" {
	passes rec
}

@test "common: vectors, and the same without them" {
	passes vec
	for name in vec rec u8; do
		without_vectors "$name-plain" "$TOP/tests/fixtures/$name-test.c"
		"$name-plain"
	done
}

@test "common: tokens of sketches" {
	passes sketch
}

@test "common: buffers" {
	passes buf
	status=0
	buf-test array 2>err || status=$?
	[[ $status == 1 ]]
	said 'out of memory'
	status=0
	buf-test room 2>err || status=$?
	[[ $status == 1 ]]
	said 'out of memory'
}

@test "common: a folder of files and its MANIFEST" {
	mkdir here && cd here
	passes store
	head -n 1 store/MANIFEST >out
	want 'test-store 3\n'
	store-test read
	cp -r store good
	status=0
	store-test fail 2>err || status=$?
	[[ $status == 1 ]]
	said 'store-test: given up: 42'
	diff -r good store
	while IFS='|' read -r change want what; do
		cp good/MANIFEST store/MANIFEST
		sed -i "$change" store/MANIFEST
		status=0
		store-test read 2>err || status=$?
		[[ $status == "$want" ]] || { echo "$change: status $status"; return 1; }
		said "$what"
	done <<-'EOT'
	$s/[0-9a-f]$/x/|1|store/MANIFEST: damaged: its checksum is wrong: mend it
	1a three 3|1|store/MANIFEST: damaged: its checksum is wrong: mend it
	$d|1|store/MANIFEST: damaged: its checksum is wrong: mend it
	1s/3/4/|2|store: test-store version 4, this program reads 3: mend it
	1s/.*/copydesk-index 1/|2|store: not a store of the tests
	1,$d|2|store: not a store of the tests
	EOT
	rm store/MANIFEST
	run -4 store-test read
	rm -r store
	status=0
	store-test read 2>err || status=$?
	[[ $status == 2 && ! -e store ]]
	said 'store: No such file'
	# a link where a file is to be made is not followed
	for name in lock 00000001.dat MANIFEST.new; do
		rm -rf store
		mkdir store
		ln -s ../victim "store/$name"
		status=0
		store-test 2>err || status=$?
		[[ $status == 1 && ! -e victim ]] || { echo "$name: status $status"; return 1; }
		said "store/${name%.new}: "
	done
}

# The generator runs on the building machine; here it is this one.
generator() {
	compile copy && needs copy	# are there objects and a compiler?
	# shellcheck disable=SC2046
	"${CC:-cc}" -std=c11 -D_DEFAULT_SOURCE $(pkg-config --cflags libxxhash 2>/dev/null) \
		-I"$TOP/common" -o "$FILTERS/table-gen" "$TOP/common/table-gen.c"
}

@test "common: tables of words" {
	generator
	{
		printf '# a comment\n#\n\nred\tWARM\nblue\tCOLD\ta remark\nviolet\tWARM | COLD\n'
		printf 'grey\t1\nwhite\t1\t\nblack\t1\ta remark\nsea green\t7\n'
		printf 'caf\303\251 "au lait" \\\t9\t\n#fff\t5\n'
		seq 5000 | sed 's/.*/colour&	&/'
	} >colours.tsv
	printf '# nothing\n' >nothing.tsv
	table-gen colours.tsv >colours.h
	table-gen nothing.tsv >nothing.h
	passes table -I.
	# the same table, whatever the end of the file
	printf '%s' "$(cat colours.tsv)" >colours2.tsv
	mkdir two
	mv colours2.tsv two/colours.tsv
	cd two
	table-gen colours.tsv | cmp - ../colours.h
}

@test "common: what is wrong with a table is told" {
	generator
	while IFS='|' read -r in what; do
		# shellcheck disable=SC2059
		printf "$in" >t.tsv
		status=0
		table-gen t.tsv >out 2>err || status=$?
		[[ $status == 1 ]]
		said "$what"
	done <<-'EOT'
	a\t1\nb\t1\na\t2\n|table-gen: t.tsv:3: a stands twice
	a\t1\nb 2\n|table-gen: t.tsv:2: b 2: no TAB and value
	a\t1\nb\t\n|table-gen: t.tsv:2: b: no TAB and value
	a\t1\nb\t\ta remark\n|table-gen: t.tsv:2: b: no TAB and value
	a\t1\n\t1\n|table-gen: t.tsv:2: empty key
	a\t1\nb\r\n|table-gen: t.tsv:2: control character
	a\0\t1\nb\t1\n|table-gen: t.tsv:1: control character
	EOT
	for what in 'missing.tsv: No such file' '.: Is a directory'; do
		status=0
		table-gen "${what%%:*}" >out 2>err || status=$?
		[[ $status == 1 ]]
		said "$what"
	done
	status=0
	table-gen >out 2>err || status=$?
	[[ $status == 2 ]]
}
