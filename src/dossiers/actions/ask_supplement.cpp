// Ask for a supplement (form 02): once, with every defect named, its reason and how to mend it.
//
// NĐ 61/2018/NĐ-CP Điều 17 and NĐ 107/2021/NĐ-CP: full guidance in one go, not more than once. The
// clock runs on unless the version of the procedure names the clause that stops it; most do not.
#include "base/text.hpp"
#include "dossiers/actions/actions.hpp"

namespace chilang::dossiers {

namespace {

Problems check(const Dossier& dossier, const Step& step) {
    if (dossier.supplements > 0)
        return {
            {"supplement_once", "",
             "Hồ sơ này đã được yêu cầu bổ sung một lần; pháp luật không cho yêu cầu lần nữa."}};
    if (step.defects.empty())
        return {{"defects_missing", "component_1", "Ghi ít nhất một giấy tờ cần bổ sung."}};
    Problems problems;
    for (std::size_t i = 0; i < step.defects.size(); ++i) {
        const Defect& defect = step.defects[i];
        const std::string n = "_" + std::to_string(i + 1);
        if (text::clean(defect.component).empty())
            problems.push_back(
                {"component_missing", "component" + n, "Ghi tên giấy tờ cần bổ sung."});
        if (text::clean(defect.fault).empty())
            problems.push_back(
                {"fault_missing", "fault" + n, "Ghi giấy tờ này thiếu hoặc sai ở đâu."});
        if (text::clean(defect.remedy).empty())
            problems.push_back(
                {"remedy_missing", "remedy" + n, "Hướng dẫn cách bổ sung, sửa lại."});
        for (const auto* text : {&defect.component, &defect.fault, &defect.remedy})
            if (holds_personal_number(*text))
                problems.push_back({"personal_number", "fault" + n,
                                    "Bỏ số giấy tờ hoặc số điện thoại khỏi nội dung yêu cầu."});
    }
    return problems;
}

std::string list(const std::vector<Defect>& defects) {
    std::string note;
    for (std::size_t i = 0; i < defects.size(); ++i)
        note += (i ? " " : "") + std::to_string(i + 1) + ") " + text::clean(defects[i].component) +
                ": " + text::clean(defects[i].fault) +
                "; cách khắc phục: " + text::clean(defects[i].remedy) + ".";
    return note;
}

}  // namespace

Result<Decision> ask_supplement(Dossier dossier, const Step& step, const Facts& facts) {
    if (Problems problems = check(dossier, step); !problems.empty()) return problems;
    std::string note = list(step.defects) + " (Mẫu 02)";
    dossier.status = Status::waiting_applicant;
    ++dossier.supplements;
    const Procedure& procedure = facts.procedure;
    if (dossier.received_at && procedure.pause_policy != PausePolicy::keep &&
        !procedure.pause_clause.empty()) {
        dossier.pauses.push_back({facts.now, std::nullopt});
        note += " Tạm dừng tính thời gian theo " + procedure.pause_clause + ".";
    } else if (dossier.received_at) {
        note += " Thời hạn giải quyết vẫn được tính.";
    }
    return decided(std::move(dossier), kinds::supplement_asked, std::move(note), facts, step);
}

}  // namespace chilang::dossiers
