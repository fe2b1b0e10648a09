# The model of split-sentences: `make split-model DATA=...` trains it anew, byte
# for byte the same; `make split-folds` prints the figures for unseen documents.
SPLIT_TRAIN := $(B)/tools/split-sentences/split-train

$(SPLIT_TRAIN): $(B)/tools/split-sentences/split-train.o $(B)/tools/split-sentences/scan.o \
    $(B)/tools/split-sentences/words.o $(B)/tools/split-sentences/view.o $(B)/tools/split-sentences/feature.o $(COMMON_OBJS)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(OWN_LIBS) -lm $(LDLIBS)

split-model: $(SPLIT_TRAIN)
	$(SPLIT_TRAIN) $(DATA) tools/split-sentences/model.bin

split-folds: $(SPLIT_TRAIN)
	$(SPLIT_TRAIN) $(DATA) --folds 5

$(B)/tools/split-sentences/model.o: tools/split-sentences/model.bin

.PHONY: split-model split-folds
