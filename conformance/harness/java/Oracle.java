import java.io.*;
import java.nio.charset.StandardCharsets;
import java.util.*;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.*;

/**
 * Attaches a page allocator written in Java to buddy-oracle, the judge: make a Harness, call its serve() in main, and
 * run  npx buddy-oracle check -- java -cp out Attach
 *
 * Never print on System.out, it belongs to the replies; System.err is yours and ends up in the report. An exception
 * that is none of these below ends the process: a crash is a verdict, and the judge names the operation.
 */
public final class Oracle {
    /** The frames [base, base + pages), in blocks of the orders 0 to orders - 1. Frames include the base; they are
     * never byte addresses. The runs of {first frame, count} in reserved are never to be handed out. */
    public record Arena(long base, long pages, int orders, List<long[]> reserved) {}
    public record Block(long frame, int order) {}
    /** Makes an arena, or throws why there is none: it is unsupported, or making it failed. */
    public interface Open { Allocator open(Arena arena) throws Unsupported, Failed; }
    public static final class Unsupported extends Exception { public Unsupported(String why) { super(why); } }
    public static final class Failed extends Exception { public Failed(String why) { super(why); } }

    /** Thrown by an operation that was not done: "double-free" or another misuse; "internal", a check of yours fired;
     * "no-frame", a grant that is no frame at all, such as an address inside one. The detail is in your words. */
    public static final class Wrong extends RuntimeException {
        final String kind;
        public Wrong(String kind, String detail) { super(detail); this.kind = kind; }
    }

    public interface Allocator {
        Long allocate(int order);       // the first frame of a block; null: refused; order may be >= orders: refuse it
        void free(long frame, int order);
        default List<long[]> usable() { return null; } // what can be handed out, if that is not all but the reserved
        default boolean probe() { return false; }      // whether the judge is to find out what can be handed out
        // Each with the feature of that name:
        default long freeCount() { return 0; }                       // observe:free-count
        default List<Long> freeList(int order) { return List.of(); } // observe:free-lists; sorted, observe:free-blocks
        default String pairBits(int order) { return ""; }            // observe:pair-bits, '0' or '1' for each pair
        default byte[] read(long frame) { return new byte[0]; }      // payload: the bytes of a granted frame
        default void write(long frame, byte value) {}                // payload: all of them
        default boolean resize(long pages) { return false; }         // resize: [base, base + pages)
        default Long allocateIn(int order, long low, long end) { return null; } // range: a block within [low, end)
        default Long allocateFrames(long frames, long align) { return null; } // sized: that many, a multiple of align
        default void freeFrames(long frame, long frames) {}          // sized: frees what that granted
        default void freeAll(List<Block> blocks) {}                  // bulk: frees several blocks at once
        default List<String> threads(List<String> scripts) { return List.of(); } // threads:N: carryOut, of Threads.java
    }

