# The morning brief in headless Chromium: on a phone and on a desk, by day and by night.

load heavy

# shot NAME WIDTH SCHEME: a picture of the page in a frame of that width; 0 is dark, 1 is light
shot() {
	printf '<body style="margin:0"><iframe src="brief.html" style="width:%dpx;height:1400px;border:0"></iframe>' "$2" >frame.html
	timeout 60 chromium --headless=new --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$PWD/profile" \
		--blink-settings=preferredColorScheme="$3" --window-size=$(($2 + 20)),1400 --screenshot="$PWD/$1.png" "file://$PWD/frame.html" >log 2>&1
	[[ $(wc -c <"$1.png") -gt 50000 ]]
}

@test "brief: pictures of 390 and 1280 pixels, light and dark; nothing is wider than the phone" {
	needs chromium
	export HOME=$PWD
	(cd "$TOP/tests/feed" && strip-chrome [0-9]*) | sort >articles
	join -t '	' "$TOP/tests/feed/meta.tsv" articles | "$TOP/examples/brief/brief" >brief.html
	shot phone 390 1
	shot phone-dark 390 0
	shot desk 1280 1
	shot desk-dark 1280 0
	run ! cmp -s phone.png phone-dark.png
	[[ -z ${SHOTS:-} ]] || cp ./*.png "$SHOTS/"
	# a script of the test, not of the page, looks into the frame: its width, how many stories it shows, and where links lead
	cat >measure.html <<-'END'
	<body><iframe id="f" src="brief.html" style="width:390px;height:800px"></iframe><p id="said"></p><script>
	f.onload = () => {
		const d = f.contentDocument
		d.querySelectorAll("details").forEach(x => x.open = true)
		said.textContent = "over " + (d.documentElement.scrollWidth - d.documentElement.clientWidth) + " stories " + d.querySelectorAll("article").length +
			" loaded " + f.contentWindow.performance.getEntriesByType("resource").length
	}
	</script>
	END
	timeout 60 chromium --headless=new --no-sandbox --disable-gpu --allow-file-access-from-files --user-data-dir="$PWD/profile" \
		--virtual-time-budget=3000 --dump-dom "file://$PWD/measure.html" 2>/dev/null | grep -o 'over [0-9]* stories [0-9]* loaded [0-9]*' >out
	want 'over 0 stories 14 loaded 0\n'
}
