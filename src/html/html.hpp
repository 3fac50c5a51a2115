// Pages: logic-less templates with everything escaped, one layout, one kit of partials.
//
// Templates are files src/<module>/pages/<name>.html, carried inside the program; the kit's
// partials are src/html/kit/*.html. {{> kit/field}} is pasted in when the program starts, so a page
// is parsed once and rendering is lock-free. {{{raw}}} is refused outside html/kit/layout.html, and
// a variable that the data lack is an error when `strict` is asked for (tests do). The language,
// and the kit's partials with their variables, are in html/kit/README.md; html/kit.hpp fills them
// from C++.
#pragma once

#include "base/describe.hpp"
#include "base/result.hpp"

#include <concepts>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chilang::html {

// View data: text, truth, list or object. Cheap to move.
class View {
public:
    View() = default;
    View(const char* text) : text_(text), kind_(Kind::text) {}
    View(std::string text) : text_(std::move(text)), kind_(Kind::text) {}
    View(std::string_view text) : text_(text), kind_(Kind::text) {}
    template <std::same_as<bool> B>
    View(B truth) : truth_(truth), kind_(Kind::truth) {}
    template <std::integral I>
        requires(!std::same_as<I, bool> && !std::same_as<I, char>)
    View(I number) : View(of_number(static_cast<std::int64_t>(number))) {}  // with dots: 135.408
    View(std::vector<View> items) : items_(std::move(items)), kind_(Kind::list) {}
    using Member = std::pair<std::string, View>;
    View(std::initializer_list<Member> members) : members_(members), kind_(Kind::object) {}
    static View object(std::vector<Member> members);
    static View list() { return View(std::vector<View>{}); }
    static View safe(std::string html);  // already escaped by our own code: charts, QR drawings

    View& set(std::string name, View value);  // replaces a member of the same name
    View& add(View item);
    // No text, false, no items, no members: a section {{#x}} is left out, {{^x}} is shown.
    bool empty() const;
    const View* find(std::string_view member) const;

    enum class Kind { none, text, truth, list, object, safe };
    Kind kind() const { return kind_; }
    const std::string& text() const { return text_; }
    bool truth() const { return truth_; }
    const std::vector<View>& items() const { return items_; }
    const std::vector<Member>& members() const { return members_; }

private:
    static View of_number(std::int64_t number);

    std::string text_;
    std::vector<View> items_;
    std::vector<Member> members_;
    bool truth_ = false;
    Kind kind_ = Kind::none;
};

// A form field with what was typed and what is wrong with it, for the kit's field partial.
struct FieldView {
    std::string name, label, hint, value, error;
    std::string type = "text";  // input type, or "textarea"
    std::string autocomplete;
    std::string inputmode;
    bool optional = false;
    int width = 0;         // expected length in letters: 4, 8, 12, 20; 0 = full width
    int rows = 4;          // of a textarea
    int length_max = 0;    // 0: no limit told to the browser
    bool heading = false;  // the label is the page's h1 (one question per page)
};
View view(const FieldView& field);
// Members problems (list of {field, message}) for the error summary; empty() when there are none.
View error_summary(const Problems& problems);
std::string error_of(const Problems& problems, std::string_view field);

struct Page {
    std::string title;
    enum class Frame { citizen, staff, wall, bare, print } frame = Frame::citizen;
    std::string section;  // which item of the rail is current: "dossiers", "ioc", …
    View content;         // data of the template
    std::string signed_in_name, signed_in_position;          // empty: not signed in
    std::string csrf;                                        // token for the forms of the page
    std::vector<std::pair<std::string, std::string>> trail;  // breadcrumb: label, href
    std::vector<std::string> rights;                         // which rail items to show
    std::string freshness;  // "Cập nhật 14:05, từ sổ sự kiện số 812.004"; may be empty
    std::string live;       // address of the event stream, "/luong"; empty: not live
    bool problems = false;  // the title begins "Lỗi: " (also when content has `errors`)
};

// One entry of the staff's rail. It is shown to people who have `right`, or to all when that is
// empty.
struct RailItem {
    std::string section, label, href, icon, right;
};

class Templates {
public:
    struct Source {
        std::string_view name, text;
    };  // "dossiers/track", "kit/field"
    explicit Templates(std::span<const Source> sources, std::string asset_version);
    ~Templates();
    // The staff's rail and the citizens' menu, in order; told once by app before the first page.
    void rail(std::vector<RailItem> items);
    void menu(std::vector<RailItem> items);
    // A sentence on every page, asked for at each: that this is a demonstration, and its time.
    void notice(std::function<std::string()> sentence);
    // Throws std::logic_error for an unknown template (caught by the test that renders all).
    std::string render(std::string_view name, const View& data) const;
    std::string page(std::string_view name, const Page& page) const;
    // The Content-Security-Policy of the given frame (hash of the inlined style).
    std::string csp(Page::Frame frame) const;
    // From now on a variable that is not in the data throws std::logic_error naming it. For tests.
    void strict();
    std::vector<std::string> names() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

// The templates that the program carries inside (base/embedded.hpp).
std::vector<Templates::Source> embedded_templates();

// What the pages link to, ready to be served under "/assets/<name>" with a year's life:
// app.css, live.js, citizen.js, icons.svg.
struct Asset {
    std::string name, type, bytes;
};
std::vector<Asset> assets();
// Changes with any byte of them: pages link "/assets/app.css?v=<version>".
std::string asset_version();

}  // namespace chilang::html
