// The kit from C++: one plain struct for each partial of html/kit, and view() to fill it.
//
// A page hands `view(Tag{…})` to its template as a member, and the template writes
// {{#tag}}{{> kit/tag}}{{/tag}}. A partial reads only its own object, so nothing leaks in from the
// page around it; view() sets what is always shown and may leave out what is empty.
// kit/README.md shows each one; /kit shows how they look.
#pragma once

#include "html/html.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chilang::html {

// Colour and shape, always beside a word: on_course ● blue, attention ▲ amber, late ■ vermilion,
// none ○ grey, done ✓ ink (least loud), error ■ red.
enum class Tone { none, on_course, attention, late, done, error };

struct Tag {
    Tone tone = Tone::none;
    std::string word;  // "Đang giải quyết"
};
View view(Tag tag);

// How long a dossier still has. Words first, then the instant; a bar only in lists.
struct Clock {
    Tone tone = Tone::none;
    std::string words;  // "còn 2 ngày làm việc", "quá hạn 3 ngày"
    std::string due;    // "16:30 ngày 14/06/2023"; may be empty
    std::string due_iso;
    std::optional<int> spent_percent;  // 0 … 100: draws the bar
};
View view(Clock clock);

struct Option {
    std::string value, label, hint;
    bool disabled = false;
};

// For kit/select, kit/radios and kit/checkboxes.
struct ChoiceView {
    std::string name, label, hint, error;
    std::vector<Option> options;
    std::vector<std::string> chosen;  // values; one for select and radios
    bool optional = false;
    bool heading = false;
    bool in_line = false;     // radios side by side, for two short answers
    std::string placeholder;  // select: the empty first choice, "Chọn cơ quan"
};
View view(const ChoiceView& choice);

// Three boxes, named <name>_day, <name>_month, <name>_year.
struct DateView {
    std::string name, label, hint, day, month, year, error;
    bool optional = false;
    bool heading = false;
    bool birth = false;  // browsers may fill in the birthday
};
View view(const DateView& date);

struct FileView {
    std::string name, label, hint, error;
    std::string accept = ".pdf,.jpg,.jpeg,.png";
    bool multiple = false;
    bool optional = false;
    bool photo = false;             // shrink photos on the phone before sending
    std::vector<std::string> kept;  // names of files that are already with us
};
View view(const FileView& file);

struct Search {
    std::string action, value;
    std::string label = "Tìm kiếm";
    std::string hint;
    std::string name = "q";
    std::vector<std::pair<std::string, std::string>> keep;  // other parts of the query
};
View view(const Search& search);

struct Button {
    std::string label;        // begins with a verb
    std::string href;         // a link that looks like a button; else it submits
    std::string name, value;  // sent with the form; may be empty
    enum class Kind { primary, secondary, danger, quiet } kind = Kind::primary;
    std::string icon;  // name in web/icons.svg; staff only
    bool disabled = false;
};
View view(const Button& button);

struct Cell {
    std::string text;
    std::string second;  // a quieter second line
    std::string href;
    std::optional<Tag> tag;
    std::optional<Clock> clock;
    std::string figure;  // id for live numbers: data-figure
    View drawing;        // View::safe(chart)
};
struct Column {
    std::string label;
    enum class Kind { text, number, narrow } kind = Kind::text;
    std::string sort_href;  // empty: not sortable
    enum class Sorted { no, ascending, descending } sorted = Sorted::no;
};
struct Row {
    std::vector<Cell> cells;
    std::string href;        // Enter opens it; the first cell shows it as a link
    std::string id;          // value of the tick box, when the table has them
    Tone tone = Tone::none;  // late rows carry a mark at the left edge
};
struct Table {
    std::string caption;  // for screen readers, and shown when `show_caption`
    bool show_caption = false;
    std::vector<Column> columns;
    std::vector<Row> rows;
    std::vector<Cell> total;              // the foot; may be empty
    bool tick = false;                    // tick boxes for the bulk bar
    bool stack = false;                   // on a phone each row is a card; cells speak for themselves
    std::string live_topic, live_source;  // re-fetch this table when the topic speaks
};
View view(Table table);  // moves the texts of a table that is given away: view(std::move(table))

struct Chip {
    std::string label, remove_href;  // "Quá hạn", the same list without it
};
struct Filters {
    std::vector<Chip> chips;
    std::string clear_href;
    std::string count;  // "135.408 hồ sơ"
};
View view(const Filters& filters);

