/* Runs vectors.txt against an allocator of yours: cc run.c yours.c -o run && ./run vectors.txt complete best-fit */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
int my_open(long base, long pages, int orders, const char *reserved); /* 0: no such arena; reserved: "3+2,9+1", or "-" */
long my_allocate(int order, long low, long end);                      /* a block's first frame; -1: refused; [low, end): all, or a range */
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
  static char line[1 << 16], said[32], *field[7], *step;
  int ran = 0, bad = 0, left = 0, slots, state, order[64];
  long head[64], low, high;
  for (FILE *file = argc > 1 ? fopen(argv[1], "r") : NULL; file && fgets(line, sizeof line, file); bad += state < 0) {
    for (int n = state = 0; n < 7; n++) field[n] = n ? field[n - 1] + strlen(field[n - 1]) + 1 : line, strtok(field[n], "\t\n");
    if (!claimed(field[1], argv + 2) || !my_open(atol(field[2]), atol(field[3]), atoi(field[4]), field[5]) ? ++left : 0) continue;
    for (ran++, slots = 0, step = strtok(field[6], " "); state >= 0 && step; step = strtok(NULL, " ")) {
      int asks = *step == 'a' || *step == 'r', slot = asks ? slots++ : *step == 'f' ? atoi(step + 1) : 63;
      if (sscanf(step, "r%*d:%ld:%ld", &low, &high) != 2) low = atol(field[2]), high = low + atol(field[3]);
      if (sscanf(step, "F%ld:%d", &head[slot], &order[slot]) < 1 && asks) head[slot] = my_allocate(order[slot] = atoi(step + 1), low, high);
      snprintf(said, sizeof said, "%s", asks ? "-" : head[slot] < 0 ? "." : my_free(head[slot], order[slot]));
      if (asks && head[slot] >= 0) snprintf(said, sizeof said, "%ld", head[slot]);
      if (*step == 'f') head[slot] = -1;
      if ((state = next(strchr(step, '=') + 1, state, said)) < 0) printf("%s: %s at %s\n", field[0], said, strtok(step, "="));
    }
  }
  printf("%d are left out: they need more than is claimed, or have a shape that yours cannot have\n", left);
  return printf("%d vectors, %d wrong\n", ran, bad), bad > 0 || ran == 0;
}
