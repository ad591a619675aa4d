// attach.cpp attaches the example, a small buddy system, to the judge: put your allocator in its place.
//
//     c++ -O2 -std=c++17 -o judged attach.cpp && npx buddy-oracle check -- ./judged
//
// With -DTHREADS -pthread several threads use it under a lock.
#include "example/buddy.hpp"
#include "oracle.hpp"
#ifdef THREADS
#include <mutex>
#include "threads.hpp"
#endif

namespace {

class Attached : public oracle::Allocator {
public:
    explicit Attached(const oracle::Arena &arena) : base(arena.base), buddy(arena.pages, arena.orders)
    {
        for (const auto &[first, count] : arena.reserved)
            for (std::int64_t frame = first; frame < first + count; frame++) buddy.reserve(frame - base);
        buddy.give_singly(0, arena.pages);
    }

#ifdef THREADS
    std::mutex mutex;
    std::string threads(const std::vector<std::string> &scripts) override { return oracle::carry_out(*this, scripts); }
    std::unique_lock<std::mutex> locked() { return std::unique_lock<std::mutex>(mutex); }
#else
    int locked() const { return 0; }
#endif

    oracle::Frame allocate(unsigned order) override
    {
        [[maybe_unused]] const auto lock = locked();
        return framed(buddy.allocate(order));
    }

    void free(std::int64_t frame, unsigned order) override
    {
        [[maybe_unused]] const auto lock = locked();
        if (const char *misuse = buddy.misuse(frame - base, order)) throw oracle::Error{misuse, ""};
        buddy.free(frame - base, order);
    }

    std::int64_t free_count() override { return buddy.free_count(); }

    std::vector<std::int64_t> free_list(unsigned order) override
    {
        std::vector<std::int64_t> frames;
        for (std::int64_t at : buddy.free_blocks(order)) frames.push_back(base + at);
        return frames;
    }

    std::string pair_bits(unsigned order) override { return buddy.pair_bits(order); }
    std::pair<unsigned char *, std::size_t> memory(std::int64_t frame) override { return {buddy.memory(frame - base), Buddy::FRAME_BYTES}; }
    bool resize(std::int64_t pages) override { return buddy.resize(pages); }
    oracle::Frame allocate_in(unsigned order, std::int64_t low, std::int64_t end) override
    {
        return framed(buddy.allocate_in(order, low - base, end - base));
    }
    oracle::Frame allocate_frames(std::int64_t frames, std::int64_t align) override { return framed(buddy.allocate_frames(frames, align)); }
    void free_all(const std::vector<oracle::Block> &blocks) override { for (const auto &block : blocks) free(block.frame, block.order); }
    void free_frames(std::int64_t frame, std::int64_t) override { buddy.free_frames(frame - base); }

private:
    std::int64_t base;
    Buddy buddy;

    oracle::Frame framed(std::optional<std::int64_t> at) const { return at ? oracle::Frame(base + *at) : std::nullopt; }
};

} // namespace

int main()
{
    return oracle::serve({
        "buddy in C++",
        "1",
        {"complete", "best-fit", "capacity", "misuse:double-free", "misuse:never-allocated", "misuse:inner-page",
         "misuse:misaligned", "misuse:wrong-order", "misuse:out-of-range"},
        {
#ifdef THREADS
         "threads:4",
#endif
         "observe:free-count", "observe:free-blocks", "observe:pair-bits", "payload", "range", "resize", "sized", "bulk"},
        [](const oracle::Arena &arena) { return std::make_unique<Attached>(arena); },
    });
}
