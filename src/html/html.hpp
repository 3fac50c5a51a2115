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
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace chilang::html {

// View data: text, truth, list or object. Small, and cheap to move: a page of fifty rows is a few
// thousand of them.
class View {
public:
    struct Given;   // a member on its way in: {"name", value}
    struct Member;  // a member as it is kept

    // Names are compared far more often than read: they are kept as 64 bits (FNV-1a).
    class Name {
    public:
        constexpr Name(std::string_view text) {
            for (const char c : text)
                key_ = (key_ ^ static_cast<unsigned char>(c)) * 1099511628211u;
        }
        constexpr Name(const char* text) : Name(std::string_view(text)) {}
        Name(const std::string& text) : Name(std::string_view(text)) {}
        constexpr bool operator==(const Name&) const = default;

    private:
        std::uint64_t key_ = 14695981039346656037u;
    };

    View();
    View(const View& other);
    View(View&& other) noexcept;
    View& operator=(const View& other);
    View& operator=(View&& other) noexcept;
    ~View();
    View(const char* text);
    View(std::string text);
    View(std::string_view text);
    template <std::same_as<bool> B>
    View(B truth);
    template <std::integral I>
        requires(!std::same_as<I, bool> && !std::same_as<I, char>)
    View(I number) : View(of_number(static_cast<std::int64_t>(number))) {}  // with dots: 135.408
    View(std::vector<View> items);
    View(std::initializer_list<Given> members);  // moves out of the list
    static View list(std::size_t expected = 0);  // `expected` items: room for them at once
    static View object(std::size_t expected);    // no member yet
    static View safe(std::string html);  // already escaped by our own code: charts, QR drawings

    View& set(Name name, View value);  // replaces a member of the same name
    View& add(View item);
    // Adds a member that is not there yet, unless the value is empty: what a section tests for
    // may as well be missing.
    View& put(Name name, View value);
    // No text, false, no items, no members: a section {{#x}} is left out, {{^x}} is shown.
    bool empty() const;
    const View* find(Name member) const;

    enum class Kind { none, text, truth, list, object, safe };
    Kind kind() const { return static_cast<Kind>(data_.index()); }
    // The text, or the drawing; nothing for the other kinds.
    const std::string& text() const;
    bool truth() const;
    const std::vector<View>& items() const;      // none when it is no list
    const std::vector<Member>& members() const;  // none when it is no object

private:
    struct Safe {
        std::string html;
    };
    static View of_number(std::int64_t number);

    // In the order of Kind.
    std::variant<std::monostate, std::string, bool, std::vector<View>, std::vector<Member>, Safe>
        data_;
};

struct View::Member {
    Name name;
    View value;
};
// Here, where the members of an object are complete: the standard asks for it, some compilers too.
inline View::View() = default;
inline View::View(const View& other) = default;
inline View::View(View&& other) noexcept = default;
inline View& View::operator=(const View& other) = default;
inline View& View::operator=(View&& other) noexcept = default;
inline View::~View() = default;
inline View::View(const char* text) : data_(std::string(text)) {}
inline View::View(std::string text) : data_(std::move(text)) {}
inline View::View(std::string_view text) : data_(std::string(text)) {}
inline View::View(std::vector<View> items) : data_(std::move(items)) {}
template <std::same_as<bool> B>
View::View(B truth) : data_(truth) {}
// An initializer_list only lends its elements; `mutable` lets them be moved out all the same.
struct View::Given {
    Given(Name name, View value) : name(name), value(std::move(value)) {}
    Name name;
    mutable View value;
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
