# strip-chrome: the model and its trainer

CHROME_MODEL = tools/strip-chrome/model.bin
CHROME_TRAIN_OBJS = $(addprefix $(B)/tools/strip-chrome/,chrome-train.o lines.o scan.o context.o model.o decide.o) \
	$(addprefix $(B)/common/,buf.o msg.o rec.o u8.o table.o)

$(B)/chrome-train: $(CHROME_TRAIN_OBJS)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(OWN_LIBS) -lm $(LDLIBS)

models:: $(B)/chrome-train
	nice $(B)/chrome-train -o $(CHROME_MODEL) $(DATA)/chrome