    /** An allocator, what it is held to, and which optional methods it has; serve() answers till the judge is gone. */
    public record Harness(String name, String revision, List<String> claims, List<String> features, Open open) {
        public void serve() throws IOException {
            Oracle oracle = new Oracle(this);
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                long[] n = numbers(line); // the first is the id
                List<String> texts = texts(line); // "id", the key, and all in what is asked for
                String said = oracle.answer(texts.get(1), n, texts.subList(2, texts.size()));
                System.out.write(("{\"id\":" + n[0] + "," + said + "}\n").getBytes(StandardCharsets.UTF_8));
                System.out.flush();
                if (texts.get(1).equals("bye")) return;
            }
        }
    }

    /** What an allocation was granted, as the slot of its number; frames: of a sized one, or 0. */
    private record Held(long number, long frame, int order, long frames) {}
    private final Harness harness;
    private Allocator allocator;
    private int orders;
    private long allocations; // those that were refused count too
    private final Map<Long, Held> slots = new HashMap<>(); // by number, as long as they hold something
    private Oracle(Harness harness) { this.harness = harness; }

    private static String quoted(String text) {
        return '"' + text.replaceAll("\\p{Cntrl}", " ").replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
    private static String joined(Stream<?> list) { return list.map(String::valueOf).collect(Collectors.joining(",")); }
    private static final Pattern NUMBER = Pattern.compile("\\d+"), TEXT = Pattern.compile("\"([^\"]*)\"");

    /** All there is to read in a request: its numbers, and its texts in quotes, in their order. */
    private static long[] numbers(String text) {
        return NUMBER.matcher(text).results().mapToLong(found -> Long.parseLong(found.group())).toArray();
    }
    private static List<String> texts(String in) { return TEXT.matcher(in).results().map(at -> at.group(1)).toList(); }

    /** Fills the memory of what a slot holds with a tag of its own, or checks that it is there still. */
    private void tag(Held held, boolean fill) {
        if (!harness.features().contains("payload")) return;
        byte tag = (byte) (held.number % 251 + 1);
        for (long at = held.frame; at < held.frame + (held.frames > 0 ? held.frames : 1L << held.order); at++) {
            if (fill) allocator.write(at, tag);
            else for (byte value : allocator.read(at))
                if (value != tag) throw new Wrong("payload", "frame " + at + " of the block at frame " + held.frame);
        }
    }

    private String allocate(int order, long frames, Supplier<Long> grant) {
        long number = allocations++; // whatever comes of it
        Long frame = grant.get();
        if (frame == null) return "-";
        slots.put(number, new Held(number, frame, order, frames));
        tag(slots.get(number), true);
        return frame.toString();
    }

    private String free(Held held, long frame, int order) {
        if (held.order == order) tag(held, false);
        if (held.frames > 0) allocator.freeFrames(frame, held.frames);
        else allocator.free(frame, order);
        slots.remove(held.number);
        return ".";
    }

    private String freeAll(long[] n) { // slots, of which some may hold no block
        List<Held> held = LongStream.of(n).mapToObj(slots::get).filter(one -> one != null && one.frames == 0).toList();
        held.forEach(one -> tag(one, false));
        if (!held.isEmpty()) allocator.freeAll(held.stream().map(one -> new Block(one.frame, one.order)).toList());
        held.forEach(one -> slots.remove(one.number));
        return ".";
    }

    private String operation(String word) {
        long[] given = numbers(word), n = Arrays.copyOf(given, 3);
        int order = (int) Math.min(n[0], 65535);
        Held own = slots.get(n[0]);
        return switch (word.charAt(0)) {
            case 'a' -> allocate(order, 0, () -> allocator.allocate(order));
            case 'r' -> allocate(order, 0, () -> allocator.allocateIn(order, n[1], n[2]));
            case 'A' -> allocate(0, n[0], () -> allocator.allocateFrames(n[0], n[1]));
            case 'z' -> allocator.resize(n[0]) ? "." : "-";
            case 'b' -> freeAll(given);
            case 'F' -> free(slots.values().stream().filter(one -> one.frame == n[0]).findAny()
                .orElse(new Held(-1, 0, -1, 0)), n[0], (int) Math.min(n[1], 65535));
            // A slot that holds nothing is no mistake: shortening a case leaves such behind.
            case 'f' -> own == null ? "." : free(own, own.frame, own.order);
            default -> "-"; // not done, like any operation of a later day: the judge sends only what is declared
        };
    }

    private String run(String script) {
        List<String> results = new ArrayList<>(), detail = new ArrayList<>();
        for (String word : script.split(" ")) {
            try { results.add(operation(word)); }
            catch (Wrong wrong) {
                detail.add("\"" + results.size() + "\":" + quoted(String.valueOf(wrong.getMessage())));
                results.add("!" + wrong.kind);
            }
        }
        return "\"ran\":\"" + String.join(" ", results) + "\",\"detail\":{" + String.join(",", detail) + "}";
    }

    private String view(String name) {
        if (name.equals("free-count")) return quoted(name) + ":" + allocator.freeCount();
        boolean pairs = name.equals("pair-bits");
        return quoted(name) + ":[" + joined(IntStream.range(0, pairs ? orders - 1 : orders).mapToObj(order -> {
            if (pairs) return quoted(allocator.pairBits(order));
            Stream<Long> frames = allocator.freeList(order).stream();
            return "[" + joined(name.equals("free-blocks") ? frames.sorted() : frames) + "]";
        })) + "]";
    }

    private String init(long[] n) {
        List<long[]> reserved = new ArrayList<>();
        for (int at = 4; at + 1 < n.length; at += 2) reserved.add(new long[] {n[at], n[at + 1]});
        orders = (int) n[3];
        allocator = null;
        allocations = 0;
        slots.clear();
        try {
            allocator = harness.open().open(new Arena(n[1], n[2], orders, reserved));
        } catch (Unsupported | Failed why) {
            return (why instanceof Failed ? "\"failed\":" : "\"unsupported\":") + quoted(why.getMessage());
        }
        List<long[]> usable = allocator.usable();
        String runs = usable == null ? "" : "\"usable\":[" + joined(usable.stream().map(Arrays::toString)) + "]";
        return "\"ready\":{" + (allocator.probe() ? "\"usable\":\"probe\"" : runs) + "}";
    }

    private String hello() {
        return "\"hello\":{\"version\":1,\"name\":" + quoted(harness.name()) + ",\"revision\":"
            + quoted(harness.revision()) + ",\"language\":\"Java\",\"maxBatch\":1000,\"maxLine\":1048576,\"claims\":["
            + joined(harness.claims().stream().map(Oracle::quoted)) + "],\"features\":["
            + joined(harness.features().stream().map(Oracle::quoted)) + "]}";
    }

    private String answer(String key, long[] n, List<String> texts) {
        if (key.equals("init") && texts.get(0).equals("base")) return init(n);
        if (key.equals("hello") && LongStream.of(n).skip(1).anyMatch(version -> version == 1)) return hello();
        if (key.equals("hello")) return "\"refuse\":\"only version 1 is spoken here\"";
        return switch (allocator == null && !key.equals("bye") ? "early" : key) {
            case "run" -> run(texts.get(0));
            case "threads" -> "\"threads\":[" + joined(allocator.threads(texts).stream().map(Oracle::quoted)) + "]";
            case "observe" -> "\"observed\":{" + joined(texts.stream().map(this::view)) + "}";
            case "bye" -> "\"bye\":true";
            default -> "\"unknown\":true";
        };
    }
}
