// Routes: the list of reports, one report as a page, as DOCX and PDF, and as JSON with its
// findings.
#include "base/text.hpp"
#include "figures/figures.hpp"
#include "html/html.hpp"
#include "http/http.hpp"
#include "identity/identity.hpp"
#include "platform/platform.hpp"
#include "reports/check.hpp"
#include "reports/compose.hpp"
#include "reports/reports.hpp"

#include <algorithm>

namespace chilang::reports {
namespace {

struct ReportFigure {
    std::string metric, text, definition, address;
    std::int64_t numerator = 0, denominator = 1;
};
BOOST_DESCRIBE_STRUCT(ReportFigure, (), (metric, text, definition, address, numerator, denominator))

struct ReportFinding {
    std::string relation, severity, message, address;
};
BOOST_DESCRIBE_STRUCT(ReportFinding, (), (relation, severity, message, address))

struct Report {
    std::string id, title;
    Date from{}, to{};
    std::int64_t position = 0;
    std::vector<std::string> paragraphs;
    std::vector<ReportFigure> figures;
    int relations_held = 0;
    std::vector<ReportFinding> findings;
};
BOOST_DESCRIBE_STRUCT(Report, (),
                      (id, title, from, to, position, paragraphs, figures, relations_held,
                       findings))

class Pages {
public:
    explicit Pages(Platform& platform) : platform_(platform), outlines_(embedded_outlines()) {}

    http::Response list(const http::Request& request) const {
        html::View reports = html::View::list();
        for (const Outline& outline : outlines_)
            reports.add({{"href", "/bao-cao/" + outline.id},
                         {"title", outline.title},
                         {"period", "Từ " + show(outline.from) + " đến " + show(outline.to)},
                         {"issuer", outline.issuer}});
        return page(request, "reports/list", "Báo cáo", {{"reports", std::move(reports)}});
    }

    http::Response one(const http::Request& request) const {
        const auto report = find(request);
        if (!report) return platform_.router.error_page(request, 404, "Không có báo cáo này");
        return page(request, "reports/report", report->outline.title, view_of(*report));
    }

