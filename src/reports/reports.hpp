// Reports that write themselves: HTML, DOCX and PDF from one outline, every figure bound to its
// metric.
#pragma once

namespace chilang {
struct Platform;
}

namespace chilang::reports {

void install(Platform& platform);

}  // namespace chilang::reports
