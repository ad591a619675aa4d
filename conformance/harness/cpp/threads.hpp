// threads.hpp has an allocator used by several threads at once: override threads() with
//
//     std::string threads(const std::vector<std::string> &scripts) override {
//         return oracle::carry_out(*this, scripts);
//     }
//
// add the feature threads:4, or another number from 2 to 64, and build with -pthread. allocate and free are then
// called by all of them, and nothing else is.
#pragma once
#include <atomic>
#include <sstream>
#include <thread>
#include "oracle.hpp"

namespace oracle {

// One script: the operations of one thread, each result with what the counter of all threads said before and after.
class Script {
    struct Granted { Frame frame; unsigned order; };
    Allocator &allocator;
    std::atomic<std::int64_t> &counter;
    std::vector<Granted> slots;

    std::string release(std::int64_t frame, unsigned order) { return allocator.free(frame, order), "."; }

    std::string operation(const std::string &word)
    {
        auto n = numbers(word);
        n.resize(2);
        const auto order = static_cast<unsigned>(std::min<std::int64_t>(n[word[0] == 'F'], 65535));
        if (word[0] == 'F') return release(n[0], order);
        if (word[0] == 'a') {
            slots.push_back({std::nullopt, order});
            slots.back().frame = allocator.allocate(order);
            return slots.back().frame ? std::to_string(*slots.back().frame) : "-";
        }
        // it was refused, or freed
        if (n[0] >= static_cast<std::int64_t>(slots.size()) || !slots[n[0]].frame) return ".";
        const std::int64_t frame = *slots[n[0]].frame;
        slots[n[0]].frame = std::nullopt;
        return release(frame, slots[n[0]].order);
    }

public:
    Script(Allocator &of, std::atomic<std::int64_t> &stamps) : allocator(of), counter(stamps) {}

    std::string run(const std::vector<std::string> &words)
    {
        std::string all;
        for (const auto &word : words) {
            const std::int64_t before = counter++;
            std::string result;
            try {
                result = operation(word);
            } catch (const Error &error) {
                result = "!" + error.kind;
            }
            const std::int64_t after = counter++;
            all += (all.empty() ? "" : " ") + std::to_string(before) + ":" + result + ":" + std::to_string(after);
        }
        return all;
    }
};

inline std::string carry_out(Allocator &allocator, const std::vector<std::string> &scripts)
{
    std::atomic<std::int64_t> counter{0};
    std::atomic<std::size_t> waiting{scripts.size()};
    std::vector<std::string> results(scripts.size());
    std::vector<std::thread> threads;
    for (std::size_t n = 0; n < scripts.size(); n++) {
        std::istringstream text(scripts[n]);
        std::vector<std::string> words;
        for (std::string word; text >> word;) words.push_back(word);
        threads.emplace_back([&, n, words] {
            for (waiting--; waiting;) std::this_thread::yield(); // all begin together: whoever is early waits
            results[n] = Script(allocator, counter).run(words);
        });
    }
    for (auto &thread : threads) thread.join();
    return "\"threads\":[" + joined(results, quoted) + "]";
}

} // namespace oracle
