// An allocator that answers by a script, for the test of the harness in C++.
#include "oracle.hpp"

static unsigned char bytes[8192][4];

struct Scripted : oracle::Allocator {
    std::int64_t base, pages, next, reserved = 0;

    explicit Scripted(const oracle::Arena &arena) : base(arena.base), pages(arena.pages), next(arena.base)
    {
        if (pages == 1) throw oracle::Unsupported("no \"single\" frame");
        if (pages == 2) throw oracle::Failed("panic");
        for (auto [first, count] : arena.reserved) reserved += 100 * first + count;
    }

    bool probe() override { return pages == 3; }
    std::optional<oracle::Runs> usable() override { return pages == 5 ? std::optional<oracle::Runs>({{8, 2}, {12, 1}}) : std::nullopt; }

    oracle::Frame allocate(unsigned order) override
    {
        if (order == 0) return next++;
        if (order == 2) throw oracle::Error{"internal", "list \"2\" is broken"};
        if (order == 3) throw oracle::Error{"no-frame", "byte 4097"};
        if (order == 4) bytes[next - 1][2] ^= 1;
        return order == 7 ? oracle::Frame(reserved) : std::nullopt;
    }

    void free(std::int64_t, unsigned order) override
    {
        if (order == 9) throw oracle::Error{"wrong-order", ""};
        if (order != 0) throw oracle::Error{"double-free", "twice"};
    }

    std::int64_t free_count() override { return 7; }
    std::vector<std::int64_t> free_list(unsigned order) override
    {
        return order == 1 ? std::vector<std::int64_t>{base} : std::vector<std::int64_t>{2, 1};
    }
    std::string pair_bits(unsigned) override { return "01"; }
    std::pair<unsigned char *, std::size_t> memory(std::int64_t frame) override { return {bytes[frame], 4}; }
    bool resize(std::int64_t wanted) override { return wanted == 4; }
    oracle::Frame allocate_in(unsigned order, std::int64_t low, std::int64_t end) override
    {
        return low + order < end ? oracle::Frame(low + order) : std::nullopt;
    }
    oracle::Frame allocate_frames(std::int64_t frames, std::int64_t align) override { return frames + align; }
    void free_frames(std::int64_t frame, std::int64_t frames) override
    {
        if (frame != 7 || frames != 3) throw oracle::Error{"wrong-order", ""};
    }
};

int main()
{
    return oracle::serve({"a \"scripted\" one", "1", {"complete", "best-fit"}, {"observe:free-count", "payload"},
                          [](const oracle::Arena &arena) { return std::make_unique<Scripted>(arena); }});
}
