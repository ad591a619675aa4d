package example;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A buddy system whose free blocks are kept in sets: small, and a pattern for an allocator of yours. Blocks are counted from 0. */
public final class Buddy {
    public static final int FRAME_BYTES = 16;

    private long pages;
    private final List<TreeSet<Long>> blocks = new ArrayList<>(); // the free blocks of each order
    private final TreeMap<Long, Long> size = new TreeMap<>();     // frames of each outstanding block
    private final Set<Long> freed = new HashSet<>();              // frames that headed a block which was freed
    private final Set<Long> reserved;
    private final byte[] bytes;

    /** All frames are free but the reserved ones. */
    public Buddy(long pages, int orders, Set<Long> reserved) {
        this.pages = pages;
        this.reserved = reserved;
        bytes = new byte[(int) pages * FRAME_BYTES];
        for (int order = 0; order < orders; order++) blocks.add(new TreeSet<>());
        giveSingly(0, pages);
    }

    /** Makes a block free; it joins its buddy as long as that is free too. */
    private void give(long block, int of) {
        long at = block;
        int order = of;
        for (; order < blocks.size() - 1 && blocks.get(order).remove(at ^ 1L << order); order++) at &= ~(1L << order);
        blocks.get(order).add(at);
    }

    private void giveSingly(long first, long end) {
        for (long at = first; at < end; at++) if (!reserved.contains(at)) give(at, 0);
    }

    /** Takes a block out of a larger free one; what is left of that stays free. */
    private long carve(long at, int order, long from, int larger) {
        long block = from;
        blocks.get(larger).remove(block);
        for (int half = larger - 1; half >= order; half--) {
            long upper = block + (1L << half);
            blocks.get(half).add(at >= upper ? block : upper);
            if (at >= upper) block = upper;
        }
        return at;
    }

    private long drop(long at) {
        freed.add(at);
        return size.remove(at);
    }

    private Long take(int order, long frames) {
        for (int larger = order; larger < blocks.size(); larger++) {
            if (blocks.get(larger).isEmpty()) continue;
            long block = blocks.get(larger).first();
            size.put(block, frames);
            return carve(block, order, block, larger);
        }
        return null;
    }

    public Long allocate(int order) { return take(order, 1L << order); }

    public void free(long at, int order) {
        drop(at);
        give(at, order);
    }

    /** Returns what misuse it would be to free a block; null if it is legal. */
    public String misuse(long at, int order) {
        if (order >= blocks.size() || at < 0 || at + (1L << order) > pages) return "out-of-range";
        if (size.containsKey(at)) return size.get(at) == 1L << order ? null : "wrong-order";
        if (at % (1L << order) != 0) return "misaligned";
        Map.Entry<Long, Long> before = size.floorEntry(at);
        if (before != null && before.getKey() + before.getValue() > at) return "inner-page";
        return freed.contains(at) ? "double-free" : "never-allocated";
    }

    /** Returns a block within [low, end), or null. */
    public Long allocateIn(int order, long low, long end) {
        long wanted = 1L << order;
        for (int larger = order; larger < blocks.size(); larger++) {
            for (long block : blocks.get(larger)) {
                long at = (Math.max(block, low) + wanted - 1) / wanted * wanted;
                if (at + wanted > Math.min(block + (1L << larger), end)) continue;
                size.put(at, wanted);
                return carve(at, order, block, larger);
            }
        }
        return null;
    }

    /** Returns that many frames, or null; the rest of the block is given back. */
    public Long allocateFrames(long frames, long align) {
        int order = 64 - Long.numberOfLeadingZeros(Math.max(frames, align) - 1);
        Long at = take(order, frames);
        if (at != null) giveSingly(at + frames, at + (1L << order));
        return at;
    }

    public void freeFrames(long at) {
        long end = at + drop(at);
        giveSingly(at, end);
    }

    public boolean resize(long wanted) {
        if (!size.isEmpty() && size.lastKey() + size.lastEntry().getValue() > wanted) return false;
        if (reserved.stream().anyMatch(at -> at >= wanted)) return false;
        List<Long> cut = new ArrayList<>();
        for (int order = 0; order < blocks.size(); order++) {
            TreeSet<Long> list = blocks.get(order);
            while (!list.isEmpty() && list.last() + (1L << order) > wanted) cut.add(list.pollLast());
        }
        for (long at : cut) giveSingly(at, wanted);
        giveSingly(pages, wanted);
        pages = wanted;
        return true;
    }

    public long freeCount() {
        long count = 0;
        for (int order = 0; order < blocks.size(); order++) count += (long) blocks.get(order).size() << order;
        return count;
    }

    public Set<Long> freeBlocks(int order) { return blocks.get(order); }

    public String pairBits(int order) {
        StringBuilder bits = new StringBuilder();
        for (long at = 0; at < pages; at += 2L << order)
            bits.append(blocks.get(order).contains(at) != blocks.get(order).contains(at + (1L << order)) ? '1' : '0');
        return bits.toString();
    }

    public byte[] read(long at) { return Arrays.copyOfRange(bytes, (int) at * FRAME_BYTES, ((int) at + 1) * FRAME_BYTES); }

    public void write(long at, byte value) { Arrays.fill(bytes, (int) at * FRAME_BYTES, ((int) at + 1) * FRAME_BYTES, value); }
}
