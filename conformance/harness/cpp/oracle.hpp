// oracle.hpp attaches a page allocator written in C++17 to buddy-oracle, the judge: derive from oracle::Allocator, hand
// an oracle::Harness to oracle::serve() in main, and run  npx buddy-oracle check -- ./your-program
//
// Never print on stdout, it belongs to the replies; stderr is yours and ends up in the report. Let assertions abort,
// and throw what is no oracle::Error only to crash: a crash is a verdict. One process serves thousands of arenas.
#pragma once
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace oracle {
// ---- What you write. Frames are page frame numbers, base included; never byte addresses. ----------------------------
struct Run { std::int64_t first, count; };
struct Block { std::int64_t frame; unsigned order; };
using Frame = std::optional<std::int64_t>; // none: the request is refused
using Runs = std::vector<Run>;

// The frames [base, base + pages), in blocks of the orders 0 to orders - 1; the reserved are never to be handed out.
struct Arena { std::int64_t base, pages; unsigned orders; Runs reserved; };

// What `open` throws if there is no such arena, or if making it went wrong.
struct Unsupported : std::runtime_error { using std::runtime_error::runtime_error; };
struct Failed : std::runtime_error { using std::runtime_error::runtime_error; };

// What an operation throws that was not done: "double-free" or another misuse; "internal", a check of yours that fired;
// "no-frame", a grant that is no frame at all, such as an address inside one. The detail is in your words.
struct Error { std::string kind, detail; };

struct Allocator {
    virtual ~Allocator() = default;
    virtual Frame allocate(unsigned order) = 0; // order may be >= orders: refuse it
    virtual void free(std::int64_t frame, unsigned order) = 0;
    // What can be handed out, if that is not all but the reserved; or let the judge find out which.
    virtual std::optional<Runs> usable() { return std::nullopt; }
    virtual bool probe() { return false; }
    // Each with the feature of that name:
    virtual std::int64_t free_count() { return 0; }                      // observe:free-count
    virtual std::vector<std::int64_t> free_list(unsigned) { return {}; } // observe:free-lists, observe:free-blocks
    virtual std::string pair_bits(unsigned) { return ""; }               // observe:pair-bits: '0' or '1' for each pair
    virtual std::pair<unsigned char *, std::size_t> memory(std::int64_t) { return {}; } // payload: a frame's bytes
    virtual bool resize(std::int64_t) { return false; }                  // resize: [base, base + pages)
    virtual Frame allocate_in(unsigned, std::int64_t, std::int64_t) { return {}; } // range: within [low, end)
    virtual Frame allocate_frames(std::int64_t, std::int64_t) { return {}; } // sized: that many, a multiple of align
    virtual void free_frames(std::int64_t, std::int64_t) {}              // sized: frees what that granted
    virtual void free_all(const std::vector<Block> &) {}                 // bulk: frees several blocks at once
    virtual std::string threads(const std::vector<std::string> &) { return ""; } // threads:N: carry_out, of threads.hpp
};

struct Harness {
    std::string name, revision;
    std::vector<std::string> claims, features; // what you will be held to; which of the optional members are there
    std::function<std::unique_ptr<Allocator>(const Arena &)> open;
};

int serve(const Harness &harness); // until the judge says goodbye or is gone; returns the exit status

// ---- How it works ---------------------------------------------------------------------------------------------------
inline std::string quoted(const std::string &text)
{
    std::string all = "\"";
    for (char c : text) {
        if (c == '"' || c == '\\') all += '\\';
        all += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
    }
    return all + '"';
}

template <typename List, typename Show> std::string joined(const List &list, Show show)
{
    std::string all;
    for (const auto &one : list) all += (all.empty() ? "" : ",") + show(one);
    return all;
}

// All there is to read in a request: its numbers, and its texts in quotes, in their order.
inline std::vector<std::int64_t> numbers(const std::string &text)
{
    std::vector<std::int64_t> all;
    for (const char *at = text.c_str(); *(at += std::strcspn(at, "0123456789")); at += std::strspn(at, "0123456789"))
        all.push_back(std::strtoll(at, nullptr, 10));
    return all;
}
inline std::vector<std::string> texts(const std::string &text)
{
    std::vector<std::string> all;
    std::istringstream parts(text);
    for (std::string one; std::getline(parts, one, '"') && std::getline(parts, one, '"');) all.push_back(one);
    return all;
}

struct Conversation {
    struct Held { std::int64_t frame, frames; unsigned order; }; // what was granted; frames: of a sized one, or 0
    const Harness &harness;
    const bool tagged = std::count(harness.features.begin(), harness.features.end(), "payload") > 0;
    std::unique_ptr<Allocator> allocator{};
    unsigned orders = 0;
    std::int64_t allocations = 0;         // those that were refused count too
    std::map<std::int64_t, Held> slots{}; // by number, as long as they hold something

    // Fills the memory of what a slot holds with a tag of its own, or checks that it is there still.
    void tag(std::int64_t number, bool fill)
    {
        const auto mark = static_cast<std::uint32_t>(number + 1) * UINT32_C(0x9E3779B1);
        const auto [frame, frames, order] = slots[number];
        for (std::int64_t n = 0; tagged && n < (frames ? frames : std::int64_t{1} << order); n++) {
            const auto [bytes, size] = allocator->memory(frame + n);
            for (std::size_t i = 0; i < size; i++) {
                const auto wanted = static_cast<unsigned char>(mark >> 8 * (i % 4));
                if (!fill && bytes[i] != wanted) throw Error{"payload", "the block at frame " + std::to_string(frame)};
                bytes[i] = wanted;
            }
        }
    }

    template <typename Grant> std::string allocate(unsigned order, std::int64_t frames, Grant grant)
    {
        const std::int64_t number = allocations++; // whatever comes of it
        const Frame frame = grant();
        if (!frame) return "-";
        slots[number] = {*frame, frames, order};
        tag(number, true);
        return std::to_string(*frame);
    }

    std::string release(std::int64_t frame, unsigned order)
    {
        const auto holds = [&](const auto &slot) { return slot.second.frame == frame; };
        const auto slot = std::find_if(slots.begin(), slots.end(), holds);
        if (slot != slots.end() && slot->second.order == order) tag(slot->first, false);
        if (slot != slots.end() && slot->second.frames) allocator->free_frames(frame, slot->second.frames);
        else allocator->free(frame, order);
        if (slot != slots.end()) slots.erase(slot);
        return ".";
    }

    // Frees at once the blocks of those of some slots that hold one.
    std::string release_all(const std::vector<std::int64_t> &wanted)
    {
        std::vector<Block> blocks;
        for (const auto number : wanted) {
            const auto slot = slots.find(number);
            if (slot == slots.end() || slot->second.frames) continue;
            tag(number, false);
            blocks.push_back({slot->second.frame, slot->second.order});
        }
        if (!blocks.empty()) allocator->free_all(blocks);
        for (const auto number : wanted) if (slots.count(number) && !slots[number].frames) slots.erase(number);
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
        case 'F': return release(n[0], order);
        // A slot that holds nothing is no mistake: shortening a case leaves such behind.
        case 'f': return slots.count(n[0]) ? release(slots[n[0]].frame, slots[n[0]].order) : ".";
        default: return "-"; // not done, like any operation of a later day: the judge sends only what is declared
        }
    }

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

    std::string init(const std::vector<std::int64_t> &n)
    try {
        Arena arena{n.at(1), n.at(2), orders = static_cast<unsigned>(n.at(3)), {}};
        for (std::size_t i = 4; i + 1 < n.size(); i += 2) arena.reserved.push_back({n[i], n[i + 1]});
        slots.clear(), allocations = 0;
        allocator = nullptr, allocator = harness.open(arena);
        const auto usable = allocator->usable();
        const auto pair = [](Run of) { return "[" + std::to_string(of.first) + "," + std::to_string(of.count) + "]"; };
        if (allocator->probe()) return R"("ready":{"usable":"probe"})";
        return usable ? R"("ready":{"usable":[)" + joined(*usable, pair) + "]}" : R"("ready":{})";
    } catch (const Unsupported &why) {
        return R"("unsupported":)" + quoted(why.what());
    } catch (const Failed &why) {
        return R"("failed":)" + quoted(why.what());
    }

    std::string hello() const
    {
        return R"("hello":{"version":1,"name":)" + quoted(harness.name) + R"(,"revision":)" + quoted(harness.revision) +
               R"(,"language":"C++","maxBatch":1000,"maxLine":1048576,"claims":[)" + joined(harness.claims, quoted) +
               R"(],"features":[)" + joined(harness.features, quoted) + "]}";
    }

    std::string answer(const std::string &key, const std::vector<std::int64_t> &n, const std::vector<std::string> &said)
    {
        if (key == "hello" && std::count(n.begin() + 1, n.end(), 1)) return hello();
        if (key == "hello") return R"("refuse":"only version 1 is spoken here")";
        if (key == "init" && said.at(0) == "base") return init(n);
        if (key == "run" && allocator) return run(said.at(0));
        if (key == "threads" && allocator) return allocator->threads(said);
        if (key == "observe" && allocator)
            return R"("observed":{)" + joined(said, [&](auto &name) { return view(name); }) + "}";
        return key == "bye" ? R"("bye":true)" : R"("unknown":true)";
    }
};

inline int serve(const Harness &harness)
{
    std::ios::sync_with_stdio(false);
    Conversation conversation{harness};
    for (std::string line, key; key != "bye" && std::getline(std::cin, line) && !std::cin.eof();) {
        const auto n = numbers(line);  // the first is the id
        const auto said = texts(line); // "id", the key, and all in what is asked for
        key = said.at(1);
        const auto reply = conversation.answer(key, n, {said.begin() + 2, said.end()});
        if (!(std::cout << "{\"id\":" << n.at(0) << "," << reply << "}" << std::endl)) return EXIT_FAILURE;
    }
    return EXIT_SUCCESS; // after the end of input too: the judge is gone, and nobody is left to tell
}
} // namespace oracle
