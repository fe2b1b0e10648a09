# The furniture known to find-copies: `make find-copies-furniture DATA=...` makes it
# anew, byte for byte the same, from the pages of DATA/chrome in three renditions.
FURNITURE_TRAIN := $(B)/tools/find-copies/furniture-train
FURNITURE_PAGES = $(patsubst %,$(DATA)/chrome/pages-%.tsv.gz,blk nod lyn)

$(FURNITURE_TRAIN): $(B)/tools/find-copies/furniture-train.o $(COMMON_OBJS)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(OWN_LIBS) $(LDLIBS)

models:: find-copies-furniture

find-copies-furniture: $(FURNITURE_TRAIN) $(B)/bin/fingerprint $(FURNITURE_PAGES) $(DATA)/chrome/meta.tsv
	gzip -t $(FURNITURE_PAGES)
	gzip -dc $(FURNITURE_PAGES) | \
	awk -F'\t' 'NR == FNR { n = split($$3, d, "."); site[$$1] = d[n - 1] "." d[n]; next } \
	    { print site[$$1] "\t" $$2 }' $(DATA)/chrome/meta.tsv - | \
	$(B)/bin/fingerprint | $(FURNITURE_TRAIN) > $(B)/furniture.bin
	mv $(B)/furniture.bin tools/find-copies/furniture.bin

.PHONY: find-copies-furniture
