# tag-entities: the tables of names and of words of dates, made by the build, and the model, made by `make models`

TAG = tools/tag-entities
TAG_NAMES := $(sort $(wildcard $(TAG)/facts/*.tsv)) $(sort $(wildcard $(TAG)/lists/*.txt))
TABLES += $(B)/gen/tag-entities/names-table.h

$(B)/host/tag-when-gen: $(TAG)/when-gen.c $(TAG)/when.h $(TAG)/tokens.h common/buf.h common/little.h
	@mkdir -p $(@D)
	$(HOSTCC) $(OWN_CFLAGS) -O1 -o $@ $<

$(B)/gen/tag-entities/when.h: $(TAG)/when.tsv $(B)/host/tag-when-gen
	@mkdir -p $(@D)
	$(B)/host/tag-when-gen $< > $@.tmp && mv $@.tmp $@

TAG_NAMES_GEN = $(addprefix $(TAG)/,names-gen.c tokens.c sound.c) $(addprefix common/,buf.c msg.c u8.c)

$(B)/host/tag-names-gen: $(TAG_NAMES_GEN) $(addprefix $(TAG)/,names.h sound.h tokens.h when.h) \
    $(addprefix common/,buf.h little.h msg.h u8.h u8-props.h vec.h) $(addprefix $(B)/gen/,tag-entities/when.h u8-tables.h)
	@mkdir -p $(@D)
	$(HOSTCC) $(OWN_CFLAGS) -D_GNU_SOURCE -O1 -o $@ $(TAG_NAMES_GEN) $(UTF8PROC_LIBS)

$(B)/gen/tag-entities/names-table.h: $(B)/host/tag-names-gen $(TAG_NAMES)
	@mkdir -p $(@D)
	$(B)/host/tag-names-gen $(TAG_NAMES) > $@.tmp && mv $@.tmp $@

TAG_TRAIN = $(addprefix $(B)/$(TAG)/,tokens.o names.o runs.o joints.o parts.o headlines.o feats.o decode.o typing.o rules.o offices.o tables.o model.o)

$(B)/host/tag-train: $(TAG)/tagger-train.c $(TAG_TRAIN) $(COMMON_OBJS)
	@mkdir -p $(@D)
	$(CC) $(OWN_CFLAGS) -D_GNU_SOURCE -O3 -ffp-contract=off -fno-math-errno -fno-trapping-math -o $@ $^ $(OWN_LIBS) -lm

models:: $(B)/host/tag-train ## retrain the models from DATA
	$(TAG)/train.sh $(B)/host/tag-train $(DATA) $(DATA)/entities -o $(B)/tag-model.bin
	mv $(B)/tag-model.bin $(TAG)/model.bin

.PHONY: tag-folds tag-headlines tag-written tag-names
tag-folds: $(B)/host/tag-train ## the figures of tag-entities: each corpus of DATA by a model that did not see it
	$(TAG)/folds.sh $(B)/host/tag-train $(DATA) $(DATA)/../score/entities.py
tag-headlines: $(B)/host/tag-train ## how well tag-entities finds names in CAPITALS and Title Case: eight corpora of DATA by a model that saw none
	$(TAG)/headlines.sh $(B)/host/tag-train $(DATA) $(DATA)/../score/entities.py
tag-written: $(B)/host/tag-train ## how well it finds names in each kind of the texts written and labelled for it, by a model that saw the others
	$(TAG)/written.sh $(B)/host/tag-train $(DATA) $(DATA)/../score/entities.py
tag-names: $(B)/host/tag-train ## its canonical names, and sentences by themselves: four corpora of DATA, by tools whose model saw none
	@mkdir -p $(B)/unseen
	$(TAG)/train.sh $(B)/host/tag-train $(DATA) $(DATA)/entities -o $(B)/unseen/model.bin -x gum-news -x gum-other -x wikigold \
		-x meantime -x re3d -x gum-news-damaged -x meantime-damaged -x re3d-damaged
	rm -f $(B)/unseen/$(TAG)/main.o
	$(MAKE) B=$(B)/unseen CPPFLAGS='$(CPPFLAGS) -DTAG_MODEL="\"$(B)/unseen/model.bin\""' all
	$(TAG)/names.sh $(B)/unseen/bin $(DATA) $(DATA)/../score/entities.py
