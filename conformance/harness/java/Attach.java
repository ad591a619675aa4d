import example.Buddy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Attaches the example, a small buddy system, to the judge: put your allocator in its place.
 *
 * javac -d out Attach.java Oracle.java example/Buddy.java && npx buddy-oracle check -- java -cp out Attach
 *
 * AttachThreads.java has several threads use it under a lock.
 */
public class Attach implements Oracle.Allocator {
    private final long base;
    private final Buddy buddy;

    Attach(Oracle.Arena arena) {
        Set<Long> reserved = new HashSet<>();
        for (long[] run : arena.reserved()) for (long n = 0; n < run[1]; n++) reserved.add(run[0] + n - arena.base());
        base = arena.base();
        buddy = new Buddy(arena.pages(), arena.orders(), reserved);
    }

    private Long framed(Long at) { return at == null ? null : Long.valueOf(base + at); }

    @Override public Long allocate(int order) { return framed(buddy.allocate(order)); }

    @Override public void free(long frame, int order) {
        String misuse = buddy.misuse(frame - base, order);
        if (misuse != null) throw new Oracle.Wrong(misuse, "freeing frame " + frame);
        buddy.free(frame - base, order);
    }

    @Override public long freeCount() { return buddy.freeCount(); }
    @Override public List<Long> freeList(int order) { return buddy.freeBlocks(order).stream().map(at -> base + at).toList(); }
    @Override public String pairBits(int order) { return buddy.pairBits(order); }
    @Override public byte[] read(long frame) { return buddy.read(frame - base); }
    @Override public void write(long frame, byte value) { buddy.write(frame - base, value); }
    @Override public boolean resize(long pages) { return buddy.resize(pages); }
    @Override public Long allocateIn(int order, long low, long end) { return framed(buddy.allocateIn(order, low - base, end - base)); }
    @Override public Long allocateFrames(long frames, long align) { return framed(buddy.allocateFrames(frames, align)); }
    @Override public void freeAll(List<Oracle.Block> blocks) { for (Oracle.Block block : blocks) free(block.frame(), block.order()); }
    @Override public void freeFrames(long frame, long frames) { buddy.freeFrames(frame - base); }

    /** Answers the judge; more: features besides those of one thread. */
    static void serve(Oracle.Open open, String... more) throws IOException {
        List<String> claims = List.of("complete", "best-fit", "capacity", "misuse:double-free", "misuse:never-allocated",
            "misuse:inner-page", "misuse:misaligned", "misuse:wrong-order", "misuse:out-of-range");
        List<String> features = new ArrayList<>(List.of("observe:free-count", "observe:free-blocks", "observe:pair-bits", "payload",
            "range", "resize", "sized", "bulk"));
        features.addAll(List.of(more));
        new Oracle.Harness("buddy in Java", "1", claims, features, open).serve();
    }

    public static void main(String[] args) throws IOException { serve(Attach::new); }
}
