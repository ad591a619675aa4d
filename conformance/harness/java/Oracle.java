import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Attaches a page allocator written in Java to buddy-oracle, the judge: make a Harness, call its serve() in main, and run
 * npx buddy-oracle check -- java -cp out Attach
 *
 * Never print on System.out, it belongs to the replies; System.err is yours and ends up in the report. An exception that
 * is none of these below ends the process: a crash is a verdict, and the judge names the operation.
 */
public final class Oracle {
    /**
     * The frames [base, base + pages), in blocks of the orders 0 to orders - 1. Frames include the base; they are never byte
     * addresses. The runs of {first frame, count} in reserved are never to be handed out.
     */
    public record Arena(long base, long pages, int orders, List<long[]> reserved) {}

    /** Thrown by open if there is no such arena. */
    public static final class Unsupported extends Exception {
        public Unsupported(String why) { super(why); }
    }

    /** Thrown by open if making the arena went wrong. */
    public static final class Failed extends Exception {
        public Failed(String why) { super(why); }
    }

    /**
     * Thrown by an operation that was not done: "double-free" or another misuse; "internal", a check of yours that fired;
     * "no-frame", a grant that is no frame at all, such as an address inside one. The detail is in your words.
     */
    public static final class Wrong extends RuntimeException {
        final String kind;
        public Wrong(String kind, String detail) { super(detail); this.kind = kind; }
    }

    public record Block(long frame, int order) {}

    public interface Allocator {
        Long allocate(int order);           // the first frame of a block; null: refused; order may be >= orders: refuse it
        void free(long frame, int order);
        /** Returns what can be handed out, if that is not all but the reserved; null if it is. */
        default List<long[]> usable() { return null; }
        /** Returns whether the judge is to find out what can be handed out. */
        default boolean probe() { return false; }
        // Each with the feature of that name:
        default long freeCount() { return 0; }                              // observe:free-count
        default List<Long> freeList(int order) { return List.of(); }        // observe:free-lists; sorted, observe:free-blocks
        default String pairBits(int order) { return ""; }                   // observe:pair-bits, '0' or '1' for each pair
        default byte[] read(long frame) { return new byte[0]; }             // payload: the bytes of a granted frame
        default void write(long frame, byte value) {}                       // payload: all of them
        default boolean resize(long pages) { return false; }                // resize: [base, base + pages)
        default Long allocateIn(int order, long low, long end) { return null; }  // range: a block within [low, end)
        default Long allocateFrames(long frames, long align) { return null; }    // sized: that many, from a multiple of align
        default void freeFrames(long frame, long frames) {}                      // sized: frees what that granted
        default void freeAll(List<Block> blocks) {}                              // bulk: frees several blocks at once
    }

    public interface Open { Allocator open(Arena arena) throws Unsupported, Failed; }