    http::Response file(const http::Request& request, bool as_docx) const {
        const auto report = find(request);
        if (!report) return platform_.router.error_page(request, 404, "Không có báo cáo này");
        const paper::Document document = reports::document(*report);
        return as_docx
                   ? http::attachment(
                         paper::docx(document),
                         "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                         report->outline.id + ".docx")
                   : http::attachment(paper::pdf(document), "application/pdf",
                                      report->outline.id + ".pdf");
    }

    http::Response api(const http::Request& request) const {
        const auto composed = find(request);
        if (!composed) return http::problem(404, "Không có báo cáo này");
        Report report{.id = composed->outline.id,
                      .title = composed->outline.title,
                      .from = composed->outline.from,
                      .to = composed->outline.to,
                      .position = composed->position};
        for (const Paragraph& paragraph : composed->outline.paragraphs) {
            std::string sentence = paragraph.number;
            for (const Part& part : paragraph.parts) {
                const auto bound = composed->figures.find(part.figure);
                sentence += bound == composed->figures.end() ? prose_of(part, composed->outline)
                                                             : bound->second.figure.text;
            }
            report.paragraphs.push_back(std::move(sentence));
        }
        for (const auto& [metric, bound] : composed->figures)
            report.figures.push_back({metric, bound.figure.text, bound.definition, bound.address,
                                      bound.figure.numerator, bound.figure.denominator});
        const CheckResult checked = check(*composed);
        report.relations_held = checked.relations_held;
        for (const Finding& finding : checked.findings)
            report.findings.push_back(
                {finding.relation, finding.severity == Severity::blocking ? "blocking" : "warning",
                 finding.message, finding.address});
        return http::json(json::write(report));
    }

private:
    std::optional<Composed> find(const http::Request& request) const {
        const auto outline = std::find_if(
            outlines_.begin(), outlines_.end(),
            [&](const Outline& candidate) { return candidate.id == request.param("id"); });
        if (outline == outlines_.end()) return std::nullopt;
        return compose(*outline, platform_.figures, request.now);
    }

    static html::View view_of(const Composed& report) {
        html::View paragraphs = html::View::list();
        for (const Paragraph& paragraph : report.outline.paragraphs) {
            html::View parts = html::View::list();
            for (const Part& part : paragraph.parts) {
                const auto bound = report.figures.find(part.figure);
                if (bound == report.figures.end())
                    parts.add({{"prose", prose_of(part, report.outline)},
                               {"href", ""},
                               {"text", ""},
                               {"definition", ""}});
                else
                    parts.add({{"prose", ""},
                               {"href", bound->second.address},
                               {"text", bound->second.figure.text},
                               {"definition", bound->second.definition}});
            }
            const bool heading = paragraph.kind == Kind::heading;
            const bool subheading = paragraph.kind == Kind::subheading;
            paragraphs.add({{"heading", heading},
                            {"subheading", subheading},
                            {"item", !heading && !subheading},
                            {"number", paragraph.number},
                            {"parts", std::move(parts)}});
        }
        const CheckResult checked = check(report);
        html::View findings = html::View::list();
        for (const Finding& finding : checked.findings)
            findings.add({{"relation", finding.relation},
                          {"message", finding.message},
                          {"address", finding.address},
                          {"blocking", finding.severity == Severity::blocking}});
        html::View recipients = html::View::list(), signers = html::View::list();
        for (const auto& recipient : report.outline.recipients)
            recipients.add(html::View(recipient));
        for (const auto& signer : report.outline.signers) signers.add(html::View(signer));
        return {{"id", report.outline.id},
                {"title", report.outline.title},
                {"kind", report.outline.kind},
                {"parent", report.outline.parent},
                {"issuer", report.outline.issuer},
                {"symbol", report.outline.symbol},
                {"place", report.outline.place},
                {"year", std::to_string(civil(report.outline.to).year)},
                {"draft", report.draft_mark},
                {"paragraphs", std::move(paragraphs)},
                {"recipients", std::move(recipients)},
                {"signers", std::move(signers)},
                {"position", report.position},
                {"held", checked.relations_held},
                {"findings", std::move(findings)}};
    }

    http::Response page(const http::Request& request, std::string_view name, std::string title,
                        html::View content) const {
        html::Page page;
        page.title = std::move(title);
        page.frame = html::Page::Frame::staff;
        page.section = "reports";
        page.trail = {{"Báo cáo", "/bao-cao"}};
        page.content = std::move(content);
        identity::dress(page, request);
        http::Response response;
        response.body = platform_.templates.page(name, page);
        response.headers.emplace_back("content-security-policy",
                                      platform_.templates.csp(page.frame));
        return response;
    }

    Platform& platform_;
    std::vector<Outline> outlines_;
};

}  // namespace

void install(Platform& platform) {
    using http::Method;
    identity::register_rights(
        {{"reports.view",
          "Xem và tải báo cáo",
          {identity::Role::ict, identity::Role::leader, identity::Role::province_leader,
           identity::Role::auditor, identity::Role::administrator}}});
    const auto pages = std::make_shared<Pages>(platform);
    auto& router = platform.router;
    router.add({Method::get, "/bao-cao", "reports.view", "none",
                [pages](http::Request& request) { return pages->list(request); }});
    router.add({Method::get, "/bao-cao/{id}", "reports.view", "none",
                [pages](http::Request& request) { return pages->one(request); }});
    router.add({Method::get, "/bao-cao/{id}/docx", "reports.view", "none",
                [pages](http::Request& request) { return pages->file(request, true); }});
    router.add({Method::get, "/bao-cao/{id}/pdf", "reports.view", "none",
                [pages](http::Request& request) { return pages->file(request, false); }});
    router.add(
        {.method = Method::get,
         .pattern = "/api/v1/reports/{id}",
         .right = "public",
         .event = "none",
         .handler = [pages](http::Request& request) { return pages->api(request); },
         .doc = {.summary =
                     "A report with every figure bound to its metric, and what its checker found.",
                 .output = &type_of<Report>()}});
}

}  // namespace chilang::reports
