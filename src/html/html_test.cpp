// Templates: the language, escaping, missing data, the layout, and the promises about bytes.
#include "html/html.hpp"
#include "html/chart.hpp"
#include "html/kit.hpp"
#include "html/style.hpp"
#include "html/template.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <brotli/encode.h>

#include <atomic>
#include <thread>

namespace chilang::html {
namespace {

std::string render(std::string_view text, const View& data,
                   Template::Missing missing = Template::Missing::error) {
    const auto partial = [](std::string_view name) -> std::string {
        if (name == "hai") return "[{{x}}]";
        if (name == "vong") return "{{> vong}}";
        throw std::logic_error("no template " + std::string(name));
    };
    std::string out;
    Template("test", text, partial, Template::Raw::refused).render(data, missing, out);
    return out;
}

TEST(Template, SpeaksItsLanguage) {
    const View data{{"x", "a<b"},
                    {"yes", true},
                    {"no", false},
                    {"none", ""},
                    {"n", 135408},
                    {"list", View({View("1"), View("2")})},
                    {"rows", View({View{{"x", "i"}}, View{{"y", "k"}}})},
                    {"deep", View{{"er", View{{"est", "d"}}}}},
                    {"drawing", View::safe("<svg/>")}};
    EXPECT_EQ(render("{{x}}", data), "a&lt;b");
    EXPECT_EQ(render("{{n}}", data), "135.408");
    EXPECT_EQ(render("{{#yes}}1{{/yes}}{{#no}}2{{/no}}{{^no}}3{{/no}}{{^khong}}4{{/khong}}", data),
              "134");
    EXPECT_EQ(render("{{#list}}({{.}}){{/list}}{{^none}}!{{/none}}", data), "(1)(2)!");
    EXPECT_EQ(render("{{#rows}}{{x}};{{/rows}}", data), "i;a&lt;b;");           // looks outward
    EXPECT_EQ(render("{{#rows}}{{#.x}}{{.x}}{{/.x}};{{/rows}}", data), "i;;");  // does not
    EXPECT_EQ(render("{{deep.er.est}}{{! note }}{{drawing}}", data), "d<svg/>");
    EXPECT_EQ(render("{{> hai}}{{#x}}{{x}}{{/x}}", data), "[a&lt;b]a&lt;b");
}

TEST(Template, RefusesAtTheStart) {
    for (const char* text :
         {"{{#a}}", "{{/a}}", "{{#a}}{{#b}}{{/a}}{{/b}}", "{{a", "{{{a}}}", "{{&a}}", "{{}}",
          "{{a..b}}", "{{> khong}}", "{{> vong}}", "{{=<% %>=}}"})
        EXPECT_THROW(render(text, {}), std::logic_error) << text;
}

TEST(Template, NamesWhatIsMissing) {
    try {
        render("{{ten}}", View{{"x", "1"}});
        FAIL() << "a missing variable went unnoticed";
    } catch (const std::logic_error& error) {
        EXPECT_NE(std::string(error.what()).find("{{ten}}"), std::string::npos);
    }
    EXPECT_EQ(render("{{ten}}", {}, Template::Missing::empty), "");
}

RC_GTEST_PROP(Template, NothingUnescapedGetsThrough, (const std::string& text)) {
    const std::string out = render("{{x}}", View{{"x", text}});
    for (const char c : {'<', '>', '"', '\''}) RC_ASSERT(out.find(c) == std::string::npos);
    std::string back = out;
    for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
             {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}})
        for (std::size_t at = 0; (at = back.find(from, at)) != std::string::npos; at += to.size())
            back.replace(at, from.size(), to);
    RC_ASSERT(back == text);
}

RC_GTEST_PROP(Template, RandomTemplatesNeverCrash, (const std::string& a, const std::string& b)) {
    try {
        render("{{" + a + "}}" + b + "{{#" + a + "}}" + b, View{{"x", "1"}});
    } catch (const std::logic_error&) {
    }
}

const Templates& strict_templates() {
    static const Templates& templates = []() -> Templates& {
        static Templates made(embedded_templates(), asset_version());
        made.strict();
        made.rail({{"dossiers", "Việc của tôi", "/viec", "inbox", ""},
                   {"admin", "Quản trị", "/quan-tri", "settings", "identity.admin"}});
        made.menu({{"track", "Tra cứu hồ sơ", "/tra-cuu", "", ""}});
        return made;
    }();
    return templates;
}

Page gallery(Page::Frame frame) {
    Page page;
    page.title = "Bộ thành phần";
    page.frame = frame;
    page.section = "dossiers";
    page.content = kit_gallery();
    page.signed_in_name = "Vi Thị Sen";
    page.csrf = "c5rf";
    return page;
}

