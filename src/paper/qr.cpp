// QR codes: the library finds the modules, we draw them ourselves (SVG here, PDF in pdf.cpp).
#include "paper/paper.hpp"

#include <qrencode.h>

#include <memory>
#include <stdexcept>

namespace chilang::paper {

QrMatrix qr_matrix(std::string_view text) {
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeData(static_cast<int>(text.size()),
                          reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_M),
        &QRcode_free);
    if (!code) throw std::invalid_argument("text does not fit into a QR code");
    QrMatrix matrix{code->width, {}};
    matrix.dark.reserve(static_cast<std::size_t>(code->width) * code->width);
    for (int i = 0; i < code->width * code->width; ++i) matrix.dark.push_back(code->data[i] & 1);
    return matrix;
}

std::string qr_svg(std::string_view text, int module_px) {
    constexpr int quiet = 4;  // modules of white around the code (ISO/IEC 18004)
    const QrMatrix matrix = qr_matrix(text);
    const std::string side = std::to_string(matrix.size + 2 * quiet);
    const std::string pixels = std::to_string((matrix.size + 2 * quiet) * module_px);
    std::string svg =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + pixels + "\" height=\"" + pixels +
        "\" viewBox=\"0 0 " + side + ' ' + side +
        "\" role=\"img\" aria-label=\"Mã QR\" shape-rendering=\"crispEdges\">"
        "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/><path fill=\"#000\" d=\"";
    for (int y = 0; y < matrix.size; ++y)
        for (int x = 0; x < matrix.size; ++x)
            if (matrix.dark[y * matrix.size + x])
                svg +=
                    'M' + std::to_string(x + quiet) + ' ' + std::to_string(y + quiet) + "h1v1h-1z";
    return svg + "\"/></svg>";
}

}  // namespace chilang::paper
