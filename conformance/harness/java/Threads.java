import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import java.util.stream.*;

/**
 * Has an allocator used by several threads at once: return what carryOut returns from the method threads, and add the
 * feature threads:4, or another number from 2 to 64. allocate and free are then called by all of them, and nothing
 * else is.
 */
public final class Threads {
    private final Oracle.Allocator allocator;
    private final AtomicLong counter;
    /** By the number of an allocation in this script; null: it was refused, or freed. */
    private final List<Oracle.Block> slots = new ArrayList<>();

    private Threads(Oracle.Allocator allocator, AtomicLong counter) {
        this.allocator = allocator;
        this.counter = counter;
    }

    /** Carries out scripts, each in a thread; returns what came of each. A thread that throws ends the process. */
    public static List<String> carryOut(Oracle.Allocator allocator, List<String> scripts) {
        AtomicLong counter = new AtomicLong();
        AtomicInteger waiting = new AtomicInteger(scripts.size());
        ExecutorService threads = Executors.newFixedThreadPool(scripts.size());
        List<CompletableFuture<String>> all = scripts.stream().map(script -> CompletableFuture.supplyAsync(() -> {
            // All begin together: whoever is early waits.
            for (waiting.decrementAndGet(); waiting.get() > 0;) Thread.yield();
            try {
                return new Threads(allocator, counter).run(script);
            } catch (Throwable thrown) { // the others may wait for ever for a lock that this thread holds
                thrown.printStackTrace();
                Runtime.getRuntime().halt(1);
                throw thrown;
            }
        }, threads)).toList();
        threads.shutdown();
        return all.stream().map(CompletableFuture::join).toList();
    }

    /** One script: each result with what the counter of all threads said before and after. */
    private String run(String script) {
        return Stream.of(script.split(" ")).filter(word -> !word.isEmpty()).map(word -> {
            long before = counter.getAndIncrement();
            String result;
            try { result = operation(word); } catch (Oracle.Wrong wrong) { result = "!" + wrong.kind; }
            return before + ":" + result + ":" + counter.getAndIncrement();
        }).collect(Collectors.joining(" "));
    }

    private String operation(String word) {
        long[] n = Stream.of(word.substring(1).split(":")).mapToLong(Long::parseLong).toArray();
        return switch (word.charAt(0)) {
            case 'a' -> allocate((int) Math.min(n[0], 65535));
            case 'F' -> free(n[0], (int) Math.min(n[1], 65535));
            default -> {
                Oracle.Block held = n[0] < slots.size() ? slots.set((int) n[0], null) : null;
                yield held == null ? "." : free(held.frame(), held.order());
            }
        };
    }

    private String allocate(int order) {
        slots.add(null); // whatever comes of it
        Long frame = allocator.allocate(order);
        if (frame == null) return "-";
        slots.set(slots.size() - 1, new Oracle.Block(frame, order));
        return frame.toString();
    }

    private String free(long frame, int order) {
        allocator.free(frame, order);
        return ".";
    }
}
