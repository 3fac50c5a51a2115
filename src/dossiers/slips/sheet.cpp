#include "dossiers/slips/sheet.hpp"

#include "base/json.hpp"
#include "base/text.hpp"

#include <algorithm>

namespace chilang::dossiers::sheet {

namespace {

// "UBND xã Hòa Bình" is "Ủy ban nhân dân xã Hòa Bình" where the name stands in full.
std::string in_full(std::string name) {
    if (name.starts_with("UBND ")) name.replace(0, 4, "Ủy ban nhân dân");
    return name;
}

// The committee above: of a commune's committee that of its district, of a department that of the
// province; empty for the committee of the province.
std::string superior(const SlipSource& source) {
    const places::Agency& agency = source.places.agency(source.dossier.agency);
    const places::Unit& home = source.places.unit(agency.unit);
    const bool committee = agency.kind == places::AgencyKind::people_committee;
    const auto unit = committee ? home.parent : std::optional(home.id);
    if (!unit) return {};
    const places::Unit& above = source.places.unit(*unit);
    return "Ủy ban nhân dân " + above.type + " " + above.name;
}

Block stacked(std::vector<std::pair<std::string, Face>> lines, double rule_part) {
    Block box{.kind = Block::Kind::table};
    box.borders = false;
    box.widths = {100};
    Block::Cell cell;
    for (auto& [text, face] : lines)
        cell.blocks.push_back(line(std::move(text), Align::centre, face));
    cell.blocks.push_back({.kind = Block::Kind::rule, .rule_part = rule_part});
    box.rows = {{std::move(cell)}};
    return box;
}

}  // namespace

Block line(std::string text, Align align, Face face) {
    Block block;
    block.runs = {{std::move(text), face.bold, face.italic, ""}};
    block.align = align;
    block.size_pt = face.size_pt;
    block.after_pt = face.after_pt;
    return block;
}

Block prose(std::string text) {
    Block block = line(std::move(text), Align::justify, {.after_pt = 5});
    block.indent_cm = 1;
    return block;
}

Block fact(std::string key, std::string value) {
    Block block = line(std::move(key) + ": ");
    block.runs.push_back({std::move(value), true, false, ""});
    return block;
}

Block cell_text(std::string text, Align align, bool bold) {
    return line(std::move(text), align, {.size_pt = 12, .bold = bold, .after_pt = 0});
}

Block bordered(std::vector<double> widths, std::vector<std::string> header,
               std::vector<std::vector<std::string>> rows) {
    Block table{.kind = Block::Kind::table, .before_pt = 4, .after_pt = 8};
    table.widths = std::move(widths);
    table.header_row = true;
    table.rows.emplace_back();
    for (std::string& text : header)
        table.rows.back().push_back({{cell_text(std::move(text), Align::centre, true)}});
    for (auto& row : rows) {
        table.rows.emplace_back();
        for (std::size_t i = 0; i < row.size(); ++i)
            table.rows.back().push_back(
                {{cell_text(std::move(row[i]), i == 0 ? Align::centre : Align::left)}});
    }
    return table;
}

Block head(const SlipSource& source, const Head& head) {
    const places::Unit& home = source.places.unit(source.places.agency(source.dossier.agency).unit);
    Block table{.kind = Block::Kind::table, .after_pt = 6};
    table.borders = false;
    table.widths = {39, 61};
    Block::Cell number;
    if (!head.number.empty())
        number.blocks = {line("Số: " + head.number, Align::centre, {.after_pt = 0})};
    table.rows = {
        {{{stacked({{text::upper(head.above), {.size_pt = 12, .after_pt = 0}},
                    {text::upper(head.issuer), {.size_pt = 12, .bold = true, .after_pt = 0}}},
                   0.4)}},
         {{stacked(
             {{"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", {.size_pt = 12, .bold = true, .after_pt = 0}},
              {"Độc lập - Tự do - Hạnh phúc", {.bold = true, .after_pt = 0}}},
             0.66)}}},
        {std::move(number),
         {{line(home.name + ", " + show_long(date_of(head.at)), Align::centre,
                {.italic = true, .after_pt = 0})}}}};
    return table;
}

Head of_counter(const SlipSource& source, std::string number, Instant at) {
    return {agency_name(source), "Bộ phận tiếp nhận và trả kết quả", std::move(number), at};
}

Head of_agency(const SlipSource& source, std::string number, Instant at) {
    return {superior(source), agency_name(source), std::move(number), at};
}

std::string number_of(const Dossier& dossier, std::string_view symbol) {
    const auto dash = dossier.code.find('-');
    return (dash == dossier.code.npos ? dossier.code : dossier.code.substr(dash + 1)) + "/" +
           std::string(symbol);
}

Block mark(Slip slip, Instant at) {
    // TT 03/2025/TT-VPCP replaced TT 01/2018/TT-VPCP on this day; it added the notice of a stop.
    const bool now = date_of(at) >= make_date(2025, 9, 15);
    const std::string_view law = now ? "Thông tư 03/2025/TT-VPCP" : "Thông tư 01/2018/TT-VPCP";
    std::string number;
    switch (slip) {
        case Slip::submission:
            break;
        case Slip::receipt:
            number = "01";
            break;
        case Slip::supplement:
            number = "02";
            break;
        case Slip::refusal:
            number = "03";
            break;
        case Slip::apology:
            number = "04";
            break;
        case Slip::stop:
            number = now ? "05" : "";
            break;
        case Slip::control:
            number = now ? "06" : "05";
            break;
    }
    return line(number.empty() ? "" : "Mẫu số " + number + " (" + std::string(law) + ")",
                Align::right, {.size_pt = 10, .italic = true, .after_pt = 4});
}

std::vector<Block> title(std::string text, std::string about) {
    Block first = line(std::move(text), Align::centre, {.size_pt = 14, .bold = true});
    first.before_pt = 8;
    if (about.empty()) {
        first.after_pt = 10;
        return {first};
    }
    return {first,
            line(std::move(about), Align::centre, {.size_pt = 14, .bold = true}),
            {.kind = Block::Kind::rule, .rule_part = 0.3},
            {.kind = Block::Kind::space, .size_pt = 8}};
}

Block signatures(const Signature& left, const Signature& right) {
    Block table{.kind = Block::Kind::table, .before_pt = 10, .after_pt = 6};
    table.borders = false;
    table.widths = {50, 50};
    table.rows.emplace_back();
    for (const Signature* side : {&left, &right}) {
        Block::Cell cell;
        if (!side->title.empty()) {
            cell.blocks = {
                line(side->title, Align::centre, {.bold = true, .after_pt = 0}),
                line(side->note, Align::centre, {.size_pt = 12, .italic = true, .after_pt = 0}),
                {.kind = Block::Kind::space, .size_pt = 44},
                line(side->name, Align::centre, {.bold = true, .after_pt = 0})};
        }
        table.rows.back().push_back(std::move(cell));
    }
    return table;
}

std::vector<Block> foot(const SlipSource& source, const ledger::Event& event) {
    const std::string link =
        source.public_url + "/tra-cuu?ma=" + text::escape_url(source.dossier.code);
    Block table{.kind = Block::Kind::table, .before_pt = 8};
    table.borders = false;
    table.widths = {20, 80};
    Block::Cell words;
    const Face small{.size_pt = 11, .after_pt = 2};
    words.blocks.push_back({.kind = Block::Kind::space, .size_pt = 6});
    words.blocks.push_back(line("Tra cứu hồ sơ: " + link, Align::left, small));
    if (!source.secret.empty()) {
        Block secret = line("Mã bí mật để tra cứu (giữ kín): ", Align::left, small);
        secret.runs.push_back({source.secret, true, false, ""});
        words.blocks.push_back(std::move(secret));
    }
    words.blocks.push_back(line("In từ sổ sự kiện, bước " + std::to_string(event.seq) +
                                    " của hồ sơ. Dấu vết: " + to_hex(view(event.leaf)),
                                Align::left, {.size_pt = 9, .after_pt = 0}));
    table.rows = {{{{{.kind = Block::Kind::picture,
                      .align = Align::left,
                      .after_pt = 0,
                      .qr = link,
                      .picture_cm = 2.8}}},
                   std::move(words)}};
    return {std::move(table)};
}

std::string agency_name(const SlipSource& source) {
    return in_full(source.places.agency(source.dossier.agency).name);
}

std::string long_time(Instant instant) {
    const std::string time = show_time(instant);
    return time.substr(0, 2) + " giờ " + time.substr(3) + " phút, " + show_long(date_of(instant));
}

const ledger::Event* newest(const std::vector<ledger::ProvenEvent>& events,
                            const ledger::Kind& kind) {
    for (auto proven = events.rbegin(); proven != events.rend(); ++proven)
        if (proven->event.kind == kind.number) return &proven->event;
    return nullptr;
}

Happened last(const std::vector<ledger::ProvenEvent>& events, const ledger::Kind& kind) {
    Happened happened{newest(events, kind), {}};
    if (happened)
        if (auto facts = json::read<StepFacts>(happened.event->payload))
            happened.facts = std::move(*facts);
    return happened;
}

}  // namespace chilang::dossiers::sheet
