# strip-chrome: the model and its trainer

CHROME_TRAIN_OBJS = $(addprefix $(B)/tools/strip-chrome/,chrome-train.o param-train.o data-train.o words-train.o trees-train.o cue.o lines.o scan.o marks.o words.o context.o second.o markup.o model.o decide.o html.o dom.o meta.o json.o date.o) \
	$(addprefix $(B)/common/,buf.o entity.o msg.o rec.o spread.o u8.o table.o)

$(B)/chrome-train: $(CHROME_TRAIN_OBJS)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(OWN_LIBS) -lm $(LDLIBS)

models:: chrome-model

chrome-model: $(B)/chrome-train ## train strip-chrome's model alone
	nice $(B)/chrome-train -o $(B)/chrome-model.bin $(DATA)/chrome
	mv $(B)/chrome-model.bin tools/strip-chrome/model.bin

CHROME_NEWS = -s aeb,aed,fun
chrome-folds: $(B)/chrome-train ## score strip-chrome on sites its model was not trained on
	mkdir -p $(B)/folds
	nice $(B)/chrome-train -c $(B)/folds $(DATA)/chrome
	for r in blk nod lyn np4 rjs bpi gld; do echo $$r; \
		python3 $(DATA)/../score/chrome.py $(CHROME_NEWS) -r $$r --only-present $(DATA)/chrome $(B)/folds/cv-$$r.tsv; done
	echo html; python3 $(DATA)/../score/chrome.py $(CHROME_NEWS) --only-present $(DATA)/chrome $(B)/folds/cv-htm.tsv

$(B)/html5lib: tests/bench/html5lib.c $(addprefix $(B)/,tools/strip-chrome/html.o common/buf.o common/entity.o common/msg.o common/table.o common/u8.o)
	$(CC) $(OWN_CFLAGS) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(OWN_LIBS) $(LDLIBS)

bench-html5lib: $(B)/html5lib ## run the HTML tokenizer on html5lib-tests in $(DATA)/html5lib
	python3 tests/bench/html5lib.py $(B)/html5lib $(DATA)/html5lib/tokenizer

bench-site-memory: all ## strip-chrome with and without a memory of the page's site, on the data in DATA
	BIN='$(BUILT)/bin' sh tests/bench/site-memory.sh '$(DATA)'

.PHONY: bench-html5lib bench-site-memory chrome-folds chrome-model
