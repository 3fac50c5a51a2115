#include "ioc/live.hpp"

#include "base/json.hpp"
#include "figures/figures.hpp"
#include "http/http.hpp"
#include "ioc/board.hpp"
#include "ioc/period.hpp"

#include <map>
#include <mutex>

namespace chilang::ioc {

struct Headline {
    std::string id, text;
};
BOOST_DESCRIBE_STRUCT(Headline, (), (id, text))
struct HeadlineMessage {
    std::int64_t position = 0;
    std::vector<Headline> figures;  // of the province over the default period, changed ones only
};
BOOST_DESCRIBE_STRUCT(HeadlineMessage, (), (position, figures))

void publish_headlines(Platform& platform) {
    struct Told {
        std::mutex mutex;
        std::map<std::string, std::string> texts;
    };
    platform.figures.on_change([platform, told = std::make_shared<Told>()](std::int64_t) {
        std::lock_guard lock(told->mutex);
        const auto now = platform.clock->now();
        const auto standing = periods(date_of(now)).front();
        HeadlineMessage message;
        {
            const auto reading = platform.figures.read();
            message.position = reading.position();
            for (const std::string id : headline_metrics()) {
                if (!platform.figures.metric(id)) continue;
                const auto text =
                    reading
                        .value({.metric = id, .from = standing.from, .to = standing.to, .now = now})
                        .text;
                if (auto& old = told->texts[id]; old != text)
                    message.figures.push_back({id, old = text});
            }
        }
        // Also when no headline moved: another period or unit on somebody's page may have.
        platform.live.publish(
            {static_cast<std::uint64_t>(message.position), "figures", json::write(message)});
    });
}

}  // namespace chilang::ioc
