/* Runs vectors.txt against an allocator of yours: cc run.c yours.c -o run && ./run vectors.txt complete best-fit */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
int my_open(long base, long pages, int orders, const char *reserved); /* 0: no such arena; reserved: "3+2,9+1", or "-" */
long my_allocate(int order);                                          /* the first frame of the block; -1: refused */
const char *my_free(long frame, int order);                           /* ".", or what is wrong: "!double-free" */
static int claimed(char *needs, char **claims) {
  for (char **at = claims, *one = strtok(needs, ","); one && strcmp(one, "-"); one = strtok(NULL, ","), at = claims) {
    while (*at && strcmp(*at, one)) at++;
    if (!*at) return 0;
  }
  return 1;
}
static int next(const char *permits, int state, const char *said) { /* the state after an answer; -1: it is not permitted */
  for (; state > 0; state--) permits += strcspn(permits, ";") + 1;
  for (size_t length = strlen(said); *permits && *permits != ';'; permits += strcspn(permits, ",;"), permits += *permits == ',')
    if (!strncmp(permits, said, length) && permits[length] == '>') return atoi(permits + length + 1);
  return -1;
}
int main(int argc, char **argv) {
  static char line[1 << 16], said[32], *field[7], *step, *end;
  int ran = 0, bad = 0, slots, state, of, order[64];
  long head[64], frame;
  for (FILE *file = argc > 1 ? fopen(argv[1], "r") : NULL; file && fgets(line, sizeof line, file); bad += state < 0) {
    for (int n = state = 0; n < 7; n++) field[n] = n ? field[n - 1] + strlen(field[n - 1]) + 1 : line, strtok(field[n], "\t\n");
    if (!claimed(field[1], argv + 2) || !my_open(atol(field[2]), atol(field[3]), atoi(field[4]), field[5])) continue;
    for (ran++, slots = 0, step = field[6]; state >= 0 && step; step = end) {
      int slot = *step == 'a' ? slots++ : *step == 'f' ? atoi(step + 1) : 63;
      if ((end = strchr(step, ' '))) *end++ = 0;
      if (*step == 'a') head[slot] = my_allocate(order[slot] = atoi(step + 1));
      if (sscanf(step, "F%ld:%d", &frame, &of) == 2) head[slot] = frame, order[slot] = of;
      snprintf(said, sizeof said, "%s", *step == 'a' ? "-" : head[slot] < 0 ? "." : my_free(head[slot], order[slot]));
      if (*step == 'a' && head[slot] >= 0) snprintf(said, sizeof said, "%ld", head[slot]);
      if (*step == 'f') head[slot] = -1;
      if ((state = next(strchr(step, '=') + 1, state, said)) < 0) printf("%s: %s at %s\n", field[0], said, strtok(step, "="));
    }
  }
  return printf("%d vectors, %d wrong\n", ran, bad), bad > 0 || ran == 0;
}
