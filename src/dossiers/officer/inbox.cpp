// One inbox for all roles: what has to be done, what is due first. Filters are in the address, so a
// list can be kept as a bookmark and sent to a colleague.
#include "dossiers/inbox.hpp"

#include "base/text.hpp"
#include "dossiers/officer/officer.hpp"
#include "places/places.hpp"

namespace chilang::dossiers {

namespace {

struct Asked {
    InboxQuery query;
    bool mine = false;
    bool own_choice = false;  // of the tab; otherwise the page chooses where there is work
};

// One-stop officers begin with what waits for them, leaders with what is to be signed.
Tab first_tab(const identity::Actor& actor) {
    if (actor.may("dossiers.decide")) return Tab::deciding;
    if (actor.may("dossiers.receive")) return Tab::intake;
    return Tab::processing;
}

// Nobody is shown an empty list while work waits beside it.
Tab tab_with_work(Tab first, const TabCount& counts) {
    for (const Tab tab : {first, Tab::intake, Tab::deciding, Tab::processing})
        if (counts[static_cast<std::size_t>(tab)] > 0) return tab;
    return first;
}

Asked read(const http::Request& request) {
    const identity::Actor& actor = identity::actor(request);
    Asked view;
    view.query.agencies = actor.agencies;
    view.query.now = request.now;
    view.query.search = text::clean(request.arg("q"));
    view.query.after = request.arg("sau");
    const auto chosen = tab_of(request.arg("muc"));
    view.own_choice = chosen || !view.query.search.empty();
    view.query.tab = chosen.value_or(view.own_choice ? Tab::all : first_tab(actor));
    view.mine = request.arg("cua") == "toi";
    if (view.mine) view.query.assignee = actor.position.id;
    return view;
}

std::string href(Tab tab, bool mine, const std::string& search, const std::string& after = {}) {
    std::string out = "/viec?muc=" + std::string(address(tab));
    if (mine) out += "&cua=toi";
    if (!search.empty()) out += "&q=" + text::escape_url(search);
    if (!after.empty()) out += "&sau=" + text::escape_url(after);
    return out;
}

html::View tabs(const Asked& view, const TabCount& counts) {
    std::vector<html::Tab> shown;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const Tab tab = static_cast<Tab>(i);
        shown.push_back({std::string(label(tab)), href(tab, view.mine, view.query.search),
                         tab == view.query.tab, counts[i] < 0 ? "" : text::number(counts[i])});
    }
    return html::view(shown);
}

html::View chips(const Asked& view, const TabCount& counts, std::size_t rows, bool more) {
    html::Filters filters;
    const InboxQuery& q = view.query;
    if (!q.search.empty())
        filters.chips.push_back({"Tìm: " + q.search, href(q.tab, view.mine, {})});
    if (view.mine) filters.chips.push_back({"Việc của tôi", href(q.tab, false, q.search)});
    filters.clear_href = href(q.tab, false, {});
    const auto counted = counts[static_cast<std::size_t>(q.tab)];
    const bool whole = counted >= 0 && q.search.empty() && !view.mine;
    filters.count =
        (more && !whole ? "Trên " : "") +
        text::number(whole ? counted : static_cast<std::int64_t>(rows)) + " hồ sơ";
    return html::view(filters);
}

html::Row row_of(const InboxRow& row, const Service& service, const Procedures& procedures,
                 const places::Places& places, Instant now) {
    const Procedure* procedure = procedures.find(row.procedure);
    html::Row shown;
    shown.id = to_string(row.id);
    shown.href = "/ho-so/" + shown.id;
    shown.cells.resize(5);
    shown.cells[0].text = row.code;
    shown.cells[0].href = shown.href;
    shown.cells[1].text = procedure ? procedure->name : "";
    shown.cells[1].second = places.full_name(places.agency(row.agency));
    shown.cells[2].text = row.applicant;
    shown.cells[2].second = label(row.channel);
    shown.cells[3].tag = staff_tag(row.status);
    shown.cells[4].clock = clock_of(service.calendar(), row.status, row.paused, row.received_at,
                                    row.due_at, row.verdict, now);
    if (!shown.cells[4].clock) shown.cells[4].text = "Nộp " + show(row.submitted_at);
    if (shown.cells[4].clock && is_open(row.status)) shown.tone = shown.cells[4].clock->tone;
    return shown;
}

// The table of a page of the list.
ShownList shown_list(Service& service, const Asked& view, bool tick, const InboxPage& found) {
    const auto procedures = service.procedures();
    const auto places = service.platform().places.now();
    html::Table table;
    table.caption = std::string(label(view.query.tab));
    table.stack = true;
    using Kind = html::Column::Kind;
    table.columns = {{"Mã hồ sơ", Kind::narrow},
                     {"Thủ tục", Kind::text},
                     {"Người nộp", Kind::text},
                     {"Trạng thái", Kind::narrow},
                     {"Thời hạn", Kind::narrow}};
    for (const InboxRow& row : found.rows)
        table.rows.push_back(row_of(row, service, *procedures, *places, view.query.now));
    table.tick = tick;
    ShownList shown{"", found.rows.size(), found.next};
    if (!table.rows.empty())
        shown.table = service.platform().templates.render("kit/table", html::view(table));
    return shown;
}

}  // namespace

