// oracle_arena.hpp is the second half of oracle.hpp, which includes it: one arena, what was granted of it, and how
// operations are carried out.
#pragma once
#include <map>
#include <numeric>
#include "oracle.hpp"

namespace oracle {
class Opened {
    struct Held { Block block; std::int64_t frames; }; // what was granted; frames: of a sized one, or 0
    const unsigned orders;
    const bool tagged;
    std::int64_t allocations = 0; // those that were refused count too
    using Slots = std::map<std::int64_t, Held>;
    Slots slots{}; // by number, as long as they hold something

    // Fills the memory of what a slot holds with a tag of its own, or checks that it is there still.
    void tag(std::int64_t number, bool fill)
    {
        const auto mark = static_cast<std::uint32_t>(number + 1) * UINT32_C(0x9E3779B1);
        const auto [block, frames] = slots.at(number);
        for (std::int64_t n = 0; tagged && n < (frames ? frames : std::int64_t{1} << block.order); n++) {
            const auto [bytes, size] = allocator->memory(block.frame + n);
            for (std::size_t i = 0; i < size; i++) {
                const auto wanted = static_cast<unsigned char>(mark >> 8 * (i % 4));
                if (!fill && bytes[i] != wanted)
                    throw Error{"payload", "the block at frame " + std::to_string(block.frame)};
                bytes[i] = wanted;
            }
        }
    }

    template <typename Grant> std::string allocate(unsigned order, std::int64_t frames, Grant grant)
    {
        const std::int64_t number = allocations++; // whatever comes of it
        const Frame frame = grant();
        if (!frame) return "-";
        slots[number] = {{*frame, order}, frames};
        tag(number, true);
        return std::to_string(*frame);
    }

    // Frees a block; the slot that holds it, if one does, then holds nothing.
    std::string release(Slots::iterator slot, const Block block)
    {
        if (slot != slots.end() && slot->second.block.order == block.order) tag(slot->first, false);
        if (slot != slots.end() && slot->second.frames) allocator->free_frames(block.frame, slot->second.frames);
        else allocator->free(block.frame, block.order);
        if (slot != slots.end()) slots.erase(slot);
        return ".";
    }

    Slots::iterator holder(std::int64_t frame)
    {
        return std::find_if(slots.begin(), slots.end(), [&](auto &slot) { return slot.second.block.frame == frame; });
    }

    // Frees at once the blocks of those of some slots that hold one.
    std::string release_all(std::vector<std::int64_t> wanted)
    {
        const auto none = [&](auto number) { return !slots.count(number) || slots[number].frames; };
        wanted.erase(std::remove_if(wanted.begin(), wanted.end(), none), wanted.end());
        std::vector<Block> blocks;
        for (const auto number : wanted) {
            tag(number, false);
            blocks.push_back(slots[number].block);
        }
        if (!blocks.empty()) allocator->free_all(blocks);
        for (const auto number : wanted) slots.erase(number);
        return ".";
    }

    std::string operation(const std::string &word)
    {
        const auto given = numbers(word);
        auto n = given;
        n.resize(3);
        const auto order = static_cast<unsigned>(std::min<std::int64_t>(n[word[0] == 'F'], 65535));
        switch (word[0]) {
        case 'a': return allocate(order, 0, [&] { return allocator->allocate(order); });
        case 'r': return allocate(order, 0, [&] { return allocator->allocate_in(order, n[1], n[2]); });
        case 'A': return allocate(0, n[0], [&] { return allocator->allocate_frames(n[0], n[1]); });
        case 'z': return allocator->resize(n[0]) ? "." : "-";
        case 'b': return release_all(given);
        case 'F': return release(holder(n[0]), {n[0], order});
        // A slot that holds nothing is no mistake: shortening a case leaves such behind.
        case 'f': return slots.count(n[0]) ? release(slots.find(n[0]), slots[n[0]].block) : ".";
        default: return "-"; // not done, like any operation of a later day: the judge sends only what is declared
        }
    }

public:
    const std::unique_ptr<Allocator> allocator;

    Opened(std::unique_ptr<Allocator> of, unsigned count, const std::vector<std::string> &features)
        : orders(count), tagged(std::count(features.begin(), features.end(), "payload")), allocator(std::move(of)) {}

    std::string run(const std::string &script)
    {
        std::string ran, detail;
        std::istringstream words(script);
        int at = 0;
        for (std::string word; words >> word; at++) {
            ran += at ? " " : "";
            try {
                ran += operation(word);
            } catch (const Error &error) {
                ran += "!" + error.kind;
                if (error.detail.empty()) continue;
                detail += (detail.empty() ? "\"" : ",\"") + std::to_string(at) + "\":" + quoted(error.detail);
            }
        }
        return R"("ran":")" + ran + R"(","detail":{)" + detail + "}";
    }

    std::string view(const std::string &name)
    {
        if (name == "free-count") return quoted(name) + ":" + std::to_string(allocator->free_count());
        std::vector<unsigned> rows(name == "pair-bits" ? orders - 1 : orders);
        std::iota(rows.begin(), rows.end(), 0);
        return quoted(name) + ":[" + joined(rows, [&](unsigned order) {
            if (name == "pair-bits") return quoted(allocator->pair_bits(order));
            auto frames = allocator->free_list(order);
            if (name == "free-blocks") std::sort(frames.begin(), frames.end());
            return "[" + joined(frames, [](std::int64_t frame) { return std::to_string(frame); }) + "]";
        }) + "]";
    }
};
} // namespace oracle