TEST(Templates, AllParse) {
    EXPECT_NO_THROW(strict_templates());
    EXPECT_GT(strict_templates().names().size(), 30u);
}

TEST(Templates, EveryPartOfTheKitIsInTheGalleryAndHasItsData) {
    const std::string page = strict_templates().page("html/kit", gallery(Page::Frame::staff));
    for (const char* name : {"class=\"field",
                             "class=\"choice\"",
                             "date-boxes",
                             "class=\"file\"",
                             "search-row",
                             "error-summary",
                             "class=\"tag late\"",
                             "class=\"clock ",
                             "data-rows",
                             "class=\"chip\"",
                             "aria-current=\"page\"",
                             "summary-list",
                             "class=\"timeline\"",
                             "class=\"tabs\"",
                             "class=\"banner warning\"",
                             "class=\"empty\"",
                             "class=\"skeleton\"",
                             "<dialog",
                             "task-list",
                             "class=\"figure ",
                             "class=\"confirmation\"",
                             "record-head",
                             "sheet-head",
                             "sparkline",
                             "class=\"plot\"",
                             "class=\"chart share-bar\""})
        EXPECT_NE(page.find(name), std::string::npos) << name;
}

TEST(Templates, LayoutHasItsLandmarks) {
    const std::string page = strict_templates().page("html/kit", gallery(Page::Frame::citizen));
    for (const char* text :
         {"<html lang=\"vi\"", "class=\"skip\" href=\"#main\"", "<main id=\"main\"", "<footer",
          "Trang thông tin chính thức", "href=\"/tra-cuu\""})
        EXPECT_NE(page.find(text), std::string::npos) << text;
    EXPECT_NE(strict_templates()
                  .page("html/kit", gallery(Page::Frame::staff))
                  .find("aria-current=\"page\" title=\"Việc của tôi\""),
              std::string::npos);
}

TEST(Templates, NoScriptOrStyleStandsInline) {
    using Frame = Page::Frame;
    for (const Frame frame :
         {Frame::citizen, Frame::staff, Frame::wall, Frame::bare, Frame::print}) {
        const std::string page = strict_templates().page("html/kit", gallery(frame));
        EXPECT_EQ(page.find("<script>"), page.npos);
        EXPECT_EQ(page.find(" style=\""), page.npos);
        EXPECT_EQ(page.find(" onclick="), page.npos);
    }
}

TEST(Templates, PolicyNamesTheInlinedStyle) {
    const Templates& templates = strict_templates();
    const std::string page = templates.page("html/kit", gallery(Page::Frame::citizen));
    const auto from = page.find("<style>") + 7, to = page.find("</style>");
    const std::string hash = sha256_base64(page.substr(from, to - from));
    EXPECT_NE(templates.csp(Page::Frame::citizen).find("'sha256-" + hash + "'"), std::string::npos);
    EXPECT_EQ(templates.csp(Page::Frame::staff).find("sha256"), std::string::npos);
    EXPECT_EQ(templates.csp(Page::Frame::staff).find("unsafe"), std::string::npos);
}

TEST(Templates, TitleTellsOfErrors) {
    Page page = gallery(Page::Frame::citizen);
    EXPECT_NE(strict_templates().page("html/kit", page).find("<title>Bộ thành phần"),
              std::string::npos);
    page.content.set("errors", error_summary({{"x", "ten", "Hãy viết họ và tên"}}));
    EXPECT_NE(strict_templates().page("html/kit", page).find("<title>Lỗi: Bộ thành phần"),
              std::string::npos);
}

TEST(Templates, RailShowsWhatOneMayOpen) {
    Page page = gallery(Page::Frame::staff);
    EXPECT_EQ(strict_templates().page("html/kit", page).find("Quản trị"), std::string::npos);
    page.rights = {"identity.admin"};
    EXPECT_NE(strict_templates().page("html/kit", page).find("Quản trị"), std::string::npos);
}

TEST(Templates, RenderOnManyThreads) {
    const std::string expected = strict_templates().page("html/kit", gallery(Page::Frame::staff));
    std::vector<std::thread> threads;
    std::atomic<int> different{0};
    for (int t = 0; t < 8; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 20; ++i)
                if (strict_templates().page("html/kit", gallery(Page::Frame::staff)) != expected)
                    ++different;
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(different, 0);
}

TEST(Templates, EveryLinkedIconExists) {
    std::string icons;
    for (const Asset& asset : assets())
        if (asset.name == "icons.svg") icons = asset.bytes;
    for (const auto& source : embedded_templates()) {
        std::string_view text = source.text;
        for (auto at = text.find("{{> icon/"); at != text.npos;
             at = text.find("{{> icon/", at + 1)) {
            const auto name = text.substr(at + 9, text.find("}}", at) - at - 9);
            EXPECT_NE(icons.find("id=\"" + std::string(name) + "\""), icons.npos)
                << source.name << ": " << name;
        }
    }
}