http::Response inbox_page(Service& service, RecentLists& recent, const http::Request& request) {
    Asked view = read(request);
    const identity::Actor& actor = identity::actor(request);
    Platform& platform = service.platform();
    std::optional<db::Pool::Lease> lease;
    const auto connection = [&]() -> db::Connection& {
        if (!lease) lease.emplace(platform.pool.lease());
        return **lease;
    };
    const InboxQuery& query = view.query;
    const auto changes = service.changes().of(query.agencies);
    const TabCount counts = *recent.counts.of(query.agencies, changes, query.now,
                                              [&] { return count_tabs(connection(), query); });
    if (!view.own_choice) view.query.tab = tab_with_work(query.tab, counts);
    const bool can_sign = actor.may("dossiers.decide") && query.tab == Tab::deciding;
    const bool can_assign = actor.may("dossiers.assign") && query.tab == Tab::processing;
    const bool tick = can_sign || can_assign;
    const auto make = [&] { return shown_list(service, view, tick, list(connection(), query)); };
    const bool kept = query.search.empty() && query.after.empty();
    const auto found =
        kept ? recent.lists.of({query.agencies, query.tab, query.assignee, tick}, changes,
                               query.now, make)
             : std::make_shared<const ShownList>(make());

    html::Page page;
    page.title = "Hộp việc: " + std::string(label(view.query.tab));
    const bool more = !found->next.empty();
    page.content = {
        {"tabs", tabs(view, counts)},
        {"search", html::view(html::Search{
                       "/viec",
                       view.query.search,
                       "Tìm hồ sơ",
                       "Mã hồ sơ, tên người nộp, điện thoại hoặc thủ tục; gõ không dấu cũng được.",
                       "q",
                       {{"muc", "tat-ca"}}})},
        {"filters", chips(view, counts, found->rows, more)},
        {"mine_href", view.mine ? std::string() : href(view.query.tab, true, view.query.search)},
        {"can_receive", actor.may("dossiers.receive")},
        {"pager", more
                      ? html::view(html::Pager{
                            "", href(view.query.tab, view.mine, view.query.search, found->next), ""})
                      : html::View()},
        {"can_sign", can_sign && found->rows > 0},
        {"can_assign", can_assign && found->rows > 0},
        {"back", href(view.query.tab, view.mine, view.query.search)},
        {"done", text::clean(request.arg("xong"))},
    };
    if (can_assign && found->rows > 0) {
        html::ChoiceView people{
            .name = "assignee", .label = "Giao cho", .placeholder = "Chọn người xử lý"};
        for (const auto& member :
             platform.identity.members(connection(), actor.position.agency, date_of(request.now)))
            people.options.push_back(
                {std::to_string(member.position), member.name + " · " + member.title});
        page.content.set("people", html::view(people));
    }
    if (found->rows == 0)
        page.content.set(
            "empty", html::view(html::EmptyState{
                         "Không có hồ sơ nào ở mục này",
                         view.query.search.empty() ? "Chọn mục khác ở trên để xem tiếp."
                                                   : "Thử ít chữ hơn, hoặc kiểm tra lại mã hồ sơ.",
                         "", ""}));
    else
        page.content.set("table", html::View::safe(found->table));
    return staff_page(platform, request, "dossiers/inbox", std::move(page));
}

http::Response bulk(Service& service, const http::Request& request) {
    const identity::Actor& actor = identity::actor(request);
    constexpr std::size_t most = 200;
    Step step;
    step.action = request.field("action") == "approve" ? Action::approve : Action::assign;
    if (step.action == Action::assign)
        step.assignee = text::parse_integer(request.field("assignee"));
    std::size_t done = 0, left = 0;
    for (const auto& [name, value] : request.form) {
        const auto id = name == "id" ? parse_id(value) : std::nullopt;
        if (!id || done + left >= most) continue;
        const Answer answer =
            service.act_and_wait({.dossier = *id, .step = step}, &actor, request.now);
        answer.ok() ? ++done : ++left;
    }
    std::string words = "Đã xử lý " + std::to_string(done) + " hồ sơ";
    if (left > 0)
        words +=
            "; " + std::to_string(left) + " hồ sơ chưa xử lý được, hãy mở từng hồ sơ để xem lý do";
    if (done + left == 0) words = "Chưa chọn hồ sơ nào";
    const Tab tab = step.action == Action::approve ? Tab::deciding : Tab::processing;
    return http::redirect("/viec?muc=" + std::string(address(tab)) +
                          "&xong=" + text::escape_url(words));
}

}  // namespace chilang::dossiers
