// A buddy system whose free blocks are kept in sets: small, and a pattern for an allocator of yours.
#pragma once
#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

// Blocks are counted from 0. It is told which frames are free at first.
class Buddy {
public:
    using Index = std::int64_t;
    static constexpr Index FRAME_BYTES = 16;

    Buddy(Index pages, unsigned orders) : pages(pages), blocks(orders), freed(pages), reserved(pages), bytes(pages * FRAME_BYTES) {}

    void reserve(Index frame) { reserved[frame] = true; }

    // Makes single frames free, unless they are reserved.
    void give_singly(Index first, Index end)
    {
        for (Index at = first; at < end; at++)
            if (!reserved[at]) give(at, 0);
    }

    std::optional<Index> allocate(unsigned order)
    {
        return order < blocks.size() ? take(order, Index{1} << order) : std::nullopt; // C++ must not shift by 64
    }

    // That many frames; the rest of the block is given back.
    std::optional<Index> allocate_frames(Index frames, Index align)
    {
        unsigned order = 0;
        while ((Index{1} << order) < frames || (Index{1} << order) < align) order++;
        const auto at = take(order, frames);
        if (at) give_singly(*at + frames, *at + (Index{1} << order));
        return at;
    }

    std::optional<Index> allocate_in(unsigned order, Index low, Index end)
    {
        const Index size = Index{1} << order;
        for (unsigned larger = order; larger < blocks.size(); larger++)
            for (Index block : blocks[larger]) {
                const Index at = (std::max(block, low) + size - 1) / size * size;
                if (at + size <= std::min(block + (Index{1} << larger), end)) return hold(carve(at, order, block, larger), size);
            }
        return std::nullopt;
    }

    // What misuse it would be to free a block; none: it is legal.
    const char *misuse(Index at, unsigned order) const
    {
        if (order >= blocks.size() || order > 40 || at < 0 || at + (Index{1} << order) > pages) return "out-of-range";
        const auto held = sizes.find(at);
        if (held != sizes.end()) return held->second == Index{1} << order ? nullptr : "wrong-order";
        if (at % (Index{1} << order) != 0) return "misaligned";
        const auto next = sizes.upper_bound(at);
        if (next != sizes.begin() && std::prev(next)->first + std::prev(next)->second > at) return "inner-page";
        return freed[at] ? "double-free" : "never-allocated";
    }

    void free(Index at, unsigned order)
    {
        drop(at);
        give(at, order);
    }

    void free_frames(Index at) { give_singly(at, at + drop(at)); }

    bool resize(Index wanted)
    {
        if (!sizes.empty() && sizes.rbegin()->first + sizes.rbegin()->second > wanted) return false;
        for (Index at = wanted; at < pages; at++)
            if (reserved[at]) return false;
        std::vector<Index> cut;
        for (unsigned order = 0; order < blocks.size(); order++)
            while (!blocks[order].empty() && *blocks[order].rbegin() + (Index{1} << order) > wanted) {
                cut.push_back(*blocks[order].rbegin());
                blocks[order].erase(cut.back());
            }
        for (Index at : cut) give_singly(at, wanted);
        give_singly(pages, wanted);
        pages = wanted;
        return true;
    }

    Index free_count() const
    {
        Index count = 0;
        for (unsigned order = 0; order < blocks.size(); order++) count += static_cast<Index>(blocks[order].size()) << order;
        return count;
    }

    const std::set<Index> &free_blocks(unsigned order) const { return blocks[order]; }

    std::string pair_bits(unsigned order) const
    {
        std::string bits;
        for (Index at = 0; at < pages; at += Index{2} << order)
            bits += blocks[order].count(at) != blocks[order].count(at + (Index{1} << order)) ? '1' : '0';
        return bits;
    }

    unsigned char *memory(Index at) { return &bytes[at * FRAME_BYTES]; }

private:
    Index pages;
    std::vector<std::set<Index>> blocks; // the free blocks of each order
    std::map<Index, Index> sizes;        // frames of each outstanding block
    std::vector<bool> freed, reserved;   // frames that headed a block which was freed; frames never to hand out
    std::vector<unsigned char> bytes;

    // Makes a block free; it joins its buddy as long as that is free too.
    void give(Index at, unsigned order)
    {
        for (; order + 1 < blocks.size() && blocks[order].erase(at ^ (Index{1} << order)); order++) at &= ~(Index{1} << order);
        blocks[order].insert(at);
    }

    // Takes a block, and holds that many frames of it.
    std::optional<Index> take(unsigned order, Index frames)
    {
        for (unsigned from = order; from < blocks.size(); from++)
            if (!blocks[from].empty()) return hold(carve(*blocks[from].begin(), order, *blocks[from].begin(), from), frames);
        return std::nullopt;
    }

    // Takes a block out of a larger free one; what is left of that stays free.
    Index carve(Index at, unsigned order, Index block, unsigned larger)
    {
        blocks[larger].erase(block);
        while (larger > order) {
            const Index upper = block + (Index{1} << --larger);
            blocks[larger].insert(at >= upper ? block : upper);
            if (at >= upper) block = upper;
        }
        return at;
    }

    Index hold(Index at, Index frames)
    {
        sizes[at] = frames;
        return at;
    }

    Index drop(Index at)
    {
        const Index frames = sizes[at];
        sizes.erase(at);
        freed[at] = true;
        return frames;
    }
};
