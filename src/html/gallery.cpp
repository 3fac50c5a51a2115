// The data of /kit: every component in its states, with invented people and invented dossiers.
#include "html/chart.hpp"
#include "html/kit.hpp"

namespace chilang::html {

namespace {

View fields() {
    View list = View::list();
    list.add(view(FieldView{.name = "ten",
                            .label = "Họ và tên",
                            .hint = "Viết như trên thẻ căn cước",
                            .value = "Hoàng Thị Mỷ",
                            .autocomplete = "name"}));
    list.add(view(FieldView{.name = "dien_thoai",
                            .label = "Số điện thoại",
                            .value = "0912 34",
                            .error = "Số điện thoại có 10 chữ số, ví dụ 0912 345 678",
                            .type = "tel",
                            .inputmode = "tel",
                            .width = 20}));
    list.add(view(FieldView{
        .name = "ghi_chu", .label = "Điều cần nói thêm", .type = "textarea", .optional = true}));
    return list;
}

View selects() {
    const std::vector<Option> agencies{{"1", "UBND xã Vân Nham"}, {"2", "UBND phường Đông Kinh"}};
    View list = View::list();
    list.add(view(ChoiceView{.name = "noi_nop",
                             .label = "Nơi nhận kết quả",
                             .options = agencies,
                             .placeholder = "Chọn cơ quan"}));
    list.add(view(ChoiceView{.name = "noi_nop_2",
                             .label = "Cơ quan giải quyết",
                             .error = "Hãy chọn cơ quan giải quyết",
                             .options = agencies,
                             .placeholder = "Chọn cơ quan"}));
    return list;
}

View forms() {
    return {
        {"fields", fields()},
        {"selects", selects()},
        {"radios", view(ChoiceView{.name = "ban_than",
                                   .label = "Bạn nộp cho ai?",
                                   .options = {{"1", "Cho tôi", ""},
                                               {"2", "Cho người khác",
                                                "Cần giấy ủy quyền hoặc là cha, mẹ, con"},
                                               {"3", "Tôi không rõ", ""}},
                                   .chosen = {"1"}})},
        {"radios_line", view(ChoiceView{.name = "co_khong",
                                        .label = "Có con dưới 14 tuổi không?",
                                        .error = "Hãy chọn có hoặc không",
                                        .options = {{"1", "Có"}, {"0", "Không"}},
                                        .in_line = true})},
        {"checkboxes", view(ChoiceView{.name = "nhan",
                                       .label = "Muốn nhận kết quả thế nào?",
                                       .options = {{"1", "Bản điện tử"},
                                                   {"2", "Bản giấy tại Bộ phận một cửa"},
                                                   {"3", "Qua bưu điện", "Tạm ngừng ở 3 xã", true}},
                                       .chosen = {"1"},
                                       .optional = true})},
        {"date", view(DateView{.name = "ngay_sinh",
                               .label = "Ngày sinh",
                               .hint = "Ví dụ 27 3 1990",
                               .day = "31",
                               .month = "2",
                               .year = "1990",
                               .error = "Tháng 2 không có ngày 31"})},
        {"file", view(FileView{.name = "to_khai",
                               .label = "Tờ khai đăng ký khai sinh",
                               .hint = "PDF hoặc ảnh, tối đa 10 MB",
                               .photo = true,
                               .kept = {"giay-chung-sinh.pdf"}})},
        {"search", view(Search{.action = "/kit",
                               .value = "khai sinh",
                               .label = "Tìm thủ tục",
                               .hint = "Có thể gõ không dấu"})},
        {"errors",
         error_summary({{"", "dien_thoai", "Số điện thoại có 10 chữ số, ví dụ 0912 345 678"},
                        {"", "ngay_sinh", "Tháng 2 không có ngày 31"}})}};
}

View buttons() {
    using Kind = Button::Kind;
    View list = View::list();
    list.add(view(Button{.label = "Tiếp nhận hồ sơ"}));
    list.add(view(Button{.label = "Gửi yêu cầu bổ sung", .kind = Kind::secondary}));
    list.add(view(Button{.label = "Từ chối hồ sơ", .kind = Kind::danger}));
    list.add(view(Button{.label = "Quay lại danh sách", .href = "/kit", .kind = Kind::quiet}));
    list.add(view(Button{.label = "Xuất danh sách", .kind = Kind::secondary, .icon = "download"}));
    list.add(view(Button{.label = "Trả kết quả", .disabled = true}));
    return list;
}

View tags() {
    View list = View::list();
    for (const auto& [tone, word] :
         std::initializer_list<std::pair<Tone, const char*>>{{Tone::none, "Chưa có số"},
                                                             {Tone::on_course, "Đang giải quyết"},
                                                             {Tone::attention, "Cần bổ sung"},
                                                             {Tone::late, "Quá hạn"},
                                                             {Tone::done, "Đã trả kết quả"},
                                                             {Tone::error, "Có lỗi"}})
        list.add(view(Tag{tone, word}));
    return list;
}

const Clock calm{Tone::on_course, "còn 6 ngày làm việc", "16:30 ngày 22/06/2023",
                 "2023-06-22T16:30:00+07:00", 40};
const Clock near{Tone::attention, "còn 4 giờ làm việc", "16:30 ngày 14/06/2023",
                 "2023-06-14T16:30:00+07:00", 92};
const Clock over{Tone::late, "quá hạn 3 ngày", "16:30 ngày 09/06/2023", "2023-06-09T16:30:00+07:00",
                 100};

Clock plain(Clock clock) {
    clock.spent_percent.reset();
    return clock;
}

View table() {
    const auto row = [](const char* name, const char* who, const char* code, Tag tag, Clock clock,
                        Tone tone) {
        return Row{.cells = {{.text = name, .second = who},
                             {.text = code},
                             {.tag = tag},
                             {.clock = clock},
                             {.text = "0"}},
                   .href = "/kit#bang",
                   .id = code,
                   .tone = tone};
    };
    Table table{
        .caption = "Hồ sơ của tôi",
        .columns = {{"Hồ sơ"},
                    {"Mã", Column::Kind::narrow},
                    {"Trạng thái", Column::Kind::narrow},
                    {"Thời hạn", Column::Kind::narrow, "/kit?xep=han", Column::Sorted::ascending},
                    {"Lệ phí (đ)", Column::Kind::number}},
        .tick = true};
    table.rows = {row("Cấp giấy phép xây dựng nhà ở riêng lẻ tại nông thôn", "Lý A Páo",
                      "H37.12-230601-0007", {Tone::on_course, "Đang giải quyết"}, over, Tone::late),
                  row("Đăng ký khai sinh", "Hoàng Thị Mỷ", "H37.12-230614-0001",
                      {Tone::attention, "Cần bổ sung"}, near, Tone::none),
                  row("Thủ tục đăng ký biến động quyền sử dụng đất, quyền sở hữu tài sản gắn liền "
                      "với đất trong các "
                      "trường hợp giải quyết tranh chấp, khiếu nại, tố cáo về đất đai; xử lý hợp "
                      "đồng thế chấp, góp vốn "
                      "bằng quyền sử dụng đất",
                      "Nông Văn Dền", "H37.12-230612-0113", {Tone::on_course, "Đang giải quyết"},
                      calm, Tone::none)};
    return view(table);
}

View lists() {
    Pagination pages{.page = 7, .pages = 41, .href = [](std::int64_t n) {
                         return "/kit?trang=" + std::to_string(n);
                     }};
    return {{"table", table()},
            {"filters", view(Filters{.chips = {{"Quá hạn", "/kit"}, {"Xã Vân Nham", "/kit"}},
                                     .clear_href = "/kit",
                                     .count = "2.063 hồ sơ"})},
            {"pagination", view(pages)},
            {"pager", view(Pager{"", "/kit?sau=50", "1–50 trong 2.063 hồ sơ"})},
            {"tabs", view(std::vector<Tab>{{"Chờ tôi xử lý", "/kit", true, "12"},
                                           {"Chờ bổ sung", "/kit", false, "3"},
                                           {"Đã xong", "/kit", false, ""}})},
            {"empty", view(EmptyState{"Không có hồ sơ nào khớp",
                                      "Bớt một điều kiện, hoặc tìm theo mã hồ sơ.",
                                      "Bỏ tất cả điều kiện", "/kit"})}};
}

View record() {
    using Proof = TimelineEvent::Proof;
    Timeline timeline;
    timeline.events = {
        {"Yêu cầu bổ sung", "Chu Văn Lẩy, Chuyên viên Sở Xây dựng", "14:05 ngày 12/06/2023",
         "2023-06-12T14:05:00+07:00",
         "Bản vẽ mặt bằng thiếu chữ ký của chủ nhà. Thời hạn tạm dừng đến khi nhận đủ.",
         Tone::attention, Proof::waiting, "", ""},
        {"Phân công giải quyết", "Vi Thị Sen, Trưởng phòng", "08:40 ngày 02/06/2023",
         "2023-06-02T08:40:00+07:00", "", Tone::on_course, Proof::sealed, "/kit", "812.004"},
        {"Tiếp nhận hồ sơ", "Lý Thị Mẩy, Bộ phận một cửa", "08:12 ngày 01/06/2023",
         "2023-06-01T08:12:00+07:00", "", Tone::done, Proof::broken, "/kit", "811.377"}};
    return {{"head",
             view(RecordHead{
                 "Cấp giấy phép xây dựng nhà ở riêng lẻ",
                 "H37.12-230601-0007",
                 Tag{Tone::on_course, "Đang giải quyết"},
                 plain(over),
                 {{.label = "Trình lãnh đạo", .href = "/kit"},
                  {.label = "Yêu cầu bổ sung", .href = "/kit", .kind = Button::Kind::secondary}}})},
            {"summary",
             view(SummaryList{"Người nộp",
                              {{.key = "Họ và tên", .value = "Lý A Páo", .change_href = "/kit"},
                               {.key = "Nơi ở",
                                .value = "Thôn Nà Pàn, xã Vân Nham",
                                .change_href = "/kit",
                                .source = "lấy từ CSDL quốc gia về dân cư"},
                               {.key = "Thư điện tử", .change_href = "/kit"},
                               {.key = "Thời hạn", .clock = plain(near)}}})},
            {"timeline", view(timeline)},
            {"freshness", view(Freshness{"Cập nhật 14:05, đến sự kiện số 812.004",
                                         "2023-06-14T14:05:00+07:00"})}};
}

View figures() {
    chart::Series weeks{.title = "Hồ sơ tiếp nhận mỗi tuần, 13 tuần"};
    int week = 1;
    for (const double n :
         {4100, 4620, 5011, 4800, 5320, 5702, 3900, 5811, 6010, 5733, 6201, 6120, 6433})
        weeks.points.push_back(
            {"tuần " + std::to_string(week++), std::to_string(static_cast<int>(n)), n});
    View list = View::list();
    list.add(view(FigureTile{.id = "dossiers_received",
                             .label = "Hồ sơ tiếp nhận",
                             .number = "135.408",
                             .unit = "hồ sơ",
                             .sentence = "126.434 trực tuyến (93,37%), 8.974 tại quầy",
                             .change = "+4,3% so với cùng kỳ",
                             .freshness = "Cập nhật 14:05",
                             .href = "/kit",
                             .drawing = View::safe(chart::sparkline(weeks)),
                             .twin_href = "/kit"}));
    list.add(view(FigureTile{.id = "dossiers_ontime_pct",
                             .label = "Giải quyết trước hạn, đúng hạn",
                             .number = "98,45%",
                             .sentence = "130.733 trong 132.796 hồ sơ đã giải quyết",
                             .tone = Tone::on_course,
                             .word = "đạt",
                             .freshness = "Cập nhật 14:05",
                             .drawing = View::safe(chart::bar(0.9845, Tone::on_course))}));
    list.add(view(FigureTile{.id = "due_24h",
                             .label = "Đến hạn trong 24 giờ",
                             .number = "341",
                             .unit = "hồ sơ",
                             .sentence = "ở 47 cơ quan",
                             .tone = Tone::attention,
                             .word = "cần chú ý",
                             .freshness = "Cập nhật 14:05"}));
    list.add(view(FigureTile{.id = "late",
                             .label = "Đang quá hạn",
                             .number = "118",
                             .unit = "hồ sơ",
                             .sentence = "nhiều nhất: huyện Bình Gia, 31 hồ sơ",
                             .tone = Tone::late,
                             .word = "chậm",
                             .freshness = "Cập nhật 09:12",
                             .stale = true}));
    return list;
}

View charts() {
    chart::Series months{.title = "Hồ sơ tiếp nhận theo tháng",
                         .period = "năm 2023",
                         .plan = 24000,
                         .plan_text = "kế hoạch 24.000",
                         .end = 40000,
                         .axis = {"40.000", "20.000", "0"}};
    int month = 1;
    for (const double n : {17210, 21044, 26310, 24120, 27011, 25713})
        months.points.push_back({"Tháng " + std::to_string(month++),
                                 std::to_string(static_cast<int>(n / 1000)) + " nghìn", n});
    return {{"line", View::safe(chart::line(months))},
            {"twin", view(chart::twin(months, "Tháng", "Hồ sơ"))}};
}

View messages() {
    View list = View::list();
    list.add(view(Banner{Banner::Kind::info, "Chủ nhật hệ thống bảo trì",
                         "Từ 22 giờ đến 23 giờ ngày 18/06/2023.", "", ""}));
    list.add(view(Banner{Banner::Kind::success, "Đã tiếp nhận hồ sơ H37.12-230614-0001", "",
                         "In giấy tiếp nhận", "/kit"}));
    list.add(view(Banner{Banner::Kind::warning, "Hồ sơ này đã được sửa từ khi bạn mở",
                         "Hãy xem lại trước khi gửi.", "Tải lại", "/kit"}));
    list.add(view(Banner{Banner::Kind::error, "Chưa gửi được",
                         "Mất kết nối tới trục liên thông. Nội dung đã được giữ lại.", "", ""}));
    return list;
}

}  // namespace

View kit_gallery() {
    using State = Task::State;
    View clocks = View::list();
    for (const Clock& clock : {plain(calm), plain(near), plain(over)}) clocks.add(view(clock));
    return {
        {"forms", forms()},
        {"buttons", buttons()},
        {"tags", tags()},
        {"clocks", std::move(clocks)},
        {"lists", lists()},
        {"record", record()},
        {"figures", figures()},
        {"charts", charts()},
        {"messages", messages()},
        {"tasks",
         view(TaskList{{{"Chuẩn bị",
                         {{"Khai người nộp", "/kit", "", State::done},
                          {"Chọn nơi nộp", "/kit", "", State::doing},
                          {"Gửi giấy tờ", "/kit", "3 giấy tờ", State::error},
                          {"Xem lại", "/kit", "", State::todo},
                          {"Nộp hồ sơ", "", "Cần làm xong các việc trên", State::blocked}}}}})},
        {"dialog", view(Dialog{.id = "hoi",
                               .title = "Trả kết quả cho người nộp?",
                               .text = "Hồ sơ sẽ kết thúc. Người nộp được báo qua tin nhắn.",
                               .action = "/kit",
                               .confirm_label = "Trả kết quả"})},
        {"confirmation",
         view(Confirmation{"Đã nộp hồ sơ",
                           "Mã hồ sơ",
                           "H37.12-230614-0001",
                           "Mã tra cứu (chỉ hiện một lần)",
                           "7KQ2-MM4X",
                           {"Cơ quan kiểm tra hồ sơ trước 16:30 ngày 15/06/2023.",
                            "Nếu thiếu giấy tờ, bạn nhận một yêu cầu duy nhất, nêu đủ các điểm.",
                            "Kết quả có trước 16:30 ngày 19/06/2023."},
                           "Cần hỏi: Bộ phận một cửa xã Vân Nham."})},
        {"sheet", view(SheetHead{"UBND TỈNH LẠNG SƠN", "SỞ THÔNG TIN VÀ TRUYỀN THÔNG",
                                 "Lạng Sơn, ngày 14 tháng 6 năm 2023", "Số:      /BC-STTTT"})}};
}

}  // namespace chilang::html
