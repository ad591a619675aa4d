// oracle.hpp attaches a page allocator written in C++17 to buddy-oracle, the judge: derive from oracle::Allocator, hand an
// oracle::Harness to oracle::serve() in main, and run  npx buddy-oracle check -- ./your-program
//
// Never print on stdout, it belongs to the replies; stderr is yours and ends up in the report. Let assertions abort, and
// throw what is no oracle::Error only to crash: a crash is a verdict. One process serves thousands of arenas.
#pragma once
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <algorithm>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace oracle {

// ---- What you write. Frames are page frame numbers, base included; never byte addresses. ------------------------------
struct Run { std::int64_t first, count; };
struct Block { std::int64_t frame; unsigned order; };
using Frame = std::optional<std::int64_t>; // none: the request is refused
using Runs = std::vector<Run>;

// The frames [base, base + pages), in blocks of the orders 0 to orders - 1; the reserved ones are never to be handed out.
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
    virtual std::int64_t free_count() { return 0; }                            // observe:free-count
    virtual std::vector<std::int64_t> free_list(unsigned) { return {}; }       // observe:free-lists, observe:free-blocks
    virtual std::string pair_bits(unsigned) { return ""; }                     // observe:pair-bits: '0' or '1' for each pair
    virtual std::pair<unsigned char *, std::size_t> memory(std::int64_t) { return {}; } // payload: a granted frame's bytes
    virtual bool resize(std::int64_t) { return false; }                        // resize: [base, base + pages)
    virtual Frame allocate_in(unsigned, std::int64_t, std::int64_t) { return {}; }      // range: within [low, end)
    virtual Frame allocate_frames(std::int64_t, std::int64_t) { return {}; }   // sized: that many, a multiple of align
    virtual void free_frames(std::int64_t, std::int64_t) {}                    // sized: frees what that granted
    virtual void free_all(const std::vector<Block> &) {}                       // bulk: frees several blocks at once
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

template <typename List, typename Show> std::string listed(const List &list, Show show)
{
    std::string all;
    for (const auto &one : list) all += (all.empty() ? "" : ",") + show(one);
    return "[" + all + "]";
}

// The numbers of a text, in their order, whatever stands between them.
inline std::vector<std::int64_t> numbers(const std::string &text, std::size_t from = 0)
{
    std::vector<std::int64_t> all;
    for (; (from = text.find_first_of("0123456789", from)) != std::string::npos; from = text.find_first_not_of("0123456789", from))
        all.push_back(std::strtoll(text.c_str() + from, nullptr, 10));
    return all;
}

// The texts in quotes after the first bracket.
inline std::vector<std::string> scripts(const std::string &line)
{
    std::vector<std::string> all;
    for (std::size_t from = line.find('[') + 1, end; line[from] == '"'; from = end + 2) {
        end = line.find('"', from + 1);
        all.push_back(line.substr(from + 1, end - from - 1));
    }
    return all;
}

class Conversation {
    // What an allocation was granted; frames: of a sized one, or 0.
    struct Slot { std::int64_t frame, frames; unsigned order; bool held; };
    const Harness &harness;
    std::unique_ptr<Allocator> allocator;
    unsigned orders = 0;
    std::vector<Slot> slots;
    std::map<std::int64_t, std::size_t> holder; // which slot holds a frame, until it is freed
    bool tagged = false;

    // Fills the memory of a slot's block with a tag of its own, or checks that it is there still.
    void tag(std::size_t number, bool fill)
    {
        const Slot slot = slots[number];
        const auto mark = static_cast<std::uint32_t>(number + 1) * UINT32_C(0x9E3779B1);
        for (std::int64_t n = 0; n < (slot.frames ? slot.frames : std::int64_t{1} << slot.order); n++) {
            auto [bytes, size] = allocator->memory(slot.frame + n);
            for (std::size_t i = 0; i < size; i++) {
                const auto wanted = static_cast<unsigned char>(mark >> 8 * (i % 4));
                if (fill) bytes[i] = wanted;
                else if (bytes[i] != wanted) throw Error{"payload", "the block at frame " + std::to_string(slot.frame)};
            }
        }
    }

    // It counts as a slot, whatever comes of it.
    template <typename Grant> std::string allocate(unsigned order, std::int64_t frames, Grant grant)
    {
        slots.push_back({0, frames, order, false});
        const Frame frame = grant();
        if (!frame) return "-";
        slots.back().frame = *frame, slots.back().held = true;
        holder[*frame] = slots.size() - 1;
        if (tagged) tag(slots.size() - 1, true);
        return std::to_string(*frame);
    }

    std::string release(std::int64_t frame, unsigned order)
    {
        const auto found = holder.find(frame);
        Slot *slot = found == holder.end() ? nullptr : &slots[found->second];
        if (slot && tagged && slot->order == order) tag(found->second, false);
        if (slot && slot->frames) allocator->free_frames(frame, slot->frames);
        else allocator->free(frame, order);
        if (slot) slot->held = false, holder.erase(frame);
        return ".";
    }

    // Frees at once the blocks of those of some slots that hold one.
    std::string release_all(const std::vector<std::int64_t> &wanted)
    {
        std::vector<Block> blocks;
        for (const std::int64_t n : wanted) {
            if (n >= static_cast<std::int64_t>(slots.size()) || !slots[n].held || slots[n].frames) continue;
            if (tagged) tag(n, false);
            blocks.push_back({slots[n].frame, slots[n].order});
        }
        if (!blocks.empty()) allocator->free_all(blocks);
        for (const Block &block : blocks) slots[holder[block.frame]].held = false, holder.erase(block.frame);
        return ".";
    }

    std::string operation(const std::string &word)
    {
        auto n = numbers(word);
        if (word[0] == 'b') return release_all(n);
        n.resize(3);
        const auto order = static_cast<unsigned>(std::min<std::int64_t>(n[0], 65535));
        switch (word[0]) {
        case 'a': return allocate(order, 0, [&] { return allocator->allocate(order); });
        case 'r': return allocate(order, 0, [&] { return allocator->allocate_in(order, n[1], n[2]); });
        case 'A': return allocate(0, n[0], [&] { return allocator->allocate_frames(n[0], n[1]); });
        case 'z': return allocator->resize(n[0]) ? "." : "-";
        case 'F': return release(n[0], static_cast<unsigned>(std::min<std::int64_t>(n[1], 65535)));
        case 'f': // a slot that holds nothing is no mistake: shortening a case leaves such behind
            if (n[0] >= static_cast<std::int64_t>(slots.size()) || !slots[n[0]].held) return ".";
            return release(slots[n[0]].frame, slots[n[0]].order);
        default: return "-"; // not done, like any operation of a later day: the judge sends only what is declared
        }
    }

    std::string run(const std::string &script)
    {
        std::string ran, detail;
        for (std::size_t at = 0, from = 0, end; from < script.size(); at++, from = end + 1) {
            end = std::min(script.find(' ', from), script.size());
            if (at) ran += ' ';
            try {
                ran += operation(script.substr(from, end - from));
            } catch (const Error &error) {
                ran += "!" + error.kind;
                if (!error.detail.empty()) detail += (detail.empty() ? "\"" : ",\"") + std::to_string(at) + "\":" + quoted(error.detail);
            }
        }
        return "\"ran\":\"" + ran + "\"" + (detail.empty() ? "" : ",\"detail\":{" + detail + "}");
    }

    std::string init(const std::string &line)
    {
        const auto n = numbers(line, line.find("\"base\""));
        Arena arena{n[0], n[1], static_cast<unsigned>(n[2]), {}};
        for (std::size_t i = 3; i + 1 < n.size(); i += 2) arena.reserved.push_back({n[i], n[i + 1]});
        orders = arena.orders, slots.clear(), holder.clear();
        try {
            allocator = nullptr, allocator = harness.open(arena);
        } catch (const Unsupported &why) {
            return "\"unsupported\":" + quoted(why.what());
        } catch (const Failed &why) {
            return "\"failed\":" + quoted(why.what());
        }
        if (allocator->probe()) return "\"ready\":{\"usable\":\"probe\"}";
        const auto usable = allocator->usable();
        const auto pair = [](const Run &run) { return "[" + std::to_string(run.first) + "," + std::to_string(run.count) + "]"; };
        return usable ? "\"ready\":{\"usable\":" + listed(*usable, pair) + "}" : "\"ready\":{}";
    }

    std::string observe(const std::string &line)
    {
        std::vector<unsigned> all;
        for (unsigned order = 0; order < orders; order++) all.push_back(order);
        const auto blocks = [&](bool sorted) {
            return listed(all, [&, sorted](unsigned order) {
                auto list = allocator->free_list(order);
                if (sorted) std::sort(list.begin(), list.end());
                return listed(list, [](std::int64_t frame) { return std::to_string(frame); });
            });
        };
        std::vector<std::string> views;
        if (line.find("\"free-count\"") != std::string::npos) views.push_back("\"free-count\":" + std::to_string(allocator->free_count()));
        if (line.find("\"free-blocks\"") != std::string::npos) views.push_back("\"free-blocks\":" + blocks(true));
        if (line.find("\"free-lists\"") != std::string::npos) views.push_back("\"free-lists\":" + blocks(false));
        all.pop_back();
        if (line.find("\"pair-bits\"") != std::string::npos)
            views.push_back("\"pair-bits\":" + listed(all, [&](unsigned order) { return quoted(allocator->pair_bits(order)); }));
        std::string members = listed(views, [](const std::string &view) { return view; });
        return "\"observed\":{" + members.substr(1, members.size() - 2) + "}";
    }

    std::string hello(const std::string &line) const
    {
        const auto versions = numbers(line, line.find("\"versions\""));
        if (std::find(versions.begin(), versions.end(), 1) == versions.end()) return "\"refuse\":\"only version 1 is spoken here\"";
        return "\"hello\":{\"version\":1,\"name\":" + quoted(harness.name) + ",\"revision\":" + quoted(harness.revision) +
               ",\"language\":\"C++\",\"claims\":" + listed(harness.claims, quoted) + ",\"features\":" +
               listed(harness.features, quoted) + ",\"maxBatch\":1000,\"maxLine\":1048576}";
    }

public:
    explicit Conversation(const Harness &of) : harness(of)
    {
        tagged = std::find(of.features.begin(), of.features.end(), "payload") != of.features.end();
    }

    std::string reply(const std::string &line)
    {
        const auto has = [&](const char *key) { return line.find(key) != std::string::npos; };
        std::string said = "\"unknown\":true";
        if (has(",\"run\":\"") && allocator) said = run(line.substr(line.find(":\"") + 2, line.rfind('"') - line.find(":\"") - 2));
        else if (has(",\"observe\":") && allocator) said = observe(line);
        else if (has(",\"threads\":[") && allocator) said = allocator->threads(scripts(line));
        else if (has(",\"init\":{\"base\"")) said = init(line);
        else if (has(",\"hello\":")) said = hello(line);
        else if (has(",\"bye\":")) said = "\"bye\":true";
        return "{\"id\":" + std::to_string(numbers(line)[0]) + "," + said + "}\n";
    }
};

inline int serve(const Harness &harness)
{
    std::ios::sync_with_stdio(false);
    Conversation conversation(harness);
    for (std::string line; std::getline(std::cin, line) && !std::cin.eof();) {
        if (!(std::cout << conversation.reply(line) << std::flush)) return EXIT_FAILURE;
        if (line.find(",\"bye\":") != std::string::npos) break;
    }
    return EXIT_SUCCESS; // after the end of input too: the judge is gone, and nobody is left to tell
}

} // namespace oracle
