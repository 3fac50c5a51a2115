// The set of all templates, and the layout around a page.
#include "html/html.hpp"
#include "html/style.hpp"
#include "html/template.hpp"

#include "base/embedded.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

namespace chilang::html {

namespace {

constexpr std::string_view frame_names[] = {"citizen", "staff", "wall", "bare", "print"};

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

bool has_right(const std::vector<std::string>& rights, const std::string& right) {
    return right.empty() || std::find(rights.begin(), rights.end(), right) != rights.end();
}

View trail_view(const Page& page) {
    if (page.trail.empty()) return {};
    View items = View::list();
    for (const auto& [label, href] : page.trail) items.add({{"label", label}, {"href", href}});
    return {{"items", std::move(items)}};
}

View menu_view(const std::vector<RailItem>& items, const Page& page) {
    View list = View::list();
    for (const RailItem& item : items)
        if (has_right(page.rights, item.right))
            list.add({{"label", item.label},
                      {"href", item.href},
                      {"icon", item.icon},
                      {"current", !page.section.empty() && item.section == page.section}});
    return list;
}

}  // namespace

struct Templates::State {
    std::map<std::string, std::string, std::less<>> partials;
    std::map<std::string, Template, std::less<>> parsed;
    std::vector<RailItem> rail, menu;
    std::function<std::string()> notice;
    std::string style, style_hash;
    Template::Missing missing = Template::Missing::empty;

    std::string partial(std::string_view name) const {
        if (name.starts_with("icon/"))
            return replaced(partials.at("kit/icon-link"), "NAME", name.substr(5));
        const auto found = partials.find(name);
        if (found == partials.end())
            throw std::logic_error("no template " + std::string(name) + " to paste");
        return found->second;
    }

    const Template& get(std::string_view name) const {
        const auto found = parsed.find(name);
        if (found == parsed.end()) throw std::logic_error("no template " + std::string(name));
        return found->second;
    }
};

Templates::Templates(std::span<const Source> sources, std::string asset_version)
    : state_(std::make_unique<State>()) {
    for (const Source& source : sources) {
        std::string text = replaced(std::string(source.text), "{{assets}}", asset_version);
        while (text.ends_with('\n')) text.pop_back();
        state_->partials.emplace(source.name, std::move(text));
    }
    state_->partials["kit/icon-link"] =
        "<svg class=\"icon\" aria-hidden=\"true\"><use href=\"/assets/icons.svg?v=" +
        asset_version + "#NAME\"/></svg>";
    const auto partial = [this](std::string_view name) { return state_->partial(name); };
    for (const auto& [name, text] : state_->partials) {
        // The frames are pasted into the layout and share its right to raw text.
        if (name.starts_with("kit/frame_") || name == "kit/icon-link") continue;
        const auto raw = name == "kit/layout" ? Template::Raw::allowed : Template::Raw::refused;
        state_->parsed.emplace(name, Template(name, text, partial, raw));
    }
    state_->style = citizen_style();
    state_->style_hash = sha256_base64(state_->style);
}

Templates::~Templates() = default;

void Templates::rail(std::vector<RailItem> items) {
    state_->rail = std::move(items);
}
void Templates::menu(std::vector<RailItem> items) {
    state_->menu = std::move(items);
}
void Templates::notice(std::function<std::string()> sentence) {
    state_->notice = std::move(sentence);
}
void Templates::strict() {
    state_->missing = Template::Missing::error;
}

std::vector<std::string> Templates::names() const {
    std::vector<std::string> names;
    for (const auto& [name, parsed] : state_->parsed) names.push_back(name);
    return names;
}

std::string Templates::render(std::string_view name, const View& data) const {
    std::string out;
    out.reserve(8 * 1024);
    state_->get(name).render(data, state_->missing, out);
    return out;
}

std::string Templates::page(std::string_view name, const Page& page) const {
    const View* errors = page.content.find("errors");
    View data{{"title", page.title},
              {"csrf", page.csrf},
              {"signed_in_name", page.signed_in_name},
              {"signed_in_position", page.signed_in_position}};
    using Frame = Page::Frame;
    const bool citizen = page.frame == Frame::citizen;
    data.set("frame", frame_names[static_cast<int>(page.frame)]);
    data.set("citizen", citizen);
    data.set("staff", page.frame == Frame::staff);
    data.set("plain", page.frame != Frame::staff && !citizen);
    data.set("inline_style", citizen ? View(state_->style) : View());
    data.set("problems", page.problems || (errors && !errors->empty()));
    data.set("notice", state_->notice ? state_->notice() : std::string());
    data.set("live", page.live);
    data.set("freshness", page.freshness);
    data.set("trail", trail_view(page));
    data.set("rail", page.frame == Frame::staff ? menu_view(state_->rail, page) : View());
    View menu = citizen ? menu_view(state_->menu, page) : View();
    data.set("has_menu", !menu.empty());
    data.set("menu", std::move(menu));
    std::string body, out;
    body.reserve(48 * 1024);
    // The template sees its own data first and behind them what the page knows.
    state_->get(name).render(page.content, state_->missing, body, &data);
    out.reserve(body.size() + 16 * 1024);
    data.set("body", View::safe(std::move(body)));
    state_->get("kit/layout").render(data, state_->missing, out);
    return out;
}

std::string Templates::csp(Page::Frame frame) const {
    const std::string style =
        frame == Page::Frame::citizen ? "'sha256-" + state_->style_hash + "'" : "'self'";
    return "default-src 'none'; script-src 'self'; style-src " + style +
           "; img-src 'self' data: blob:; connect-src 'self'; form-action 'self'; "
           "frame-ancestors 'none'; base-uri 'none'";
}

std::vector<Templates::Source> embedded_templates() {
    std::vector<Templates::Source> sources;
    static std::vector<std::string> names;  // the sources keep views of these
    static const std::span<const EmbeddedFile> files = embedded_files();
    static const bool named = [] {
        for (const EmbeddedFile& file : files) {
            std::string_view path = file.path;
            std::string name;
            if (path.starts_with("src/") && path.ends_with(".html")) {
                path.remove_prefix(4);
                path.remove_suffix(5);
                if (path.starts_with("html/kit/")) {
                    name = path.substr(5);
                } else if (const auto pages = path.find("/pages/"); pages != path.npos) {
                    name = std::string(path.substr(0, pages + 1)) +
                           std::string(path.substr(pages + 7));
                }
            }
            names.push_back(std::move(name));
        }
        return true;
    }();
    for (std::size_t i = 0; named && i < files.size(); ++i)
        if (!names[i].empty()) sources.push_back({names[i], files[i].bytes});
    return sources;
}

}  // namespace chilang::html