    /** An allocator, what it is held to, and which of the optional methods it has. */
    public record Harness(String name, String revision, List<String> claims, List<String> features, Open open) {
        /** Answers until the judge says goodbye or is gone. */
        public void serve() throws IOException {
            Oracle oracle = new Oracle(this);
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            OutputStream out = System.out;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.write(oracle.reply(line).getBytes(StandardCharsets.UTF_8));
                out.flush();
                if (line.contains(",\"bye\":")) return;
            }
        }
    }

    /** What an allocation was granted; frames is the number of frames of a sized one, or 0. */
    private static final class Slot {
        long frame, frames;
        int order;
        byte tag;
        boolean held;
    }

    private final Harness harness;
    private Allocator allocator;
    private int orders;
    private final List<Slot> slots = new ArrayList<>();
    private final Map<Long, Slot> holder = new HashMap<>(); // which slot holds a frame, until it is freed

    private Oracle(Harness harness) { this.harness = harness; }

    private static String quoted(String text) {
        return '"' + text.replaceAll("\\p{Cntrl}", " ").replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static <T> String listed(List<T> list) {
        return list.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
    }

    private static final Pattern DIGITS = Pattern.compile("\\d+");

    /** The numbers of a text, in their order, whatever stands between them; at least so many, the rest 0. */
    private static long[] numbers(String text, int least) {
        LongStream found = DIGITS.matcher(text).results().mapToLong(digits -> Long.parseLong(digits.group()));
        long[] all = found.toArray();
        return all.length < least ? Arrays.copyOf(all, least) : all;
    }

    /** The memory of a slot's block holds the tag that it was given. */
    private void check(Slot slot) {
        for (long at = slot.frame; at < slot.frame + (slot.frames > 0 ? slot.frames : 1L << slot.order); at++)
            for (byte value : allocator.read(at))
                if (value != slot.tag) throw new Wrong("payload", "frame " + at + " of the block at frame " + slot.frame);
    }

    /** Carries out an allocation. It counts as a slot, whatever comes of it. */
    private String allocate(int order, long frames, Supplier<Long> grant) {
        Slot slot = new Slot();
        slot.order = order;
        slot.frames = frames;
        slot.tag = (byte) (slots.size() % 251 + 1);
        slots.add(slot);
        Long frame = grant.get();
        if (frame == null) return "-";
        slot.frame = frame;
        slot.held = true;
        holder.put(frame, slot);
        if (harness.features().contains("payload"))
            for (long n = 0; n < (frames > 0 ? frames : 1L << order); n++) allocator.write(frame + n, slot.tag);
        return frame.toString();
    }

    private String free(long frame, int order) {
        Slot slot = holder.get(frame);
        if (slot != null && slot.order == order && harness.features().contains("payload")) check(slot);
        if (slot != null && slot.frames > 0) allocator.freeFrames(frame, slot.frames);
        else allocator.free(frame, order);
        if (slot != null) slot.held = false;
        holder.remove(frame);
        return ".";
    }

    /** Frees at once the blocks of those of some slots that hold one. */
    private String freeAll(long[] wanted) {
        List<Slot> held = LongStream.of(wanted).filter(n -> n < slots.size()).mapToObj(n -> slots.get((int) n))
            .filter(slot -> slot.held && slot.frames == 0).toList();
        if (harness.features().contains("payload")) held.forEach(this::check);
        if (!held.isEmpty()) allocator.freeAll(held.stream().map(slot -> new Block(slot.frame, slot.order)).toList());
        for (Slot slot : held) {
            slot.held = false;
            holder.remove(slot.frame);
        }
        return ".";
    }

    private String operation(String word) {
        if (word.charAt(0) == 'b') return freeAll(numbers(word, 0));
        long[] n = numbers(word, 3);
        int order = (int) Math.min(n[0], 65535);
        return switch (word.charAt(0)) {
            case 'a' -> allocate(order, 0, () -> allocator.allocate(order));
            case 'r' -> allocate(order, 0, () -> allocator.allocateIn(order, n[1], n[2]));
            case 'A' -> allocate(0, n[0], () -> allocator.allocateFrames(n[0], n[1]));
            case 'z' -> allocator.resize(n[0]) ? "." : "-";
            case 'F' -> free(n[0], (int) Math.min(n[1], 65535));
            case 'f' -> { // a slot that holds nothing is no mistake: shortening a case leaves such behind
                Slot slot = n[0] < slots.size() ? slots.get((int) n[0]) : null;
                yield slot != null && slot.held ? free(slot.frame, slot.order) : ".";
            }
            default -> "-"; // not done, like any operation of a later day: the judge sends only what is declared
        };
    }

    private String run(String script) {
        List<String> results = new ArrayList<>(), detail = new ArrayList<>();
        for (String word : script.split(" ")) {
            try {
                results.add(operation(word));
            } catch (Wrong wrong) {
                detail.add("\"" + results.size() + "\":" + quoted(String.valueOf(wrong.getMessage())));
                results.add("!" + wrong.kind);
            }
        }
        return "\"ran\":\"" + String.join(" ", results) + "\",\"detail\":{" + String.join(",", detail) + "}";
    }

    private String init(String line) {
        long[] n = numbers(line.substring(line.indexOf("\"base\"")), 3);
        List<long[]> reserved = new ArrayList<>();
        for (int at = 3; at + 1 < n.length; at += 2) reserved.add(new long[] {n[at], n[at + 1]});
        orders = (int) n[2];
        allocator = null;
        slots.clear();
        holder.clear();
        try {
            allocator = harness.open().open(new Arena(n[0], n[1], orders, reserved));
        } catch (Unsupported why) {
            return "\"unsupported\":" + quoted(why.getMessage());
        } catch (Failed why) {
            return "\"failed\":" + quoted(why.getMessage());
        }
        List<long[]> usable = allocator.usable();
        if (allocator.probe()) return "\"ready\":{\"usable\":\"probe\"}";
        return "\"ready\":{" + (usable == null ? "" : "\"usable\":" + listed(usable.stream().map(Arrays::toString).toList())) + "}";
    }

    private String perOrder(int orders, IntFunction<String> view) {
        return listed(IntStream.range(0, orders).mapToObj(view).toList());
    }

    private String observe(String line) {
        Map<String, Supplier<String>> views = Map.of(
            "free-count", () -> Long.toString(allocator.freeCount()),
            "free-blocks", () -> perOrder(orders, order -> listed(allocator.freeList(order).stream().sorted().toList())),
            "free-lists", () -> perOrder(orders, order -> listed(allocator.freeList(order))),
            "pair-bits", () -> perOrder(orders - 1, order -> quoted(allocator.pairBits(order))));
        List<String> asked = views.keySet().stream().filter(name -> line.contains(quoted(name)))
            .map(name -> quoted(name) + ":" + views.get(name).get()).toList();
        return "\"observed\":{" + String.join(",", asked) + "}";
    }

    private String hello(String line) {
        long[] versions = numbers(line.substring(line.indexOf("\"versions\"")), 0);
        if (LongStream.of(versions).noneMatch(version -> version == 1)) return "\"refuse\":\"only version 1 is spoken here\"";
        return "\"hello\":{\"version\":1,\"name\":" + quoted(harness.name()) + ",\"revision\":" + quoted(harness.revision())
            + ",\"language\":\"Java\",\"claims\":" + listed(harness.claims().stream().map(Oracle::quoted).toList())
            + ",\"features\":" + listed(harness.features().stream().map(Oracle::quoted).toList())
            + ",\"maxBatch\":1000,\"maxLine\":1048576}";
    }

    private String reply(String line) {
        Matcher request = Pattern.compile("\\{\"id\":(\\d+),\"(\\w+)\":").matcher(line);
        if (!request.lookingAt()) throw new IllegalArgumentException("not a request: " + line);
        String asked = request.group(2);
        String said = switch (allocator == null && (asked.equals("run") || asked.equals("observe")) ? "unknown" : asked) {
            case "run" -> run(line.substring(request.end() + 1, line.lastIndexOf('"')));
            case "observe" -> observe(line);
            case "init" -> line.contains("\"base\"") ? init(line) : "\"unknown\":true";
            case "hello" -> hello(line);
            case "bye" -> "\"bye\":true";
            default -> "\"unknown\":true";
        };
        return "{\"id\":" + request.group(1) + "," + said + "}\n";
    }
}
