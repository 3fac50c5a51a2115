// Paths and the routes that they meet; the documentation made of them.
#include "http/http.hpp"

#include "base/json.hpp"
#include "http/reply.hpp"

#include <gtest/gtest.h>

namespace chilang::http {
namespace {

Router routes() {
    Router router;
    for (const char* pattern :
         {"/", "/ho-so", "/ho-so/moi", "/ho-so/{code}", "/ho-so/{code}/tep/{name}",
          "/bao-cao/{id}.docx", "/bao-cao/{id}", "/tile/{path*}"})
        router.add({.method = Method::get, .pattern = pattern, .right = "public", .event = "none"});
    router.add({.method = Method::post, .pattern = "/ho-so", .right = "public", .event = "none"});
    return router;
}

std::string met(std::string_view path, Method method = Method::get) {
    static const Router router = routes();
    const auto match = router.match(method, path);
    if (match.method_mismatch) return "allow " + match.allow;
    if (!match.route) return "none";
    std::string out = match.route->pattern;
    for (const auto& [name, value] : match.params) out += " " + name + "=" + value;
    return out;
}

TEST(Router, MeetsTheMostPreciseRoute) {
    EXPECT_EQ(met("/"), "/");
    EXPECT_EQ(met("/ho-so/moi"), "/ho-so/moi");
    EXPECT_EQ(met("/ho-so/H37.12-1"), "/ho-so/{code} code=H37.12-1");
    EXPECT_EQ(met("/ho-so/moi/tep/a"), "/ho-so/{code}/tep/{name} code=moi name=a");
    EXPECT_EQ(met("/bao-cao/7.docx"), "/bao-cao/{id}.docx id=7");
    EXPECT_EQ(met("/bao-cao/7"), "/bao-cao/{id} id=7");
    EXPECT_EQ(met("/tile/0/x001/067"), "/tile/{path*} path=0/x001/067");
    EXPECT_EQ(met("/tile//067"), "/tile/{path*} path=/067");
    EXPECT_EQ(met("/tile/"), met("/tile"));  // at least one part
}

TEST(Router, DecodesPartsOneByOne) {
    EXPECT_EQ(met("/ho-so/a%2Fb"), "/ho-so/{code} code=a/b");
    EXPECT_EQ(met("/ho-so/L%C3%BD"), "/ho-so/{code} code=Lý");
}

TEST(Router, RefusesTricks) {
    for (const char* path : {"", "ho-so", "/ho-so/", "/ho-so/..", "/tile/../../etc/passwd",
                             "/tile/%2e%2e/x", "/ho-so/%00", "/ho-so/%ff", "/ho-so/%4"})
        EXPECT_EQ(met(path), "none") << path;
}

TEST(Router, NamesTheMethods) {
    EXPECT_EQ(met("/ho-so", Method::del), "allow GET, HEAD, POST");
    EXPECT_EQ(met("/khong-co", Method::post), "none");
}

TEST(Router, RefusesTheSameRouteTwice) {
    Router router = routes();
    EXPECT_THROW(router.add({.method = Method::get, .pattern = "/ho-so/{id}"}), std::logic_error);
}

TEST(Reply, HeadersCannotBeSplit) {
    const Wire wire = to_wire(redirect("/a\r\nSet-Cookie: x=1"), {});
    EXPECT_EQ(wire.head.find("\r\nSet-Cookie"), wire.head.npos);
}

TEST(Reply, AcceptsBrotli) {
    EXPECT_TRUE(accepts_brotli("gzip, deflate, br"));
    EXPECT_TRUE(accepts_brotli("br;q=0.5"));
    EXPECT_FALSE(accepts_brotli("gzip, br;q=0"));
    EXPECT_FALSE(accepts_brotli("gzip"));
}

struct Piece {
    std::string name;
    std::optional<std::int64_t> count;
};
BOOST_DESCRIBE_STRUCT(Piece, (), (name, count))
struct Whole {
    std::vector<Piece> pieces;
};
BOOST_DESCRIBE_STRUCT(Whole, (), (pieces))

TEST(OpenApi, DescribesApiRoutesOnly) {
    Router router = routes();
    router.add({.method = Method::get,
                .pattern = "/api/v1/things/{id}",
                .right = "public",
                .event = "none",
                .doc = {.summary = "One \"thing\"",
                        .query = {{"from", "first day"}},
                        .output = &type_of<Whole>()}});
    router.add(
        {.method = Method::post,
         .pattern = "/api/v1/things",
         .right = "things.write",
         .event = "thing_made",
         .doc = {.summary = "Make", .input = &type_of<Piece>(), .output = &type_of<Whole>()}});
    const std::string text = openapi(router, "1.0");
    EXPECT_EQ(text.find("ho-so"), text.npos);
    EXPECT_NE(text.find(R"("/api/v1/things/{id}":{"get":{"operationId":"getThingsById")"),
              text.npos);
    EXPECT_NE(text.find(R"("Whole":)"), text.npos);
    EXPECT_NE(text.find(R"("x-right":"things.write")"), text.npos);
    // Well-formed: read as nothing described, the only fault is the type of the whole.
    const auto read = json::read<bool>(text);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.problems()[0].code, "wrong_type");
}

}  // namespace
}  // namespace chilang::http
