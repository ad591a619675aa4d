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
#include <memory>
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
} // namespace oracle

#include "oracle_arena.hpp" // Opened: one arena, and what was granted of it

namespace oracle {
struct Conversation {
    const Harness &harness;
    std::optional<Opened> arena{};

    std::string init(const std::vector<std::int64_t> &n)
    try {
        Arena wanted{n.at(1), n.at(2), static_cast<unsigned>(n.at(3)), {}};
        for (std::size_t i = 4; i + 1 < n.size(); i += 2) wanted.reserved.push_back({n[i], n[i + 1]});
        arena.reset(); // the one before is forgotten first
        auto allocator = harness.open(wanted);
        const auto usable = allocator->usable();
        const bool probe = allocator->probe();
        arena.emplace(std::move(allocator), wanted.orders, harness.features);
        const auto pair = [](Run of) { return "[" + std::to_string(of.first) + "," + std::to_string(of.count) + "]"; };
        if (probe) return R"("ready":{"usable":"probe"})";
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
        if (key == "run" && arena) return arena->run(said.at(0));
        if (key == "threads" && arena) return arena->allocator->threads(said);
        if (key == "observe" && arena)
            return R"("observed":{)" + joined(said, [&](auto &name) { return arena->view(name); }) + "}";
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
