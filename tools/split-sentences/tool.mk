# The model of split-sentences: `make split-model DATA=...` trains it anew, byte
# for byte the same; `make split-folds` prints the figures for unseen documents,
# `make split-corpora` those for corpora of which nothing was seen, and `make split-rules` those of the rules without a model.
SPLIT_TRAIN := $(B)/tools/split-sentences/split-train

$(SPLIT_TRAIN): $(B)/tools/split-sentences/split-train.o $(B)/tools/split-sentences/scan.o \
    $(B)/tools/split-sentences/words.o $(B)/tools/split-sentences/plain.o $(B)/tools/split-sentences/view.o \
    $(B)/tools/split-sentences/rule.o $(B)/tools/split-sentences/feature.o $(COMMON_OBJS)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(OWN_LIBS) -lm $(LDLIBS)

split-model: $(SPLIT_TRAIN) ## train split-sentences' model alone
	$(SPLIT_TRAIN) $(DATA) $(B)/split-model.bin
	mv $(B)/split-model.bin tools/split-sentences/model.bin

models:: split-model

split-folds: $(SPLIT_TRAIN) ## score split-sentences on documents its model was not trained on
	$(SPLIT_TRAIN) $(DATA) --folds 5

split-corpora: $(SPLIT_TRAIN)
	$(SPLIT_TRAIN) $(DATA) --folds corpora

split-rules: $(SPLIT_TRAIN)
	$(SPLIT_TRAIN) $(DATA) --rules

.PHONY: split-model split-folds split-corpora split-rules