std::size_t squeezed(const std::string& bytes) {
    std::size_t size = BrotliEncoderMaxCompressedSize(bytes.size());
    std::vector<std::uint8_t> out(size);
    BrotliEncoderCompress(BROTLI_DEFAULT_QUALITY, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT,
                          bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()), &size,
                          out.data());
    return size;
}

// The budgets of ARCHITECTURE.md in bytes after brotli: a citizen's page with its style in one
// first flight of TCP, a script of at most 6 kB. Pages of the modules add little more than their
// words.
TEST(Budget, OfCitizensPages) {
    Page page;
    page.title = "Nộp hồ sơ";
    page.content = {{"forms", *kit_gallery().find("forms")}};
    const Templates::Source form{
        "test/form",
        "{{#forms}}{{#errors}}{{> kit/error_summary}}{{/errors}}{{#fields}}{{> kit/field}}"
        "{{/fields}}{{#radios}}{{> kit/radios}}{{/radios}}{{#date}}{{> kit/date}}{{/date}}"
        "{{#file}}{{> kit/file}}{{/file}}{{/forms}}"};
    auto sources = embedded_templates();
    sources.push_back(form);
    const Templates templates(sources, asset_version());
    EXPECT_LE(squeezed(templates.page("test/form", page)), 7'000u);
    EXPECT_LE(squeezed(citizen_style()), 5'000u);
}

TEST(Budget, OfScriptsAndStyles) {
    for (const Asset& asset : assets())  // the sheet is staff's alone; citizens' pages carry theirs
        EXPECT_LE(squeezed(asset.bytes), asset.name == "app.css" ? 8'000u : 6'000u) << asset.name;
}

TEST(Style, MinifiesWithoutTouchingMeaning) {
    EXPECT_EQ(minify_css("/* a */\n.a > b , c {\n  color: red;\n  content: \"/* x */ ;\";\n}\n"),
              ".a>b,c{color:red;content:\"/* x */ ;\"}");
    EXPECT_EQ(minify_css("a :hover { width: calc(1px + 2px) }"), "a :hover{width:calc(1px + 2px)}");
    EXPECT_EQ(minify_css("@media (max-width: 9px) { a { b: c } }"),
              "@media (max-width:9px){a{b:c}}");
}

TEST(View, SetsReplacesAndKnowsEmptiness) {
    View view;
    EXPECT_TRUE(view.empty());
    view.set("a", "1").set("a", "2");
    ASSERT_EQ(view.members().size(), 1u);
    EXPECT_EQ(view.find("a")->text(), "2");
    EXPECT_TRUE(View(false).empty());
    EXPECT_TRUE(View::list().empty());
    EXPECT_FALSE(View(0).empty());       // the figure 0 is a figure
    EXPECT_EQ(View::list().text(), "");  // asked for what it is not, a view has nothing
    EXPECT_TRUE(View("x").items().empty());
    EXPECT_FALSE(View("x").truth());
}

TEST(View, IsSmallAndMovesItsTexts) {
    static_assert(sizeof(View) <= 40);
    std::string text(100, 'x');
    const char* bytes = text.data();
    const View outer{{"a", View{{"b", View{{"text", std::move(text)}}}}}, {"c", true}};
    EXPECT_EQ(outer.find("a")->find("b")->find("text")->text().data(), bytes);
    View row = View::object(2);
    row.put("none", "").put("no", false).put("text", "y");
    ASSERT_EQ(row.members().size(), 1u);
    EXPECT_EQ(row.find("text")->text(), "y");
}

TEST(Pagination, ShowsEndsAndNeighbours) {
    const auto shown = [](std::int64_t page, std::int64_t pages) {
        std::string out;
        const View view =
            html::view(Pagination{page, pages, [](std::int64_t n) { return std::to_string(n); }});
        if (view.empty()) return out;
        for (const View& item : view.find("items")->items())
            out += item.find("gap")->truth() ? "…"
                                             : (item.find("current")->truth() ? "*" : "") +
                                                   item.find("label")->text() + " ";
        return out;
    };
    EXPECT_EQ(shown(1, 1), "");
    EXPECT_EQ(shown(1, 3), "*1 2 3 ");
    EXPECT_EQ(shown(7, 41), "1 …5 6 *7 8 9 …41 ");
    EXPECT_EQ(shown(41, 41), "1 …39 40 *41 ");
    EXPECT_EQ(shown(4, 7), "1 2 3 *4 5 6 7 ");
}

}  // namespace
}  // namespace chilang::html
