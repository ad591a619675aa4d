import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** An allocator that answers by a script, for the test of the harness in Java. */
public final class Attach implements Oracle.Allocator {
    private static final byte[] BYTES = new byte[32768];
    private final long base, pages;
    private long next, reserved;

    private Attach(Oracle.Arena arena) throws Oracle.Unsupported, Oracle.Failed {
        if (arena.pages() == 1) throw new Oracle.Unsupported("no \"single\" frame");
        if (arena.pages() == 2) throw new Oracle.Failed("panic");
        base = next = arena.base();
        pages = arena.pages();
        for (long[] run : arena.reserved()) reserved += 100 * run[0] + run[1];
    }

    @Override public boolean probe() { return pages == 3; }
    @Override public List<long[]> usable() { return pages == 5 ? List.of(new long[] {8, 2}, new long[] {12, 1}) : null; }

    @Override public Long allocate(int order) {
        if (order == 0) return next++;
        if (order == 2) throw new Oracle.Wrong("internal", "list \"2\" is broken");
        if (order == 3) throw new Oracle.Wrong("no-frame", "byte 4097");
        if (order == 4) BYTES[4 * (int) (next - 1) + 2] ^= 1;
        return order == 7 ? Long.valueOf(reserved) : null;
    }

    @Override public void free(long frame, int order) {
        if (order == 9) throw new Oracle.Wrong("wrong-order", "");
        if (order != 0) throw new Oracle.Wrong("double-free", "twice");
    }

    @Override public long freeCount() { return 7; }
    @Override public List<Long> freeList(int order) { return order == 1 ? List.of(base) : List.of(2L, 1L); }
    @Override public String pairBits(int order) { return "01"; }
    @Override public byte[] read(long frame) { return Arrays.copyOfRange(BYTES, 4 * (int) frame, 4 * (int) frame + 4); }
    @Override public void write(long frame, byte value) { Arrays.fill(BYTES, 4 * (int) frame, 4 * (int) frame + 4, value); }
    @Override public boolean resize(long wanted) { return wanted == 4; }
    @Override public Long allocateIn(int order, long low, long end) { return low + order < end ? Long.valueOf(low + order) : null; }
    @Override public Long allocateFrames(long frames, long align) { return frames + align; }
    @Override public void freeFrames(long frame, long frames) {
        if (frame != 7 || frames != 3) throw new Oracle.Wrong("wrong-order", "");
    }

    public static void main(String[] args) throws IOException {
        List<String> features = List.of("observe:free-count", "payload");
        new Oracle.Harness("a \"scripted\" one", "1", List.of("complete", "best-fit"), features, Attach::new).serve();
    }
}