struct Pagination {
    std::int64_t page = 1, pages = 1;
    std::function<std::string(std::int64_t)> href;
};
View view(const Pagination& pagination);
// For cursors: either side may be empty.
struct Pager {
    std::string previous, next, count;  // count: "1–50 trong 2.063 hồ sơ"
};
View view(const Pager& pager);

struct Fact {
    std::string key, value;          // an empty value prints `missing`
    std::vector<std::string> lines;  // more lines under the value
    std::string href;                // the value is a link
    std::string change_href, change_label = "Sửa";
    std::string source;  // "lấy từ CSDL quốc gia về dân cư"
    std::optional<Tag> tag;
    std::optional<Clock> clock;
    std::string missing = "Không khai";
};
struct SummaryList {
    std::string title;  // may be empty
    std::vector<Fact> facts;
};
View view(const SummaryList& list);

struct TimelineEvent {
    std::string title;  // "Tiếp nhận hồ sơ"
    std::string actor;  // "Lý Thị Mẩy, Bộ phận một cửa"
    std::string when, when_iso;
    std::string note;
    Tone tone = Tone::done;
    enum class Proof { none, waiting, sealed, broken } proof = Proof::none;
    std::string proof_href, proof_index;  // "812.004"
};
struct Timeline {
    std::vector<TimelineEvent> events;
};
View view(const Timeline& timeline);

struct Tab {
    std::string label, href;
    bool current = false;
    std::string count;
};
View view(const std::vector<Tab>& tabs);

struct Banner {
    enum class Kind { info, success, warning, error } kind = Kind::info;
    std::string title, text;
    std::string link_label, link_href;
};
View view(const Banner& banner);

struct EmptyState {
    std::string title;  // "Không có hồ sơ nào khớp"
    std::string text;   // what to do
    std::string action_label, action_href;
};
View view(const EmptyState& empty);

struct Dialog {
    std::string id, title, text;              // opened by <button data-dialog="id">
    std::string action, confirm_label, csrf;  // POSTed; empty action: only a close button
    Button::Kind kind = Button::Kind::primary;
};
View view(const Dialog& dialog);

struct Task {
    std::string label;  // begins with a verb
    std::string href;   // empty: cannot be done yet
    std::string hint;
    enum class State { done, todo, doing, blocked, error } state = State::todo;
};
struct TaskSection {
    std::string title;
    std::vector<Task> tasks;
};
struct TaskList {
    std::vector<TaskSection> sections;
};
View view(const TaskList& list);

// A figure: the number, its sentence, the change, how fresh.
struct FigureTile {
    std::string id;                   // data-figure: live.js patches the number
    std::string label, number, unit;  // "Hồ sơ tiếp nhận", "135.408", "hồ sơ"
    std::string sentence;             // "126.434 trực tuyến (93,37%)"
    std::string change;               // "+4,3% so với cùng kỳ"
    Tone tone = Tone::none;
    std::string word;  // the tone in a word: "đạt", "cần chú ý", "chậm"
    std::string freshness, freshness_iso;
    bool stale = false;
    std::string href;
    View drawing;           // View::safe(sparkline or bullet)
    std::string twin_href;  // the same as a table; may be empty
};
View view(const FigureTile& tile);

struct Confirmation {
    std::string title;                 // "Đã nộp hồ sơ"
    std::string code_label, code;      // "Mã hồ sơ", "H37.12-230614-0001"
    std::string secret_label, secret;  // shown once; may be empty
    std::vector<std::string> next;     // what happens next, by when
    std::string contact;               // who to call
};
View view(const Confirmation& confirmation);

struct RecordHead {
    std::string title, code;
    std::optional<Tag> tag;
    std::optional<Clock> clock;
    std::vector<Button> actions;  // links; the primary first
};
View view(const RecordHead& head);

struct Freshness {
    std::string text, iso;  // "Cập nhật 14:05 · đến sự kiện số 812.004"
    bool stale = false;
};
View view(const Freshness& freshness);

struct SheetHead {
    std::string agency_above, agency;  // the two lines at the left of a paper, NĐ 30/2020
    std::string place_date;            // "Lạng Sơn, ngày 14 tháng 6 năm 2023"
    std::string number;                // "Số: …"
};
View view(const SheetHead& head);

// Data of the template html/kit: every component in each of its states.
View kit_gallery();

}  // namespace chilang::html
